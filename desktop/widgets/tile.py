"""A tile of Today: a number that matters, what it counts, and the key that opens its list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import theme
from desktop.direction import (
    after,
    draw_text,
    draw_wrapped,
    fitting,
    leading_part,
    text_width,
    trailing_part,
)
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.key_cap import cap_width, paint_cap
from inventory.language import plain

HIGH = 124
LOW = 96


def soft_block(tone: str) -> QColor:
    """The block behind an icon of that tone."""
    look = theme.current()
    return QColor(look.tone(tone).soft)


def paint_block(painter: QPainter, box: QRectF, icon: str, tone: str) -> None:
    """An icon on its soft block, as on tiles and in lists of things to do."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft_block(tone))
    painter.drawRoundedRect(box, look.px(7), look.px(7))
    inner = box.width() * 0.2
    mark = box.adjusted(inner, inner, -inner, -inner)
    paint_icon(painter, mark, icon, QColor(look.tone(tone).ink))


class Tile(QAbstractButton):
    """`clicked` leads to its list. `number` is as the language writes it; 0 is shown as well."""

    def __init__(self, icon: str, tone: str, words: str, chord: str = "") -> None:
        super().__init__()
        self._icon, self._tone, self.words, self.chord = icon, tone, words, chord
        self.number = ""
        self.third = ""
        self._low = False
        self.setText(words.replace("&", "&&"))
        self.setAccessibleDescription(chord)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_number("0")

    def show_number(self, number: str, third: str = "") -> None:
        """The number and the line under the words, both finished."""
        self.number, self.third = number, third
        said = f"{self.words}: {number}. {third}" if third else f"{self.words}: {number}"
        self.setAccessibleName(plain(said))
        self.update()

    def set_low(self, low: bool) -> None:
        """Without its third line, for windows under 720 pixels."""
        self._low = low
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(178), px(LOW if self._low else HIGH))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(120), px(LOW if self._low else HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter)
        look = theme.current()
        px = look.px
        inside = QRectF(self.rect()).adjusted(px(13), px(12), -px(13), -px(12))
        top = QRectF(inside.left(), inside.top(), inside.width(), px(38))
        block = leading_part(top, px(34))
        where = QRectF(block.left(), top.top() + px(2), px(34), px(34))
        paint_block(painter, where, self._icon, self._tone)
        number = after(top, px(44))
        wide = draw_text(painter, number, self.number, font(34, 600), look.color("ink"))
        if number.width() - wide > cap_width(self.chord) + px(4):
            self._paint_chord(painter, top)
        words = QRectF(inside.left(), top.bottom() + px(10), inside.width(), px(24))
        set_in = fitting(self.words, 15, 600, words.width())
        if self._low and text_width(self.words, set_in) > words.width():
            both = QRectF(words.left(), top.bottom() + px(2), words.width(), px(38))
            draw_wrapped(painter, both, self.words, set_in, look.color("ink"))
        else:
            draw_text(painter, words, self.words, set_in, look.color("ink"))
        if not self._low:
            line = QRectF(inside.left(), words.bottom() + px(5), inside.width(), px(22))
            set_in = fitting(self.third, 13, 400, line.width())
            draw_text(painter, line, self.third, set_in, look.color("ink2"))
        painter.end()

    def _paint_card(self, painter: QPainter) -> None:
        look = theme.current()
        ring = self.hasFocus()
        painter.setPen(QPen(look.color("accent" if ring else "hairline"), 2 if ring else 1))
        painter.setBrush(look.color("sunk" if self.isDown() else "surface"))
        inset = 1 if ring else 0.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, look.px(10), look.px(10))

    def _paint_chord(self, painter: QPainter, top: QRectF) -> None:
        if not self.chord:
            return
        look = theme.current()
        cap = trailing_part(top, cap_width(self.chord))
        where = QRectF(cap.left(), top.top() + look.px(2), cap.width(), look.px(20))
        colors = look.color("ink2"), look.color("hairline"), look.color("surface")
        paint_cap(painter, where, self.chord, *colors)
