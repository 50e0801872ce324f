"""No English reaches a widget without passing through the language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from inventory.language.sources import ROOT

# What shows its first text argument to a person.
SHOWN = {
    "QLabel",
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QGroupBox",
    "QAction",
    "QMessageBox",
    "addAction",
    "addItem",
    "addMenu",
    "addRow",
    "addTab",
    "news",
    "setAccessibleDescription",
    "setAccessibleName",
    "setInformativeText",
    "setPlaceholderText",
    "setPrefix",
    "setStatusTip",
    "setSuffix",
    "setText",
    "setTitle",
    "setToolTip",
    "setWindowTitle",
    "setWhatsThis",
    "showMessage",
}
WORDS = re.compile(r"[A-Za-z]{2}.* |[A-Za-z]{4}")
KEYS = re.compile(r"\b(?:Alt|Ctrl|Shift|Del|End|Enter|Esc|Home|Space|Tab|PgDn|PgUp|F[0-9]+)\b")


def bypassing(source: str, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in SHOWN:
            for argument in node.args:
                text = _literal(argument)
                if WORDS.search(KEYS.sub("", text)):
                    yield f"{name}:{node.lineno}: {_called(node)}({text!r})"


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _literal(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_literal(part) for part in parts)
        case _:
            return ""


def test_no_widget_is_given_english() -> None:
    found = [
        fault
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        for fault in bypassing(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    ['QLabel("Only here")', 'field.setText(f"{n} boxes")', 'menu.addAction(icon, "Reverse")'],
)
def test_english_is_noticed(source: str) -> None:
    assert list(bypassing(source, "page.py")) != []


@pytest.mark.parametrize(
    "source",
    [
        'QLabel(words.say("Only here"))',
        'label.setText(f"{n}")',
        'cap.setText("Ctrl+Enter")',
        'cap.setText("F1")',
    ],
)
def test_what_is_said_passes(source: str) -> None:
    assert list(bypassing(source, "page.py")) == []
