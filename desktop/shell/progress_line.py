"""A thin line under the top bar while something takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from desktop import theme

HIGH = 3
_STEP_MS = 60


class ProgressLine(QWidget):
    """Filled from the leading edge; runs to and fro while nobody knows how much there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.done = 0
        self.total = 0
        self._at = 0
        self._run = QTimer(self, interval=_STEP_MS)
        self._run.timeout.connect(self._go_on)
        self.hide()

    def start(self) -> None:
        """Show it, not knowing yet how much there is."""
        self.done = self.total = self._at = 0
        self._run.start()
        self.show()
        self.raise_()

    def stop(self) -> None:
        """Hide it."""
        self._run.stop()
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.done, self.total = done, total
        self.update()

    def _go_on(self) -> None:
        self._at = (self._at + 2) % 100
        if not self.total:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        wide, high = self.width(), self.height()
        begin, share = 0.0, 0.2
        if self.total:
            share = min(self.done / self.total, 1.0)
        else:
            begin = self._at / 100 * 0.8
        drawn = QRectF(begin * wide, 0, share * wide, high).toRect()
        where = QStyle.visualRect(self.layoutDirection(), self.rect(), drawn)
        painter = QPainter(self)
        painter.fillRect(where, theme.current().color("accent"))
        painter.end()
