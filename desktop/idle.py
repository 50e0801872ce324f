"""Nobody at the desk: first the window is covered, later the key is dropped.

A laptop that was asleep counts as time nobody was here, whatever its clock says afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from inventory.storage.tries import boot_clock

DROP_AFTER = 15 * 60
"""Seconds under the cover until the key is dropped as well."""
LOOK_MS = 1000
_TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
}  # fmt: skip


class Idle(QObject):
    """`left` after `lock_after` seconds without a key or the mouse, `gone` a quarter hour later."""

    left = Signal()
    gone = Signal()

    def __init__(
        self,
        lock_after: Callable[[], int],
        parent: QObject,
        clock: Callable[[], float] = boot_clock,
    ) -> None:
        super().__init__(parent)
        self._lock_after, self._clock = lock_after, clock
        self._touched = clock()
        self._covered_at: float | None = None
        self._ended = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch from now on."""
        self._touched = self._clock()
        self._timer.start()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """The window goes."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def covered(self, is_covered: bool) -> None:
        """The window was covered, or somebody is here again."""
        self._covered_at = self._clock() if is_covered else None
        self._touched = self._clock()

    def look(self) -> None:
        """Called every second."""
        now = self._clock()
        if self._covered_at is not None:
            if now - self._covered_at >= DROP_AFTER:
                self._end()
            return
        away = now - self._touched
        if away >= self._lock_after() + DROP_AFTER:
            self._end()
        elif away >= self._lock_after():
            self.left.emit()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self.stop()
            self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._covered_at is None:
            now = self._clock()
            # The first key after a sleep must not count as somebody having been here all along.
            if now - self._touched < self._lock_after():
                self._touched = now
        return False
