"""What may lie where, and how long it may be."""

from __future__ import annotations

import re

from tests.house.tree import files, name_of, python_files, text_files

TOP_LEVEL = {
    "main.py", "inventory", "desktop", "resources", "installer", "tests", "pyproject.toml",
    "README.md", "LICENSE", "Makefile", ".gitignore", ".ci",
}  # fmt: skip
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "managers", "manager", "common", "misc"}
LONGEST = 400

# Written so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:[w]ork|[r]oot|[h]ome/\w+)/")
REGISTRY = re.compile(r"[p]ypi\.org|[p]ythonhosted\.org|[n]pmjs\.|[d]eb\.debian\.org")


def test_the_top_level_holds_only_what_the_design_names() -> None:
    assert {name_of(path).split("/")[0] for path in files()} <= TOP_LEVEL


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {name_of(p): set(p.with_suffix("").parts) for p in python_files()}
    assert [name for name, words in parts.items() if words & VAGUE_NAMES] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert [name for name, text in text_files() if MACHINE_PATH.search(text)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [name for name, text in text_files() if REGISTRY.search(text)] == []


def test_the_licence_is_the_one_promised() -> None:
    licence = next(path for path in files() if name_of(path) == "LICENSE")
    assert "Apache License" in licence.read_text(encoding="utf-8")
