"""Why this AMC: what was used in each month, and the days on which there was nothing to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import Side, draw_text, fitting, mirrored, text_width
from desktop.fonts import font
from inventory.domain.months import Month
from inventory.language import Language, plain


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month: units consumed (None: nothing is known), days out of `days`."""

    month: Month
    consumed: int | None
    days_out: int
    days: int


class MonthBars(QWidget):
    """Bars in reading order, the value inside; days out as a hatched block with their number."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.bars: tuple[MonthBar, ...] = ()
        self._average = Fraction(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[MonthBar], average: Fraction) -> None:
        """`average`: units a month; a block of days out is as high as they would have used."""
        self.bars = tuple(bars)
        self._average = average
        self.setAccessibleName(self._language.say("Used in each month"))
        self.setAccessibleDescription("\n".join(plain(self._said(bar)) for bar in self.bars))
        self.update()

    def _said(self, bar: MonthBar) -> str:
        say = self._language.say
        if bar.consumed is None:
            return say("{month}: not known", month=bar.month)
        if bar.days_out:
            return self._language.count(
                "{month}: {used} used, {n} day out of stock",
                "{month}: {used} used, {n} days out of stock",
                bar.days_out,
                month=bar.month,
                used=bar.consumed,
            )
        return say("{month}: {used} used", month=bar.month, used=bar.consumed)

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(350), px(86))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), theme.current().px(86))

    def _missed(self, bar: MonthBar) -> Fraction:
        """What the days out would have used at the average."""
        return self._average * bar.days_out / max(bar.days, 1)

    def _highest(self) -> Fraction:
        heights = [Fraction(b.consumed or 0) + self._missed(b) for b in self.bars]
        return max(heights, default=Fraction(1)) or Fraction(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.bars:
            return
        px = theme.current().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        chart = QRectF(whole.left(), 0, whole.width(), whole.height() - px(22))
        step = chart.width() / len(self.bars)
        gap = min(px(14), step / 5)
        wide = (chart.width() - gap * (len(self.bars) - 1)) / len(self.bars)
        for index, bar in enumerate(self.bars):
            column = QRectF(index * (wide + gap), 0, wide, whole.height())
            self._paint_month(painter, mirrored(column, whole), chart.height(), bar)
        painter.end()

    def _paint_month(self, painter: QPainter, column: QRectF, high: float, bar: MonthBar) -> None:
        look = theme.current()
        px = look.px
        highest = self._highest()
        used = float((bar.consumed or 0) / highest) * high
        missed = float(self._missed(bar) / highest) * high
        if bar.consumed:
            # A figure is written inside: the lowest bar still has room for it.
            used = max(used, px(22))
        missed = min(missed, high - used - 2) if missed else 0
        box = QRectF(column.left(), high - used, column.width(), used)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("chart_quiet"))
        painter.drawRoundedRect(box, px(3), px(3))
        if missed > px(4):
            block = QRectF(column.left(), high - used - missed - 2, column.width(), missed)
            self._paint_days_out(painter, block, bar.days_out)
        self._paint_words(painter, column, box, high, bar)

    def _paint_words(
        self, painter: QPainter, column: QRectF, box: QRectF, high: float, bar: MonthBar
    ) -> None:
        look = theme.current()
        px = look.px
        value = "–" if bar.consumed is None else self._language.number(bar.consumed)
        inside = QRectF(box.left(), min(box.top(), high - px(22)), box.width(), px(22))
        inside.adjust(-px(3), 0, px(3), 0)
        set_in = fitting(value, 13, 600, inside.width())
        draw_text(painter, inside, value, set_in, look.color("ink"), Side.CENTRE)
        narrow = self._names_are_narrow(column.width())
        name = self._language.month_name(bar.month, narrow=narrow)
        under = QRectF(column.left() - px(6), high + px(2), column.width() + px(12), px(20))
        draw_text(painter, under, name, font(13), look.color("ink2"), Side.CENTRE)

    def _names_are_narrow(self, room: float) -> bool:
        """All short or none."""
        names = (self._language.month_name(bar.month) for bar in self.bars)
        return any(text_width(name, font(13)) > room for name in names)

    def _paint_days_out(self, painter: QPainter, block: QRectF, days: int) -> None:
        look = theme.current()
        px = look.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface"))
        painter.drawRect(block)
        painter.setBrush(QBrush(look.color("edge"), Qt.BrushStyle.BDiagPattern))
        dashes = QPen(look.color("edge"), 1)
        dashes.setDashPattern([3, 2])
        painter.setPen(dashes)
        painter.drawRoundedRect(block.adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        words = self._language.count("{n} day out", "{n} days out", days)
        small = font(12, 600)
        if text_width(words, small) + px(8) > block.width():
            words = self._language.number(days)
        if block.height() < px(15):
            return
        wide = text_width(words, small) + px(10)
        plate = QRectF(block.center().x() - wide / 2, block.center().y() - px(9), wide, px(18))
        painter.fillRect(plate, look.color("surface"))
        draw_text(painter, plate, words, small, look.color("red"), Side.CENTRE)
