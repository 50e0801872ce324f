"""The rows of the search results, painted: name with the match in blue, state, stock, expiry."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side, draw_text, is_rtl, mirrored
from desktop.fonts import font
from desktop.search import Hit, matched
from desktop.widgets.chip import STATES, paint_chip

ROW = 58
_CHIP, _STOCK = 140, 132
_OTHER = {"en": "ar", "fr": "ar", "ar": "en", "ckb": "en"}


class HitRows(QWidget):
    """One row is highlighted; a click chooses."""

    clicked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.hits: tuple[Hit, ...] = ()
        self.query = ""
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_hits(self, hits: tuple[Hit, ...], query: str) -> None:
        """Other hits; the best is highlighted."""
        self.hits, self.query = hits, query
        self.highlight(0)
        self.updateGeometry()

    def highlight(self, at: int) -> None:
        """Move the highlight, staying inside the list."""
        self.at = max(0, min(at, len(self.hits) - 1))
        if self.hits:
            hit = self.hits[self.at]
            state = self.desk.say(STATES[hit.state].words)
            self.setAccessibleName(", ".join((self.desk.name(hit.names), state, hit.stock)))
        self.update()

    @property
    def hit(self) -> Hit | None:
        """The highlighted row."""
        return self.hits[self.at] if self.hits else None

    def sizeHint(self) -> QSize:
        return QSize(400, theme.current().px(ROW) * len(self.hits))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // theme.current().px(ROW)
        if 0 <= row < len(self.hits):
            self.highlight(row)
            self.clicked.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme.current().px(ROW)
        for index, hit in enumerate(self.hits):
            row = QRectF(0, index * high, self.width(), high)
            self._paint_ground(painter, row, here=index == self.at)
            self._paint_hit(painter, row, hit)
        painter.end()

    def _paint_ground(self, painter: QPainter, row: QRectF, *, here: bool) -> None:
        look = theme.current()
        if here:
            painter.fillRect(row, look.color("accent_soft"))
            bar = QRectF(row.left(), row.top(), look.px(4), row.height())
            painter.fillRect(mirrored(bar, row), look.color("accent"))
        line = QRectF(row.left(), row.bottom() - 1, row.width(), 1)
        painter.fillRect(line, look.color("hairline"))

    def _paint_hit(self, painter: QPainter, row: QRectF, hit: Hit) -> None:
        look = theme.current()
        px = look.px
        wide = row.width()

        def part(left: float, right: float, top: int, high: int) -> QRectF:
            return mirrored(QRectF(left, row.top() + px(top), right - left, px(high)), row)

        expiry = wide - px(124)
        stock = expiry - px(26)
        chip = stock - px(_STOCK + _CHIP)
        name = part(px(20), chip - px(12), 8, 24)
        self._paint_name(painter, name, self.desk.name(hit.names))
        second = part(px(20), chip - px(12), 31, 20)
        draw_text(painter, second, self._second(hit), font(13), look.color("ink2"))
        state = STATES[hit.state]
        paint_chip(painter, part(chip, chip + px(_CHIP), 0, ROW), state, self.desk.say(state.words))
        number = part(stock - px(_STOCK), stock, 0, ROW)
        draw_text(painter, number, hit.stock, font(15, 600), look.color("ink"), Side.TRAILING)
        if hit.expiry is not None:
            until = self.desk.language.expiry(hit.expiry, narrow=True)
            where = part(expiry, wide - px(12), 0, ROW)
            draw_text(painter, where, until, font(15), look.color("ink2"))

    def _second(self, hit: Hit) -> str:
        """The code, and the name in the other script of the clinic."""
        here = self.desk.language
        other = hit.names.in_language(_OTHER[here.code])
        if other == self.desk.name(hit.names):
            return here.isolate(hit.code)
        return f"{here.isolate(hit.code)}\u2003{here.embed(other)}"

    def _paint_name(self, painter: QPainter, rect: QRectF, name: str) -> None:
        """One line with the matched letters in blue; shaped whole, so Arabic letters still join."""
        look = theme.current()
        face = font(15, 600)
        cut = QFontMetricsF(face).elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        spans = matched(cut, self.query)
        if not spans:
            draw_text(painter, rect, cut, face, look.color("ink"))
            return
        layout = QTextLayout(cut, face)
        option = layout.textOption()
        option.setTextDirection(self.layoutDirection())
        option.setAlignment(Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft)
        layout.setTextOption(option)
        layout.setFormats([_blue(start, length) for start, length in spans])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        left = rect.right() - line.naturalTextWidth() if is_rtl() else rect.left()
        painter.setPen(look.color("ink"))
        layout.draw(painter, QPointF(left, rect.center().y() - line.height() / 2))


def _blue(start: int, length: int) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    blue = QTextCharFormat()
    blue.setForeground(theme.current().color("accent"))
    span.start, span.length, span.format = start, length, blue
    return span
