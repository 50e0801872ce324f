"""No use case without a permission, and no way past one from the window."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.domain.roles import Permission
from tests.house.tree import name_of, python_files, tree_of

SERVICES = "inventory/services/"
# What use cases are made of: nobody outside the services calls it.
MACHINERY = {"ledger", "security_log", "permits", "second_person.for_changes",
             "second_person.for_dispensing_controlled", "second_person.for_items",
             "emergency.record"}  # fmt: skip
# What is nobody's right: keeping unfinished work.
FREE = {"save_draft", "drop_draft", "move_basket", "keep_delivery", "take_delivery"}


def use_cases() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Public functions of the services that take a connection and a stamp: module, name, source."""
    for path in python_files(SERVICES):
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            taken = [ast.unparse(a.annotation or ast.Constant("")) for a in node.args.args[:2]]
            if taken == ["Connection", "Stamp"] and not machinery(path, node):
                yield path.stem, node.name, node


def machinery(path: Path, node: ast.FunctionDef) -> bool:
    return bool({path.stem, f"{path.stem}.{node.name}"} & MACHINERY)


USE_CASES = list(use_cases())


def test_there_are_use_cases_to_look_at() -> None:
    assert {"dispense", "receive", "reverse", "adjust"} <= {name for _, name, _ in USE_CASES}


@pytest.mark.parametrize(("module", "name"), [case[:2] for case in USE_CASES])
def test_every_use_case_says_who_may(module: str, name: str) -> None:
    use_case = getattr(importlib.import_module(f"inventory.services.{module}"), name)
    why = inspect.getattr_static(use_case, "unguarded", "")
    asked = inspect.getattr_static(use_case, "permissions", ())
    assert asked or len(why) > 20
    assert all(isinstance(permission, Permission) for permission in asked)


def test_the_window_writes_only_through_use_cases_and_drafts() -> None:
    """`Desk.keep` runs anything in a transaction; what is run there is one of these."""
    known = FREE | {name for _, name, _ in USE_CASES}
    found = [
        f"{name_of(path)}:{node.lineno} {ast.unparse(node.args[0])}"
        for path in python_files("desktop/")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func).endswith(("desk.keep", "desk.do", "desk.do_long"))
        and ast.unparse(node.args[0]).split(".")[-1] not in known | {"use_case", "act"}
    ]
    assert found == []


def test_nobody_outside_the_services_begins_a_transaction() -> None:
    """But for the desk, which runs use cases in it, what stands between it and a server, and the
    repair of caches, which are no facts."""
    found = {
        name_of(path)
        for folder in ("desktop/", "inventory/command_line/")
        for path in python_files(folder)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node).endswith(("database.write()", "_store.write()"))
    }
    assert found <= {"desktop/away.py", "desktop/desk.py", "inventory/command_line/checks.py"}
