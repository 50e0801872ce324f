"""The stripe across the top: the clinic's colour, or hazard tape in the practice clinic."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import Side, draw_text, text_width
from desktop.fonts import font

THIN = 4
TAPE = 34


class Stripe(QWidget):
    """4 px of colour; with `words`, 34 px of yellow and black tape that cannot be mistaken."""

    def __init__(self, words: str = "", *, accent: bool = False) -> None:
        super().__init__()
        self.words = words
        self.token = "accent" if accent else "clinic"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def show_words(self, words: str) -> None:
        """Turn into tape, or back into a stripe with ""."""
        self.words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.current().px(TAPE) if self.words else THIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.words:
            self._paint_tape(painter)
        else:
            painter.fillRect(self.rect(), theme.current().color(self.token))
        painter.end()

    def _paint_tape(self, painter: QPainter) -> None:
        yellow, black = QColor(theme.HAZARD_YELLOW), QColor(theme.HAZARD_BLACK)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), yellow)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(black)
        high, step = self.height(), theme.current().px(44)
        for left in range(-step, self.width() + step, step):
            band = [(left, high), (left + step / 2, high), (left + step / 2 + high, 0),
                    (left + high, 0)]  # fmt: skip
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in band]))
        face = font(15, 600)
        wide = text_width(self.words, face) + theme.current().px(48)
        block = QRectF((self.width() - wide) / 2, 0, wide, high)
        painter.fillRect(block, yellow)
        draw_text(painter, block, self.words, face, black, Side.CENTRE)
