"""Keys and what they do, along the foot of a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import after, draw_text, leading_part, text_width
from desktop.fonts import font
from desktop.widgets.key_cap import cap_width, paint_cap

HIGH = 36


class HintBar(QWidget):
    """Pairs of chord and finished words; those that do not fit are left out whole."""

    def __init__(self, hints: Sequence[tuple[str, str]], *, lined: bool = True) -> None:
        super().__init__()
        self._lined = lined
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_hints(hints)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Other keys."""
        self.hints = tuple(hints)
        self.setAccessibleName("; ".join(f"{chord}: {words}" for chord, words in self.hints))
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(300), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.current().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self._lined:
            painter.setPen(QPen(look.color("hairline"), 1))
            painter.drawLine(QPointF(0, 0.5), QPointF(whole.width(), 0.5))
        row = after(whole, px(20))
        colors = look.color("ink2"), look.color("hairline"), look.color("surface")
        for chord, words in self.hints:
            cap, text = cap_width(chord), text_width(words, font(13)) + 1
            needed = cap + px(8) + text
            if needed > row.width():
                break
            paint_cap(painter, leading_part(row, cap), chord, *colors)
            told = leading_part(after(row, cap + px(8)), text)
            draw_text(painter, told, words, font(13), look.color("ink2"))
            row = after(row, needed + px(20))
        painter.end()
