"""A part of a whole, such as an order against its budget; beyond the whole it turns red."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import leading_part


class PartBar(QWidget):
    """`words` is the finished sentence that says the same."""

    def __init__(self, width: int = 210) -> None:
        super().__init__()
        self._width = width
        self.part = Fraction(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_part(self, part: Fraction, words: str) -> None:
        """1 is the whole."""
        self.part = part
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(self._width), px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = look.px(3)
        painter.setBrush(look.color("sunk"))
        painter.drawRoundedRect(whole, radius, radius)
        length = float(min(max(self.part, Fraction(0)), Fraction(1))) * whole.width()
        if length:
            painter.setBrush(look.color("red.fill" if self.part > 1 else "accent"))
            painter.drawRoundedRect(leading_part(whole, max(length, 2 * radius)), radius, radius)
        painter.end()
