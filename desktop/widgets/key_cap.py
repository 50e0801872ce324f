"""Keys as they are written on their caps, so that they are learned while working."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import text_width
from desktop.fonts import font

HIGH = 20


def cap_width(chord: str) -> float:
    """How wide the cap is; a single digit still makes a cap, not a line."""
    px = theme.current().px
    return max(text_width(chord, font(11, 500)) + px(12), px(20))


def paint_cap(
    painter: QPainter, rect: QRectF, chord: str, ink: QColor, line: QColor, fill: QColor | None
) -> None:
    """A cap in the middle of the rectangle's height, as wide as the rectangle."""
    px = theme.current().px
    high = px(HIGH)
    box = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.setFont(font(11, 500))
    painter.setPen(ink)
    # A chord is read from left to right in every language.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chord)


class KeyCap(QWidget):
    """One cap by itself, beside a sentence or in the corner of a tile."""

    def __init__(self, chord: str) -> None:
        super().__init__()
        self.chord = chord
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chord(self, chord: str) -> None:
        """Another key; "" hides the cap."""
        self.chord = chord
        self.setVisible(bool(chord))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(cap_width(self.chord)) + 1, theme.current().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        colors = (look.color("ink2"), look.color("hairline"), look.color("surface"))
        paint_cap(painter, QRectF(self.rect()), self.chord, *colors)
        painter.end()
