"""What is installed is locked, with hashes and without addresses."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.tree import ROOT, imported, name_of, python_files, tree_of

OURS = {"inventory", "desktop", "main"}
# Two names of one package: shiboken6 is the ground PySide6 stands on, of the same version.
SAME = {"shiboken6": "PySide6"}
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-freeze.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def blocks(lock: str) -> list[str]:
    """Each requirement of a lock with its continuation lines joined."""
    text = (ROOT / "installer" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(lock: str) -> dict[str, Version]:
    found: dict[str, Version] = {}
    for block in blocks(lock):
        name, _, rest = block.partition("==")
        found[canonicalize_name(name)] = Version(rest.split()[0])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_records_no_address(lock: str) -> None:
    assert "://" not in (ROOT / "installer" / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_a_version_and_hashes(lock: str) -> None:
    pinned = re.compile(r"^[\w.\-\[\]]+==\S+.*--hash=sha256:[0-9a-f]{64}")
    assert [block for block in blocks(lock) if not pinned.match(block)] == []


@pytest.mark.parametrize("extra", [None, "dev", "freeze"])
def test_the_lock_holds_everything_the_project_asks_for(extra: str | None) -> None:
    lock = f"requirements-{extra}.txt" if extra else "requirements.txt"
    more = PROJECT["optional-dependencies"][extra] if extra else []
    locked = pins(lock)
    for requirement in map(Requirement, PROJECT["dependencies"] + more):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{requirement} but {version} is locked"


@pytest.mark.parametrize("lock", LOCKS)
def test_all_locks_hold_the_same_versions(lock: str) -> None:
    assert pins("requirements.txt").items() <= pins(lock).items()


def test_qt_stays_below_the_version_that_aborts() -> None:
    wanted = [Requirement(text) for text in PROJECT["dependencies"]]
    qt = next(r for r in wanted if r.name == "PySide6-Essentials")
    assert not qt.specifier.contains(Version("6.12.0"))
    assert pins("requirements.txt")["pyside6-essentials"] < Version("6.12")


def test_the_program_imports_only_what_it_asks_for() -> None:
    """A package that came with another, or only with the tests, may be gone tomorrow."""
    asked = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    owners = packages_distributions()
    found = [
        f"{name_of(path)} imports {module}"
        for path in python_files()
        if not name_of(path).startswith("tests/")
        for module in {name.split(".")[0] for name in imported(tree_of(path))}
        if module not in sys.stdlib_module_names and module not in OURS
        and not asked & set(map(canonicalize_name, owners.get(SAME.get(module, module), [])))
    ]
    assert found == []
