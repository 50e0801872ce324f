"""Hears the chords of the window before any field does, under every keyboard layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from desktop.key_positions import X11_OFFSET
from desktop.keys import chord

_ALT = Qt.KeyboardModifier.AltModifier
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Ctrl and Alt, as far as they are down."""
    return event.modifiers() & _HELD


class KeyFilter(QObject):
    """`run(chord, again)` says whether the chord means something here; `again` is a held key.

    Under Arabic layouts one key (B, lam-alef) never arrives as a press: an input method takes
    it. Its release does arrive, so a chord not seen pressed is run at the release.
    """

    control_held = Signal(bool)

    def __init__(self, window: QWidget, run: Callable[[str, bool], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._run = run
        self._pressed: set[int] = set()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Hear nothing more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and self._is_ours(watched):
            return self._press(event)
        if kind == QEvent.Type.KeyRelease and isinstance(watched, QWindow):
            # Only where it first arrives: on its way to the widget the same release comes again.
            return self._is_ours(watched) and self._release(event)
        if kind == QEvent.Type.InputMethod and self._is_ours(watched):
            # Text of an input method while Ctrl or Alt is down is a chord, not typing.
            return bool(QApplication.keyboardModifiers() & _HELD)
        if kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self._pressed.clear()
            self.control_held.emit(False)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return isinstance(watched, QWindow) and watched is self._window.windowHandle()

    def _press(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        self._pressed.add(event.nativeScanCode())
        if event.key() == Qt.Key.Key_Control:
            self.control_held.emit(True)
            return False
        # A letter with Alt that means nothing here is a slip, not typing.
        return self._try(event) or (_held(event) == _ALT and event.text().isprintable()
                                    and bool(event.text()))  # fmt: skip

    def _release(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        if event.key() == Qt.Key.Key_Control:
            self.control_held.emit(False)
        code = event.nativeScanCode()
        if code in self._pressed:
            self._pressed.discard(code)
            return False
        unseen = code > X11_OFFSET and bool(event.modifiers() & _HELD)
        return self._try(event) if unseen else False

    def _try(self, event: QKeyEvent) -> bool:
        pressed = chord(event)
        return bool(pressed) and self._run(pressed, event.isAutoRepeat())
