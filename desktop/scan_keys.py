"""What one key event is to a scan, and how to keep it for later."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from desktop.key_positions import MODIFIERS, RIGHT_BRACKET, position, written
from desktop.scan_burst import Stroke, character_of, is_separator

_MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
    }
)  # fmt: skip
_ENDINGS = {Qt.Key.Key_Return: "enter", Qt.Key.Key_Enter: "enter", Qt.Key.Key_Tab: "tab"}
# Ctrl+M, Ctrl+J and Ctrl+I: Enter, line feed and Tab of scanners set to control characters.
_CONTROL_ENDINGS = {50: "enter", 36: "enter", 23: "tab"}
_LAST_LETTER = 53


class Role(Enum):
    """PART may begin a scan, INNER belongs to one only once it has begun."""

    PART = auto()
    INNER = auto()
    ENDING = auto()
    MODIFIER = auto()
    OTHER = auto()


def stroke_of(event: QKeyEvent, now: int, *, windows: bool) -> Stroke:
    """The key as the scan will be read from; `now` in ms stands in for a missing time."""
    modifiers = event.modifiers()
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    # AltGr is Ctrl+Alt on Windows and writes something; our own chords write nothing.
    third = bool(modifiers & Qt.KeyboardModifier.GroupSwitchModifier) or (
        control and alt and event.text().isprintable() and bool(event.text())
    )
    place = position(event.nativeScanCode(), windows=windows)
    if control and event.key() == Qt.Key.Key_BracketRight:
        place = RIGHT_BRACKET
    return Stroke(
        position=place,
        text=event.text(),
        ms=event.timestamp() or now,
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        control=control and not third,
        alt=alt and not third,
        third=third,
        special="F8" if event.key() == Qt.Key.Key_F8 else "",
    )


def role_of(event: QKeyEvent, stroke: Stroke, *, begun: bool, repeated: bool) -> Role:
    """`begun`: keys of a possible scan are being kept back. `repeated`: the key is held down."""
    if event.key() in _MODIFIER_KEYS or stroke.position in MODIFIERS:
        return Role.MODIFIER
    if repeated:
        return Role.OTHER
    if stroke.control or stroke.alt:
        return _with_modifiers(stroke, begun)
    if event.key() in _ENDINGS and not stroke.shift:
        return Role.ENDING
    if stroke.special:
        return Role.INNER
    return Role.PART if is_separator(stroke) or writes(stroke) else Role.OTHER


def writes(stroke: Stroke) -> bool:
    """Whether the key writes something; a dead key writes nothing yet but stands among letters."""
    if stroke.text:
        return stroke.text >= " " and stroke.text != "\x7f"
    return stroke.position <= _LAST_LETTER and bool(written(stroke.position, shift=False))


def _with_modifiers(stroke: Stroke, begun: bool) -> Role:
    if stroke.control and stroke.alt:
        return Role.OTHER
    if stroke.alt:
        digit = character_of(stroke, "us").isdecimal()
        return Role.INNER if digit else Role.OTHER
    if is_separator(stroke):
        return Role.INNER
    return Role.ENDING if begun and stroke.position in _CONTROL_ENDINGS else Role.OTHER


def ending_of(event: QKeyEvent, stroke: Stroke) -> str:
    """ "enter" or "tab"."""
    return _ENDINGS.get(Qt.Key(event.key())) or _CONTROL_ENDINGS.get(stroke.position, "enter")


def signature(event: QEvent) -> tuple[object, ...]:
    """The same for one event on its way through window, widget and parents."""
    if isinstance(event, QKeyEvent):
        return (
            event.type(), event.key(), event.nativeScanCode(), event.text(), event.timestamp(),
        )  # fmt: skip
    assert isinstance(event, QInputMethodEvent)
    return (event.type(), event.commitString())


def copy_of(event: QKeyEvent) -> QKeyEvent:
    """The same event again, with its time and its place on the board."""
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
