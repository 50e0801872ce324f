"""Hears keyboard-wedge scanners anywhere in the window, under any keyboard layout.

Keys that could begin a scan are kept back for a moment. When at least six come without a pause
and end with Enter or Tab they are one scan and nobody else sees them; otherwise they were a
person's, and are handed on in their order. One key alone is late by less than a blink.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent

from desktop.scan_burst import ScannerSettings, Stroke, read_burst
from desktop.scan_keys import Role, copy_of, ending_of, role_of, signature, stroke_of, writes
from desktop.scan_order import LETTING_GO_OF_ALT, ScanOrder

_AT_ONCE_MS = 10


@dataclass(frozen=True, slots=True)
class _Held:
    """A kept-back event: whom it was for, a copy to send if a person typed it."""

    receiver: QObject
    copy: QEvent


class ScannerFilter(QObject):
    """Install once on the application. `scanned` gives the text, `raw` the Burst behind it."""

    scanned = Signal(str)
    raw = Signal(object)
    listening: ClassVar[WeakSet[ScannerFilter]] = WeakSet()

    def __init__(
        self,
        parent: QObject | None = None,
        settings: ScannerSettings | None = None,
        clock: Callable[[], int] = lambda: time.monotonic_ns() // 1_000_000,
    ) -> None:
        super().__init__(parent)
        self.settings = settings or ScannerSettings()
        self._clock = clock
        self._windows = QGuiApplication.platformName() == "windows"
        self._held: list[_Held] = []
        self._order = ScanOrder()
        self._gone: set[int] = set()
        self._down: set[int] = set()
        self._passing: tuple[object, ...] | None = None
        self._last_stamp = 0
        self._last_clock = 0
        self._commits = 0
        self._just_scanned = False
        self._quiet_once = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._quiet)
        self._handlers: dict[QEvent.Type, Callable[[QObject, QEvent], bool]] = {
            QEvent.Type.KeyPress: self._pressed,
            QEvent.Type.KeyRelease: self._released,
            QEvent.Type.ShortcutOverride: self._overridden,
            QEvent.Type.InputMethod: self._committed,
        }

    def install(self) -> None:
        """Begin to listen to the whole application."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
            self.listening.add(self)

    def remove(self) -> None:
        """Stop listening; what was kept back is handed on first."""
        self.settle()
        self.listening.discard(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @property
    def waiting(self) -> int:
        """How many keys are kept back now."""
        return len(self._order)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handler = self._handlers.get(event.type())
        return handler(watched, event) if handler is not None else False

    def settle(self) -> None:
        """Hand on everything kept back, in order: a person typed it."""
        held, self._held = self._held, []
        self._order.clear()
        self._timer.stop()
        self._commits = 0
        for item in held:
            if isinstance(item.copy, QKeyEvent) and item.copy.type() == QEvent.Type.KeyPress:
                self._gone.discard(item.copy.nativeScanCode())
            if shiboken6.isValid(item.receiver):
                self._passing = signature(item.copy)
                QCoreApplication.sendEvent(item.receiver, item.copy)
                self._passing = None

    # Events

    def _pressed(self, watched: QObject, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        if self._passing is not None and signature(event) == self._passing:
            return False
        self._down.add(event.nativeScanCode())
        role, stroke = self._judge(event)
        in_time = self._in_time(event)
        if role is Role.MODIFIER:
            return self._hold(watched, event, None) if self._held else False
        if role is Role.PART or (role is Role.INNER and self._held and in_time):
            if self._held and not in_time:
                self.settle()
            return self._hold(watched, event, stroke)
        if role is Role.ENDING and in_time:
            if self._long_enough():
                self._gone.add(event.nativeScanCode())
                self._touch(event)
                self._finish(ending_of(event, stroke))
                return True
            if self._just_scanned and not self._held:
                return True  # the line feed after the carriage return
        self._let_pass(event)
        return False

    def _overridden(self, watched: QObject, event: QEvent) -> bool:
        """A scan's keys are never shortcuts; another's shortcut waits for the keys before it."""
        assert isinstance(event, QKeyEvent)
        if not self._held:
            return False
        role, _ = self._judge(event)
        if role is Role.MODIFIER:
            return False
        ours = role in (Role.PART, Role.INNER) or (role is Role.ENDING and self._long_enough())
        if ours and self._in_time(event):
            event.accept()
            return True
        self.settle()
        return False

    def _released(self, watched: QObject, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        if self._passing is not None and signature(event) == self._passing:
            return False
        code = event.nativeScanCode()
        if self._held:
            self._let_go(event)
            self._down.discard(code)
            self._gone.discard(code)
            self._held.append(_Held(watched, copy_of(event)))
            return True
        self._down.discard(code)
        if code and code in self._gone:
            self._gone.discard(code)
            return True
        return False

    def _committed(self, watched: QObject, event: QEvent) -> bool:
        """An input method's text: lam-alef keys arrive this way and as no key press."""
        assert isinstance(event, QInputMethodEvent)
        text = event.commitString()
        if self._passing is not None and signature(event) == self._passing:
            return False
        if not text or event.preeditString() or len(text) > 2:
            if text or event.preeditString():
                self.settle()
            return False
        copy = QInputMethodEvent()
        copy.setCommitString(text)
        if not self._held:
            self._last_stamp = 0
        self._held.append(_Held(watched, copy))
        now = self._last_stamp or self._clock()
        self._order.add(Stroke(0, text, now, committed=True))
        self._commits += 1
        self._last_clock = self._clock()
        self._wait()
        return True

    # Judging

    def _judge(self, event: QKeyEvent) -> tuple[Role, Stroke]:
        stroke = stroke_of(event, self._clock(), windows=self._windows)
        begun = bool(self._held)
        return role_of(event, stroke, begun=begun, repeated=self._is_repeated(event)), stroke

    def _is_repeated(self, event: QKeyEvent) -> bool:
        """A held key. X11 also says so of two equal digits that a scanner sends at once."""
        at_once = event.timestamp() - self._last_stamp <= _AT_ONCE_MS
        return event.isAutoRepeat() and not (self._held and at_once)

    def _in_time(self, event: QKeyEvent) -> bool:
        if not self._held and not self._just_scanned:
            return False
        stamp = event.timestamp()
        if stamp and self._last_stamp and not (self._held and self._order.only_commits):
            return stamp - self._last_stamp <= self._allowed()
        return self._clock() - self._last_clock <= self._allowed()

    def _allowed(self) -> int:
        """A commit carries no time: the key after it may be two gaps from the key before it."""
        return self.settings.longest_gap_ms * (1 + self._commits)

    def _long_enough(self) -> bool:
        return len(self._order) >= self.settings.fewest_keys

    # Keeping back

    def _hold(self, watched: QObject, event: QKeyEvent, stroke: Stroke | None) -> bool:
        self._held.append(_Held(watched, copy_of(event)))
        self._just_scanned = False
        self._passing = None
        if stroke is not None:
            self._gone.add(event.nativeScanCode())
            self._order.add(stroke)
            self._touch(event)
        self._wait()
        return True

    def _touch(self, event: QKeyEvent) -> None:
        self._last_stamp = event.timestamp()
        self._last_clock = self._clock()
        self._commits = 0

    def _let_pass(self, event: QKeyEvent) -> None:
        self._just_scanned = False
        self.settle()
        self._passing = signature(event)

    def _let_go(self, event: QKeyEvent) -> None:
        _, stroke = self._judge(event)
        if event.key() == Qt.Key.Key_Alt:
            # Letting go of Alt ends the number of one character.
            self._order.add(replace(stroke, special=LETTING_GO_OF_ALT))
        elif event.nativeScanCode() not in self._down and writes(stroke):
            self._order.release(stroke)
            self._touch(event)

    def _wait(self) -> None:
        self._quiet_once = False
        self._timer.start(self.settings.longest_gap_ms + 5)

    def _quiet(self) -> None:
        """Nothing came. Keys may still queue behind slow work, so look once more first."""
        if not self._quiet_once:
            self._quiet_once = True
            self._timer.start(0)
            return
        if self.settings.suffix == "none" and self._long_enough():
            self._finish("none")
        else:
            self.settle()

    def _finish(self, ending: str) -> None:
        strokes, ahead = self._order.take()
        commits = [h for h in self._held if isinstance(h.copy, QInputMethodEvent)]
        self._held = commits[len(commits) - len(ahead) :]
        self._timer.stop()
        self._just_scanned = True
        self._passing = None
        if ahead:
            self._commits = len(ahead)
            self._wait()
        burst = read_burst(strokes, ending, self.settings)
        self.raw.emit(burst)
        self.scanned.emit(burst.text)
