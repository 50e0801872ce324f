"""Months of stock as a bar from the leading edge, with the band between minimum and maximum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import (
    Side,
    after,
    broken,
    draw_text,
    draw_wrapped,
    leading_part,
    mirrored,
    text_width,
)
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.chip import STATES
from inventory.language import Language, plain

LONGEST = 6


@dataclass(frozen=True, slots=True)
class Months:
    """Months of stock and the band they should stand in; `state` is a key of STATES.

    `value` is None when nothing is used, so that no number of months can be said.
    """

    value: Fraction | None
    minimum: Fraction
    maximum: Fraction
    state: str

    @property
    def sort_key(self) -> Fraction | None:
        """Shortest first; unknown last."""
        return self.value

    def words(self, language: Language) -> str:
        """`2.1`, or a dash."""
        return "–" if self.value is None else language.decimal(self.value, 1)


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One item of the chart; `name` is finished."""

    name: str
    months: Months


def share(months: Fraction) -> float:
    """Part of the axis; longer bars are cut at its end."""
    return float(min(max(months / LONGEST, Fraction(0)), Fraction(1)))


def paint_bar(painter: QPainter, rect: QRectF, months: Months) -> None:
    """The small bar of a table cell: track, band and filling."""
    look = theme.current()
    radius = rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("sunk"))
    painter.drawRoundedRect(rect, radius, radius)
    low, high = share(months.minimum) * rect.width(), share(months.maximum) * rect.width()
    if months.value:
        length = max(share(months.value) * rect.width(), rect.height() / 2)
        painter.setBrush(look.color(f"{STATES[months.state].tone}.fill"))
        painter.drawRoundedRect(leading_part(rect, length), radius, radius)
    grown = rect.adjusted(0, -look.px(3), 0, look.px(3))
    band = QRectF(grown.left() + low, grown.top(), high - low, grown.height())
    band = mirrored(band, rect)
    if not months.value or months.value < months.minimum:
        painter.fillRect(band, look.color("green.soft"))
    pen = QPen(look.color("edge"), 1)
    painter.setPen(pen)
    for x in (band.left(), band.right()):
        painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom()))


class CoverChart(QWidget):
    """Items with their months, shortest first, over one axis of six months."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.rows: tuple[CoverRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_rows(self, rows: Sequence[CoverRow]) -> None:
        """Other items; the chart says them in words too."""
        self.rows = tuple(rows)
        self.setAccessibleName(self.language.say("Months of stock"))
        self.setAccessibleDescription("\n".join(self._said(row) for row in self.rows))
        self.update()

    def _said(self, row: CoverRow) -> str:
        told = self.language.say(
            "{item}: {months} months of stock, {state}; should be {minimum} to {maximum}",
            item=row.name,
            months=row.months.words(self.language),
            state=self.language.say(STATES[row.months.state].words),
            minimum=row.months.minimum,
            maximum=row.months.maximum,
        )
        return plain(told)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(480), px(39) * max(len(self.rows), 3) + px(30))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(320), px(22) * max(len(self.rows), 3) + px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        px = theme.current().px
        whole = QRectF(self.rect())
        names, values = min(px(190), whole.width() * 0.38), px(84)
        axis = QRectF(names, 0, max(whole.width() - names - values, 10), whole.height() - px(26))
        axis = mirrored(axis, whole)
        if not self.rows:
            return
        self._paint_ground(painter, axis)
        step = axis.height() / len(self.rows)
        for index, row in enumerate(self.rows):
            across = QRectF(whole.left(), index * step, whole.width(), step)
            self._paint_row(painter, across, axis, row, names, values)
        self._paint_band_edges(painter, axis)
        self._paint_scale(painter, axis, whole)

    def _place(self, axis: QRectF, months: Fraction) -> float:
        part = share(months) * axis.width()
        return mirrored(QRectF(axis.left() + part, 0, 0, 0), axis).left()

    def _band(self, axis: QRectF) -> QRectF:
        """The band of the first row: Today's items share one rule."""
        months = self.rows[0].months
        one, two = self._place(axis, months.minimum), self._place(axis, months.maximum)
        return QRectF(min(one, two), axis.top(), abs(two - one), axis.height())

    def _paint_ground(self, painter: QPainter, axis: QRectF) -> None:
        look = theme.current()
        painter.setPen(QPen(look.color("hairline"), 1))
        for x in (axis.left(), axis.right()):
            painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom() + look.px(4)))
        step = axis.height() / len(self.rows)
        for index in range(len(self.rows)):
            y = axis.top() + (index + 0.5) * step
            painter.drawLine(QPointF(axis.left(), y), QPointF(axis.right(), y))
        painter.fillRect(self._band(axis), look.color("green.soft"))

    def _paint_band_edges(self, painter: QPainter, axis: QRectF) -> None:
        look = theme.current()
        band = self._band(axis)
        pen = QPen(look.color("edge"), 1.4)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        for x in (band.left(), band.right()):
            painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom() + look.px(4)))

    def _paint_row(
        self,
        painter: QPainter,
        across: QRectF,
        axis: QRectF,
        row: CoverRow,
        names: float,
        values: float,
    ) -> None:
        look = theme.current()
        px = look.px
        tone = look.tone(STATES[row.months.state].tone)
        ink = QColor(tone.fill if STATES[row.months.state].tone == "expired" else tone.ink)
        name = leading_part(across, names - px(10))
        _draw_name(painter, name, row.name)
        if row.months.value:
            self._paint_value_bar(painter, across, axis, row.months, QColor(tone.fill))
        end = after(across, across.width() - values)
        icon = after(end, end.width() - px(17))
        paint_icon(painter, icon, STATES[row.months.state].icon, ink)
        told = self._value_words(row.months)
        text = leading_part(end, end.width() - px(27))
        draw_text(painter, text, told, font(14, 600), ink, Side.TRAILING)

    def _value_words(self, months: Months) -> str:
        if months.state == "out":
            return self.language.say("out")
        return months.words(self.language)

    def _paint_value_bar(
        self, painter: QPainter, across: QRectF, axis: QRectF, months: Months, color: QColor
    ) -> None:
        px = theme.current().px
        value = months.value or Fraction(0)
        length = max(share(value) * axis.width(), px(3))
        bar = QRectF(axis.left(), across.center().y() - px(6), length, px(12))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(mirrored(bar, axis), px(2), px(2))
        if value > LONGEST:
            self._paint_notch(painter, mirrored(bar, axis))

    def _paint_notch(self, painter: QPainter, bar: QRectF) -> None:
        """The bar goes on beyond the axis: a slanted cut near its end."""
        look = theme.current()
        cut = look.px(4)
        at = mirrored(QRectF(bar.right() - look.px(16), bar.top(), cut, bar.height()), bar)
        path = QPainterPath(QPointF(at.left(), at.bottom() + 1))
        path.lineTo(at.left() + cut, at.top() - 1)
        path.lineTo(at.left() + 2 * cut, at.top() - 1)
        path.lineTo(at.left() + cut, at.bottom() + 1)
        path.closeSubpath()
        painter.fillPath(path, look.color("surface"))

    def _paint_scale(self, painter: QPainter, axis: QRectF, whole: QRectF) -> None:
        look = theme.current()
        px = look.px
        say = self.language.say
        months = self.rows[0].months
        line = QRectF(whole.left(), axis.bottom() + px(6), whole.width(), px(18))
        small, ink = font(12), look.color("ink2")
        number = self.language.decimal
        low = say("min {months}", months=number(months.minimum, _places(months.minimum)))
        high = say("max {months}", months=number(months.maximum, _places(months.maximum)))
        wide = px(90)
        begin, end = self._place(axis, Fraction(0)), self._place(axis, Fraction(LONGEST))
        low_at, high_at = self._place(axis, months.minimum), self._place(axis, months.maximum)
        sign = 1 if begin < end else -1
        last = say("{months} months", months=LONGEST)
        room = abs(end - high_at) - text_width(high, small) - px(8)
        last = last if text_width(last, small) <= room else number(LONGEST, 0)
        for text, at, side in (
            (number(0, 0), begin, Side.LEADING),
            (low, low_at, Side.TRAILING),
            (high, high_at, Side.LEADING),
            (last, end, Side.TRAILING),
        ):
            goes_right = (side is Side.LEADING) == (sign > 0)
            left = at if goes_right else at - wide
            where = QRectF(left, line.top(), wide, line.height())
            draw_text(painter, where, text, small, ink, side)


def _draw_name(painter: QPainter, where: QRectF, name: str) -> None:
    """On one line when it fits, else on two smaller ones."""
    ink = theme.current().color("ink")
    if text_width(name, font(14)) <= where.width():
        draw_text(painter, where, name, font(14), ink)
        return
    small = next((f for f in (font(13), font(12)) if _fits(name, f, where.width())), font(11))
    draw_wrapped(painter, where, name, small, ink)


def _fits(name: str, set_in: QFont, width: float) -> bool:
    return all(text_width(line, set_in) <= width for line in broken(name, set_in, width))


def _places(value: Fraction) -> int:
    return 0 if value.denominator == 1 else 1
