"""A chord is what its cap says: the Latin letter, or else the place of the key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.keys import chord, combination
from tests.desktop.conftest import MakeWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
X11 = {"B": 56, "Z": 52, "C": 54, "1": 10, "0": 19, "L": 46}


def event(key: int, held: Qt.KeyboardModifier, code: int, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text)


@pytest.mark.parametrize(
    ("typed", "cap"), [("ل", "B"), ("ئ", "Z"), ("ؤ", "C"), ("١", "1"), ("٠", "0"), ("م", "L")]
)
def test_an_arabic_letter_is_read_by_its_place(typed: str, cap: str) -> None:
    assert chord(event(ord(typed), ALT, X11[cap], typed), windows=False) == f"Alt+{cap}"


@pytest.mark.parametrize("cap", X11)
def test_windows_reports_the_same_places(cap: str) -> None:
    assert chord(event(0x0644, CTRL, X11[cap] - 8), windows=True) == f"Ctrl+{cap}"


def test_a_latin_letter_says_itself() -> None:
    """On a French keyboard A stands where Q is, and the cap says A."""
    assert chord(event(Qt.Key.Key_A, ALT, 24, "a"), windows=False) == "Alt+A"


def test_digits_of_a_french_row_are_read_by_place() -> None:
    assert chord(event(Qt.Key.Key_Ampersand, CTRL, 10, "&"), windows=False) == "Ctrl+1"


@pytest.mark.parametrize(
    ("key", "held", "expected"),
    [
        (Qt.Key.Key_Return, CTRL, "Ctrl+Enter"),
        (Qt.Key.Key_Enter, CTRL, "Ctrl+Enter"),
        (Qt.Key.Key_F12, NONE, "F12"),
        (Qt.Key.Key_Escape, NONE, "Esc"),
        (Qt.Key.Key_Delete, NONE, "Del"),
        (Qt.Key.Key_L, CTRL | ALT, "Ctrl+Alt+L"),
    ],
)
def test_named_keys(key: Qt.Key, held: Qt.KeyboardModifier, expected: str) -> None:
    assert chord(event(key, held, 0), windows=False) == expected


def test_a_key_without_a_cap_is_no_chord() -> None:
    assert chord(event(Qt.Key.Key_Control, CTRL, 37), windows=False) == ""
    assert chord(event(Qt.Key.Key_BracketRight, CTRL, 35), windows=False) == ""


@pytest.mark.parametrize("text", ["Ctrl+Enter", "Alt+B", "F8", "Ctrl+Alt+L", "Del", "Alt+1"])
def test_a_chord_comes_back_from_its_combination(text: str) -> None:
    made = combination(text)
    assert chord(event(made.key(), made.keyboardModifiers(), 0), windows=False) == text


def test_alt_with_a_letter_that_means_nothing_types_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    window.field.setFocus()
    QApplication.sendEvent(window.field, event(Qt.Key.Key_F, ALT, 41, "f"))
    assert window.field.text() == ""
    QApplication.sendEvent(window.field, event(Qt.Key.Key_F, NONE, 41, "f"))
    assert window.field.text() == "f"
