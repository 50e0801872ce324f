"""Habits of the source that a linter does not hold for us."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from inventory.domain.item_kinds import KINDS
from tests.house.tree import imported, name_of, python_files, tree_of

PRODUCT = [p for p in python_files() if not name_of(p).startswith("tests/")]
TESTS = python_files("tests/")
UNFINISHED = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX)\b|raise [N]otImplementedError")
SKIP = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail)")
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)")


def where(path: Path, node: ast.AST) -> str:
    return f"{name_of(path)}:{getattr(node, 'lineno', 0)}"


def names_in(node: ast.AST | None) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} if node else set()


def swallows(handler: ast.ExceptHandler) -> bool:
    """Catches everything and does nothing with it."""
    everything = handler.type is None or names_in(handler.type) & {"Exception", "BaseException"}
    empty = all(isinstance(n, ast.Pass | ast.Continue | ast.Expr) for n in handler.body)
    silent = empty and not any(isinstance(n, ast.Call) for n in ast.walk(handler))
    return handler.type is None or bool(everything and silent)


def test_no_exception_is_swallowed() -> None:
    found = [
        where(path, node)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    assert found == []


def test_no_exception_is_suppressed_wholesale() -> None:
    found = [
        where(path, node)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and "suppress" in ast.unparse(node.func)
        and {n for a in node.args for n in names_in(a)} & {"Exception", "BaseException"}
    ]
    assert found == []


@pytest.mark.parametrize("pattern", [UNFINISHED, BARE_IGNORE], ids=["unfinished", "bare ignore"])
def test_nothing_is_left_half_done(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in python_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_a_skipped_test_says_why() -> None:
    found = []
    for path in TESTS:
        calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
        reasoned = [call.func for call in calls if reason(call)]
        found += [
            where(path, node)
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Attribute) and SKIP.fullmatch(ast.unparse(node))
            if node not in reasoned
        ]
    assert found == []


def reason(call: ast.Call) -> bool:
    return bool(call.args) or any(keyword.arg == "reason" for keyword in call.keywords)


def test_the_domain_imports_only_the_standard_library() -> None:
    allowed = set(sys.stdlib_module_names) | {"inventory"}
    found = [
        f"{name_of(path)} imports {module}"
        for path in python_files("inventory/domain/")
        for module in imported(tree_of(path))
        if module.split(".")[0] not in allowed
        and not (module.split(".")[0] == "biip" and path.name == "gs1.py")
    ]
    assert found == []


def test_source_never_asks_the_kind_of_an_item() -> None:
    """Traits decide; a comparison with a kind's code is a rule in the wrong place."""
    found = [
        where(path, node)
        for path in PRODUCT
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Compare)
        and ast.unparse(node.left).endswith("kind")
        and any(isinstance(n, ast.Constant) and n.value in KINDS for n in ast.walk(node))
    ]
    assert found == []
