"""The batches of the line people are on: taken on white, refused in grey with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side, draw_text, mirrored
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.pages.dispense.shelf_rows import LOOKS, ShelfRow
from inventory.language import plain

HEAD = 25
PITCH = 34
FOOT = 8
NARROW, STACKED = 700, 560
SECOND = 22


@dataclass(frozen=True, slots=True)
class _Columns:
    """Leading edge and width of each column, in pixels of the 100 % drawing."""

    batch: tuple[int, int]
    expires: tuple[int, int]
    there: tuple[int, int]
    take: tuple[int, int]
    icon: int
    why: int


EDGE = 6
_WIDE = _Columns((EDGE, 138), (146, 126), (256, 84), (354, 68), 445, 470)
_TIGHT = _Columns((EDGE, 100), (108, 100), (222, 58), (288, 50), 356, 381)
_STACKED = _Columns((EDGE, 100), (108, 100), (222, 58), (288, 50), 16, 41)
"""So little room that the reason stands on a line of its own."""


class BatchTable(QWidget):
    """One row a batch. `set_rows` shows others; no rows take no room."""

    def __init__(self, desk: Desk, decimals: int = 0) -> None:
        super().__init__()
        self.desk = desk
        self.decimals = decimals
        self.rows: tuple[ShelfRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(self, rows: Sequence[ShelfRow]) -> None:
        """Other batches."""
        self.rows = tuple(rows)
        self.setAccessibleName(plain("; ".join(self._spoken(row) for row in self.rows)))
        self.updateGeometry()
        self.update()

    def _spoken(self, row: ShelfRow) -> str:
        taken = "" if row.take is None else self._number(row.take)
        words = (row.lot, self._expiry(row), taken, self.desk.tell(row.why))
        return ", ".join(word for word in words if word)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        high = px(HEAD) + len(self.rows) * self._pitch + px(FOOT) if self.rows else 0
        return QSize(px(700), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(360), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        px = theme.current().px
        for at, row in enumerate(self.rows):
            top = px(HEAD) + at * self._pitch
            self._paint_row(painter, QRectF(0, top, self.width(), self._pitch - px(3)), row)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        look = theme.current()
        ink, type_ = look.color("ink2"), font(13, 500)
        room = QRectF(0, 0, self.width(), look.px(HEAD - 5))
        say, at = self.desk.say, self._columns
        for (left, wide), words, side in (
            (at.batch, say("Batch"), Side.LEADING),
            (at.expires, say("Expires"), Side.LEADING),
            (at.there, say("On shelf"), Side.RIGHT),
            (at.take, say("Take"), Side.RIGHT),
            ((at.icon - 1, 220), "" if self._stacked else say("Why"), Side.LEADING),
        ):
            draw_text(painter, self._cell(room, left, wide), words, type_, ink, side)
        y = look.px(HEAD - 3) + 0.5
        painter.setPen(QPen(look.color("hairline"), 1))
        line = self._cell(QRectF(0, y, self.width(), 1), EDGE, 0, to_end=True)
        painter.drawLine(QPointF(line.left(), y), QPointF(line.right(), y))

    def _paint_row(self, painter: QPainter, room: QRectF, row: ShelfRow) -> None:
        look = theme.current()
        taken = row.take is not None
        if taken:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(room, look.px(4), look.px(4))
        self._paint_why(painter, self._second_line(room), row)
        room = QRectF(room.left(), room.top(), room.width(), look.px(PITCH) - look.px(3))
        ink = look.color("ink" if taken else "ink2")
        take = "–" if row.take is None else self._number(row.take)
        take_type = font(16, 600) if taken else font(15)
        take_ink = look.color("accent") if taken else ink
        at = self._columns
        for column, words, type_, color, side in (
            (at.batch, row.lot or "–", font(15, 500 if taken else 400), ink, Side.LEADING),
            (at.expires, self._expiry(row) or "–", font(15), ink, Side.LEADING),
            (at.there, self._number(row.there), font(15), ink, Side.RIGHT),
            (at.take, take, take_type, take_ink, Side.RIGHT),
        ):
            draw_text(painter, self._cell(room, *column), words, type_, color, side)

    def _second_line(self, room: QRectF) -> QRectF:
        """Where the reason stands: in the row, or below it when there is little room."""
        if not self._stacked:
            return room
        high = theme.current().px(SECOND)
        return QRectF(room.left(), room.bottom() - high - 2, room.width(), high)

    def _paint_why(self, painter: QPainter, room: QRectF, row: ShelfRow) -> None:
        look, fate = theme.current(), LOOKS[row.fate]
        taken = row.take is not None
        side = look.px(17)
        mark = self._cell(room, self._columns.icon, 17)
        mark = QRectF(mark.left(), room.center().y() - side / 2, side, side)
        paint_icon(painter, mark, fate.icon, look.color("accent" if taken else fate.ink))
        why = self._cell(room, self._columns.why, 0, to_end=True)
        weight = font(14, 500 if fate.strong else 400)
        draw_text(painter, why, self.desk.tell(row.why), weight, look.color(fate.ink))

    def _cell(self, room: QRectF, left: int, wide: int, *, to_end: bool = False) -> QRectF:
        """A column's part of a row, from the leading edge; to the end of the row when asked."""
        px = theme.current().px
        width = room.width() - px(left) - px(EDGE) if to_end else px(wide)
        return mirrored(QRectF(room.left() + px(left), room.top(), width, room.height()), room)

    @property
    def _stacked(self) -> bool:
        return self.width() < theme.current().px(STACKED)

    @property
    def _pitch(self) -> int:
        return theme.current().px(PITCH + SECOND if self._stacked else PITCH)

    @property
    def _columns(self) -> _Columns:
        if self._stacked:
            return _STACKED
        return _TIGHT if self.width() < theme.current().px(NARROW) else _WIDE

    def _expiry(self, row: ShelfRow) -> str:
        return "" if row.expiry is None else self.desk.language.expiry(row.expiry, narrow=True)

    def _number(self, quantity: int) -> str:
        return self.desk.language.quantity(quantity, self.decimals)
