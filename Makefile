# Amana. `make run` opens the window, `make test` proves everything; each sets up what it needs first.
# Once a computer is set up, the set-up costs nothing.

python := .venv/bin/python
WORKERS ?= 2
CYCLES ?=
SIZE ?= full
ARGS ?=

.PHONY: run test lint bench crash lock translations

run: .venv/ready-to-run
	@$(python) main.py $(ARGS)

test: .venv/ready-to-test
	@QT_QPA_PLATFORM=offscreen $(python) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: .venv/ready-to-test
	@wrong=0; \
	$(python) -m ruff check || wrong=1; \
	$(python) -m mypy || wrong=1; \
	$(python) -c 'from importlinter.cli import lint_imports_command as lint; lint()' || wrong=1; \
	exit $$wrong

# The table of speeds, as ratios, and one line of JSON. The million movements are built once.
bench: .venv/ready-to-test
	@QT_QPA_PLATFORM=offscreen $(python) -m tests.benchmarks.bench $(ARGS)

# Break the program in every way we know and print what was reached beside its target.
# SIZE=small takes a minute; CYCLES is how often a dispensing program is killed.
crash: .venv/ready-to-test
	@$(python) -m tests.crash --size $(SIZE) $(if $(CYCLES),--count kills=$(CYCLES)) $(ARGS)

# Choose the newest versions pyproject.toml allows and lock them with their hashes.
lock: .venv/ready-to-test
	@installer/lock.sh

# Collect the sentences of the source into resources/translations.
translations: .venv/ready-to-test
	@$(python) -m inventory.language.catalogues $(or $(ARGS),update)

.venv/ready-to-run: installer/requirements.txt installer/set_up.sh
	@installer/set_up.sh installer/requirements.txt
	@touch $@

.venv/ready-to-test: installer/requirements.txt installer/requirements-dev.txt installer/set_up.sh
	@installer/set_up.sh installer/requirements-dev.txt
	@touch $@
