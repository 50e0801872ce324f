"""Keys as people read them on the caps, whatever layout is active.

Under an Arabic or Kurdish layout the key marked B types "لا". A chord with Ctrl or Alt is
therefore read from the letter when it is Latin, and from the position of the key otherwise.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from desktop.key_positions import letter
from inventory.domain.roles import Permission

_NAMED = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDn",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_Space: "Space",
    **{Qt.Key(Qt.Key.Key_F1 + i): f"F{i + 1}" for i in range(12)},
}

_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a page, as F12 lists it; `words` is English source text.

    With `run` the window calls it when the chord is pressed on that page; without, the key is
    only explained (arrows, Enter) and handled by the widget that has the focus. Who has none of
    the permissions in `needs` is told who can do it.
    """

    chord: str
    words: str
    run: Callable[[], object] | None = None
    needs: tuple[Permission, ...] = ()


def _cap(event: QKeyEvent, windows: bool) -> str:
    key = event.key()
    if key in _NAMED:
        return _NAMED[Qt.Key(key)]
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    return letter(event.nativeScanCode(), windows=windows)


def chord(event: QKeyEvent, *, windows: bool = sys.platform == "win32") -> str:
    """The chord of a key event as the caps write it: "Ctrl+Alt+L", "Alt+1", "F1"; else ""."""
    cap = _cap(event, windows)
    if not cap.isalnum():
        return ""
    held = event.modifiers()
    names = [name for modifier, name in _MODIFIERS if held & modifier]
    return "+".join([*names, cap])


def combination(text: str) -> QKeyCombination:
    """The Qt key combination of a chord, for tests and for spoken names."""
    *held, cap = text.split("+")
    by_name = {name: key for key, name in reversed(_NAMED.items())}
    by_modifier = {name: modifier for modifier, name in _MODIFIERS}
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= by_modifier[name]
    return QKeyCombination(modifiers, by_name.get(cap) or Qt.Key(ord(cap)))
