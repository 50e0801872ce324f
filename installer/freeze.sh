#!/usr/bin/env bash
# Freeze the program into build/dist/amana, a folder that runs without Python.
# Freeze on the oldest Debian that shall run it: the folder needs at least that glibc.
set -eu
cd "$(dirname "$0")/.."

python3 -m venv --clear build/freeze
build/freeze/bin/python -m pip install --quiet --no-input --disable-pip-version-check --no-deps \
  --only-binary :all: --require-hashes --requirement installer/requirements-freeze.txt
build/freeze/bin/python -m PyInstaller --noconfirm --log-level WARN \
  --workpath build/work --distpath build/dist installer/amana.spec
du -sh build/dist/amana
