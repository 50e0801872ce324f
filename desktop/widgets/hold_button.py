"""A button that must be held down: for what cannot be undone and must not happen by a slip."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from desktop import theme
from desktop.direction import Side, draw_text, leading_part, text_width
from desktop.fonts import font

HOLD_MS = 3000
_STEP_MS = 30
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HoldButton(QPushButton):
    """`held` after three seconds with the mouse, Enter or Space down; letting go begins anew."""

    held = Signal()

    def __init__(self, words: str, *, hold_ms: int = HOLD_MS) -> None:
        super().__init__()
        self.words = words
        self.hold_ms = hold_ms
        self.setAccessibleName(words)
        self.setFixedHeight(theme.current().px(52))
        self.setMinimumWidth(round(text_width(words, font(16, 600))) + theme.current().px(56))
        self._since = QElapsedTimer()
        self._step = QTimer(self, interval=_STEP_MS)
        self._step.timeout.connect(self._go_on)

    @property
    def share(self) -> float:
        """How much of the time it has been held."""
        if not self._step.isActive():
            return 0.0
        return min(self._since.elapsed() / self.hold_ms, 1.0)

    def _begin(self) -> None:
        if not self._step.isActive():
            self._since.start()
            self._step.start()
            self.update()

    def _stop(self) -> None:
        self._step.stop()
        self.update()

    def _go_on(self) -> None:
        if self.share >= 1.0:
            self._stop()
            self.held.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _KEYS:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._begin()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _KEYS:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = painter.pen()
        pen.setColor(look.color("accent" if self.hasFocus() else "red"))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(look.color("red.soft"))
        painter.drawRoundedRect(box, look.px(8), look.px(8))
        if self.share:
            filled = leading_part(box.adjusted(2, 2, -2, -2), (box.width() - 4) * self.share)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setOpacity(0.35)
            painter.setBrush(look.color("red.fill"))
            painter.drawRoundedRect(filled, look.px(6), look.px(6))
            painter.setOpacity(1.0)
        draw_text(painter, box, self.words, font(16, 600), look.color("red"), Side.CENTRE)
        painter.end()
