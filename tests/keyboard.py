"""A keyboard and a scanner for tests: real key events with places on the board and times.

Events carry what the operating system would give under a layout: the native scan code (X11
numbers), the text of that layout, and a time of our own that goes on by itself, so a burst is
fast and a person is slow on any machine. Nothing here waits.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.key_positions import COUNTRIES, X11_OFFSET
from desktop.keys import combination
from desktop.scanner import ScannerFilter
from tests.layouts import LAYOUTS, Layout

GS = "\x1d"
HUMAN_GAP = 120
SCANNER_GAP = 4
_SHIFT, _CONTROL, _ALT, _F8, _RIGHT_BRACKET = 42, 29, 56, 66, 27
_NAMED_PLACES = {
    "Enter": 28, "Tab": 15, "Esc": 1, "Del": 111, "Up": 103, "Down": 108, "Left": 105,
    "Right": 106, "PgUp": 104, "PgDn": 109, "Home": 102, "End": 107, "Space": 57, "Backspace": 14,
    **{f"F{n}": 58 + n for n in range(1, 11)}, "F11": 87, "F12": 88,
}  # fmt: skip
_TEXT = {"Enter": "\r", "Tab": "\t", "Esc": "\x1b", "Del": "\x7f", "Space": " ", "Backspace": "\b"}
_MORE_KEYS = {"Tab": Qt.Key.Key_Tab, "Backspace": Qt.Key.Key_Backspace, "Menu": Qt.Key.Key_Menu}
_HELD = {
    "Shift": (_SHIFT, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
    "Ctrl": (_CONTROL, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    "Alt": (_ALT, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
}
_NONE = Qt.KeyboardModifier.NoModifier
_US = COUNTRIES["us"]
_now = 1_000_000
_last_press = (0, 0)


def _later(ms: int) -> int:
    global _now
    _now += ms
    return _now


# What tests call


def type_scan(
    widget: QWidget,
    text: str,
    layout: str = "us",
    *,
    gap: int = SCANNER_GAP,
    ending: str = "Enter",
    separator: str = "Ctrl+]",
    pause: int = 1_000,
    commits: bool = True,
) -> None:
    """A US scanner reads `text` into the window of `widget` while the computer types `layout`.

    `separator` is how GS is sent: "Ctrl+]", "GS" (the character), "F8", "Alt+029", "~", "|", "^".
    Without `commits` the lam-alefs were told already (`commit_ahead`). Nobody's focus is moved:
    a scan comes wherever it is.
    """
    _later(1_000)
    for character in text:
        _later(gap)
        if character == GS:
            _send_separator(widget, separator, LAYOUTS[layout])
        else:
            _send_character(widget, character, LAYOUTS[layout], commits=commits)
    if ending:
        _later(gap)
        _tap(widget, _NAMED_PLACES[ending], _key(ending), _TEXT[ending], _NONE)
    _later(pause)


def type_text(widget: QWidget, text: str, layout: str = "us", *, gap: int = HUMAN_GAP) -> None:
    """A person types `text` into `widget`, which gets the focus."""
    _focus(widget)
    for character in text:
        _later(gap)
        place, shift = LAYOUTS[layout].place_of(character)
        _tap(widget, place, ord(character.upper()), character, _shifted(shift), bare=True)
    _later(1_000)
    settle()


def press(widget: QWidget, chord: str, layout: str = "us", *, gap: int = HUMAN_GAP) -> None:
    """One chord as the caps write it: "Ctrl+Enter", "Alt+B", "F1", "Down", "7"."""
    _focus(widget)
    _later(gap)
    *held, cap = chord.split("+")
    modifiers = _NONE
    for name in held:
        place, key, modifier = _HELD[name]
        _send(widget, QEvent.Type.KeyPress, place, key, "", modifiers)
        modifiers |= modifier
    _press_cap(widget, cap, modifiers, LAYOUTS[layout])
    for name in reversed(held):
        place, key, modifier = _HELD[name]
        _send(widget, QEvent.Type.KeyRelease, place, key, "", modifiers)
        modifiers &= ~modifier
    settle()


def hold_key(widget: QWidget, character: str, gap: int) -> None:
    """The operating system repeats a key that is held down, `gap` ms after the last time."""
    _focus(widget)
    _later(gap)
    place, _ = LAYOUTS["us"].place_of(character)
    code = place + X11_OFFSET
    event = QKeyEvent(QEvent.Type.KeyPress, ord(character), _NONE, code, 0, 0, character, True)
    event.setTimestamp(_now)
    QCoreApplication.sendEvent(_receiver(widget), event)


def settle() -> None:
    """A scanner filter hands on the keys it keeps back, as it does by itself after a moment."""
    for found in list(ScannerFilter.listening):
        found.settle()


# How the keys travel


def _focus(widget: QWidget) -> None:
    if not widget.isWindow() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _receiver(widget: QWidget) -> QObject:
    """Where the operating system delivers: the active popup's or the dialog's window first."""
    window = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    top = window or widget.window()
    handle = top.windowHandle()
    return handle if handle is not None and top.isVisible() else widget


def _send(
    widget: QWidget,
    kind: QEvent.Type,
    place: int,
    key: int,
    text: str,
    modifiers: Qt.KeyboardModifier,
) -> bool:
    code = place + X11_OFFSET if place else 0
    global _last_press
    # X11 takes two equal keys at one moment for one held key.
    again = kind == QEvent.Type.KeyPress and (code, _now) == _last_press
    event = QKeyEvent(kind, key, modifiers, code, 0, 0, text, again)
    event.setTimestamp(_now)
    if kind == QEvent.Type.KeyPress:
        _last_press = (code, _now)
    if kind == QEvent.Type.ShortcutOverride:
        # A press comes accepted from the system: a key somebody took goes to nobody else.
        event.ignore()
    QCoreApplication.sendEvent(_receiver(widget), event)
    return event.isAccepted()


def _tap(
    widget: QWidget,
    place: int,
    key: int,
    text: str,
    modifiers: Qt.KeyboardModifier,
    *,
    bare: bool = False,
) -> None:
    """Press and release; with `bare` a held Shift is only a modifier and no event."""
    shifted = bool(modifiers & _HELD["Shift"][2]) and not bare
    if shifted:
        _send(widget, QEvent.Type.KeyPress, _SHIFT, Qt.Key.Key_Shift, "", _NONE)
    _send(widget, QEvent.Type.ShortcutOverride, place, key, text, modifiers)
    _send(widget, QEvent.Type.KeyPress, place, key, text, modifiers)
    _send(widget, QEvent.Type.KeyRelease, place, key, text, modifiers)
    if shifted:
        _send(widget, QEvent.Type.KeyRelease, _SHIFT, Qt.Key.Key_Shift, "", modifiers)


def _press_cap(widget: QWidget, cap: str, modifiers: Qt.KeyboardModifier, layout: Layout) -> None:
    if cap in _NAMED_PLACES:
        text = "" if modifiers & ~_HELD["Shift"][2] else _TEXT.get(cap, "")
        _tap(widget, _NAMED_PLACES[cap], _key(cap), text, modifiers, bare=True)
        return
    place = next(p for p, levels in _US.items() if levels[0] == cap.lower())
    written = layout.text(place, shift=False)
    text = "" if modifiers & ~_HELD["Shift"][2] else written
    _tap(widget, place, ord(written[:1].upper() or cap), text, modifiers, bare=True)


def _key(cap: str) -> int:
    found = _MORE_KEYS.get(cap)
    return int(found) if found is not None else int(combination(cap).key())


def _shifted(shift: bool) -> Qt.KeyboardModifier:
    return _HELD["Shift"][2] if shift else _NONE


def _send_character(
    widget: QWidget, character: str, layout: Layout, *, commits: bool = True
) -> None:
    """The scanner presses the US key; the computer writes what its layout has there."""
    place, shift = LAYOUTS["us"].place_of(character)
    text = layout.text(place, shift=shift)
    if len(text) > 1:
        if commits:
            commit_ahead(widget, text)
        _send(widget, QEvent.Type.KeyRelease, place, ord(text[0]), "", _shifted(shift))
        return
    _tap(widget, place, ord(text.upper()[:1] or " "), text, _shifted(shift))


def commit_text(widget: QWidget, character: str, layout: str = "ara") -> None:
    """A person presses the US key `character`, which under `layout` writes lam-alef."""
    _send_character(widget, character, LAYOUTS[layout])
    settle()


def commit_ahead(widget: QWidget, text: str) -> None:
    """X11 delivers lam-alef as an input method's text; a release without a press follows."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    target = QGuiApplication.focusObject() or QApplication.focusWidget() or widget
    QCoreApplication.sendEvent(target, event)


def _send_separator(widget: QWidget, form: str, layout: Layout) -> None:
    if form == "Ctrl+]":
        text = GS if layout.name == "us" else ""
        key = ord(layout.text(_RIGHT_BRACKET, shift=False)[:1] or "]")
        control = _HELD["Ctrl"]
        _send(widget, QEvent.Type.KeyPress, control[0], control[1], "", _NONE)
        _tap(widget, _RIGHT_BRACKET, key, text, control[2])
        _send(widget, QEvent.Type.KeyRelease, control[0], control[1], "", control[2])
    elif form == "GS":
        _tap(widget, 0, 0, GS, _NONE)
    elif form == "F8":
        _tap(widget, _F8, Qt.Key.Key_F8, "", _NONE)
    elif form == "Alt+029":
        _send_number(widget, "029")
    else:
        _send_character(widget, form, layout)


def _send_number(widget: QWidget, digits: str) -> None:
    keypad = dict(zip("7894561230", (71, 72, 73, 75, 76, 77, 79, 80, 81, 82), strict=True))
    place, key, modifier = _HELD["Alt"]
    _send(widget, QEvent.Type.KeyPress, place, key, "", _NONE)
    for digit in digits:
        _later(1)
        _tap(widget, keypad[digit], ord(digit), digit, modifier)
    _send(widget, QEvent.Type.KeyRelease, place, key, "", modifier)
