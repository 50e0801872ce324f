"""Painted parts of the import: the four steps, a count, and which column is what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import after, draw_text, fitting, leading_part, text_width
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.tile import paint_block
from inventory.language import plain

_CIRCLE, _GAP, _DASH = 24, 9, 18


class Steps(QWidget):
    """Finished words of the steps; what is before `at` is done, `at` is where we are."""

    def __init__(self, steps: Sequence[str], at: int) -> None:
        super().__init__()
        self.steps, self.at = tuple(steps), at
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if at < len(self.steps):
            self.setAccessibleName(f"{at + 1}/{len(self.steps)}: {self.steps[at]}")

    def _width(self, at: int) -> float:
        px = theme.current().px
        return px(_CIRCLE + _GAP) + text_width(self.steps[at], font(14, 600)) + 1

    def sizeHint(self) -> QSize:
        px = theme.current().px
        dashes = px(_DASH + 2 * _GAP) * (len(self.steps) - 1)
        return QSize(round(sum(map(self._width, range(len(self.steps))))) + dashes, px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(self.rect())
        for at, words in enumerate(self.steps):
            wide = self._width(at)
            self._paint_step(painter, leading_part(row, wide), at, words)
            row = after(row, wide + px(_GAP))
            if at + 1 < len(self.steps):
                dash = leading_part(row, px(_DASH))
                painter.setPen(QPen(look.color("edge"), 1))
                painter.drawLine(
                    QPointF(dash.left(), dash.center().y()),
                    QPointF(dash.right(), dash.center().y()),
                )
                row = after(row, px(_DASH + _GAP))
        painter.end()

    def _paint_step(self, painter: QPainter, box: QRectF, at: int, words: str) -> None:
        look = theme.current()
        px = look.px
        first = leading_part(box, px(_CIRCLE))
        circle = QRectF(first.left(), box.center().y() - px(12), px(_CIRCLE), px(_CIRCLE))
        here, done = at == self.at, at < self.at
        ground = "accent" if here else "green.soft" if done else "sunk"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawEllipse(circle)
        if done:
            mark = circle.adjusted(px(5), px(5), -px(5), -px(5))
            paint_icon(painter, mark, "check", look.color("green"))
        else:
            painter.setPen(look.color("on_accent" if here else "ink2"))
            painter.setFont(font(13, 600))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        told = after(box, px(_CIRCLE + _GAP))
        ink = look.color("ink" if here else "ink2")
        draw_text(painter, told, words, font(14, 600 if here else 400), ink)


class Count(QWidget):
    """A card with one number of the dry run: icon, number, word, and what becomes of them."""

    def __init__(self, icon: str, tone: str, words: str) -> None:
        super().__init__()
        self._icon, self._tone, self.words = icon, tone, words
        self.number = self.third = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_number(self, number: str, third: str) -> None:
        """Both finished."""
        self.number, self.third = number, third
        self.setAccessibleName(plain(f"{number} {self.words}, {third}"))
        self.update()

    @property
    def _low(self) -> bool:
        """Large letters leave no room for the third line."""
        return theme.current().text_size > 100

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(260), px(56 if self._low else 84))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("hairline"), 1))
        painter.setBrush(look.color("surface"))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, px(10), px(10))
        inside = whole.adjusted(px(15), 0, -px(12), 0)
        block = leading_part(inside, px(36))
        middle = inside.center().y()
        paint_block(painter, QRectF(block.left(), middle - px(18), px(36), px(36)),
                    self._icon, self._tone)  # fmt: skip
        words = after(inside, px(50))
        first = middle - px(19 if self._low else 32)
        top = QRectF(words.left(), first, words.width(), px(38))
        wide = draw_text(painter, top, self.number, font(28, 600), look.color("ink"))
        beside = after(QRectF(top.left(), top.top() + px(5), top.width(), px(34)), wide + px(10))
        set_in = fitting(self.words, 15, 600, beside.width())
        draw_text(painter, beside, self.words, set_in, look.color("ink"))
        if not self._low:
            under = QRectF(words.left(), middle + px(6), words.width(), px(22))
            set_in = fitting(self.third, 13, 400, under.width())
            draw_text(painter, under, self.third, set_in, look.color("ink2"))
        painter.end()


class ColumnChips(QWidget):
    """Pairs of heading in the file and what it is taken for; those not used stand in outline.

    What does not fit is counted in a last chip, as `more` words it.
    """

    def __init__(self, unused: str) -> None:
        super().__init__()
        self.heads: tuple[tuple[str, str], ...] = ()
        self.unused = unused
        self.more: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_heads(self, heads: Sequence[tuple[str, str]], more: Sequence[str]) -> None:
        """`more[n]` says that n others are not shown."""
        self.heads, self.more = tuple(heads), more
        said = (f"{head}: {field or self.unused}" for head, field in self.heads)
        self.setAccessibleName(plain("; ".join(said)))
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(300), px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(100), theme.current().px(52))

    def _width(self, head: str, field: str) -> float:
        px = theme.current().px
        shown = field or self.unused
        widest = max(text_width(head, font(13)), text_width(shown, font(14, 600)))
        return min(widest, px(190)) + 2 * px(12) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(self.rect())
        for at, (head, field) in enumerate(self.heads):
            wide, left = self._width(head, field), len(self.heads) - at
            spare = px(96) if left > 1 else 0
            if wide + spare > row.width():
                draw_text(painter, after(row, px(4)), self.more[left], font(13),
                          look.color("ink2"))  # fmt: skip
                break
            self._paint_chip(painter, leading_part(row, wide), head, field)
            row = after(row, wide + px(8))
        painter.end()

    def _paint_chip(self, painter: QPainter, box: QRectF, head: str, field: str) -> None:
        look = theme.current()
        px = look.px
        line = QPen(look.color("edge"), 1) if not field else Qt.PenStyle.NoPen
        painter.setPen(line)
        painter.setBrush(look.color("sunk" if field else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(7), px(7))
        inside = box.adjusted(px(12), 0, -px(12), 0)
        top = QRectF(inside.left(), box.top() + px(5), inside.width(), px(20))
        draw_text(painter, top, head, font(13), look.color("ink2"))
        under = QRectF(inside.left(), box.top() + px(26), inside.width(), px(20))
        ink = look.color("ink" if field else "ink2")
        draw_text(painter, under, field or self.unused, font(14, 600), ink)
