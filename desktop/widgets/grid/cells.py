"""How each kind of cell is painted. A kind is a row of a table, never a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.direction import (
    Side,
    after,
    before,
    draw_text,
    draw_wrapped,
    fitting,
    leading_part,
    text_width,
    trailing_part,
)
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.widgets.charts.cover import Months, paint_bar
from desktop.widgets.chip import STATES, chip_width, paint_chip
from desktop.widgets.grid.columns import Cell, words
from desktop.widgets.grid.model import chip_words
from inventory.language import Language

PADDING = 12
_THREE_LINES = 47
"""Height of a row that holds a long name on two lines and what stands under it."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What a painter of cells may ask: where, what, in which language, and how it is set."""

    painter: QPainter
    rect: QRectF
    cell: Cell
    language: Language
    kind: Kind
    editing: bool = False

    def color(self, usual: str) -> QColor:
        """The cell's tone, else the usual token."""
        return theme.current().color(self.cell.tone or usual)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column: its painter, side, size and weight, colour of the main line.

    `measure` gives the width its contents need; None for those that may be cut. `wraps` writes
    a main line that is too long on two lines, in place of the second.
    """

    paint: Callable[[Pen], None]
    side: Side = Side.LEADING
    size: int = 15
    weight: int = 400
    color: str = "ink"
    measure: Callable[[Cell, Language], float] | None = None
    wraps: bool = False


def _paint_lines(pen: Pen) -> None:
    """One line, or a main one and a second under it, with an icon before the main one."""
    px = theme.current().px
    main = words(pen.cell.main, pen.language)
    second = words(pen.cell.second, pen.language)
    one = pen.rect
    smallest = fitting(main, pen.kind.size, pen.kind.weight, one.width())
    if pen.kind.wraps and text_width(main, smallest) > one.width():
        # A name, a day or a quantity is never cut while there is room under it.
        if second and pen.rect.height() >= px(_THREE_LINES):
            one = one.adjusted(0, px(1), 0, -px(15))
            under = QRectF(one.left(), one.bottom() - px(2), one.width(), px(15))
            color = theme.current().color("ink2")
            draw_text(pen.painter, under, second, font(12), color, pen.kind.side)
        draw_wrapped(pen.painter, one, main, smallest, pen.color(pen.kind.color), pen.kind.side)
        return
    if second:
        middle = pen.rect.center().y()
        one = QRectF(pen.rect.left(), middle - px(21), pen.rect.width(), px(22))
        two = QRectF(pen.rect.left(), middle + px(1), pen.rect.width(), px(20))
        color = theme.current().color("ink2")
        set_in = fitting(second, 13, 400, two.width())
        draw_text(pen.painter, two, second, set_in, color, pen.kind.side)
    color = pen.color(pen.kind.color)
    weight = 600 if pen.cell.tone else pen.kind.weight
    if pen.cell.icon:
        mark = leading_part(one, px(16))
        paint_icon(pen.painter, mark, pen.cell.icon, color)
        one = after(one, px(24))
    set_in = fitting(main, pen.kind.size, weight, one.width())
    draw_text(pen.painter, one, main, set_in, color, pen.kind.side)


def _lines_width(cell: Cell, language: Language) -> float:
    icon = theme.current().px(24) if cell.icon else 0
    main = text_width(words(cell.main, language), font(15, 600)) + icon
    return max(main, text_width(words(cell.second, language), font(13)))


def _state_width(cell: Cell, language: Language) -> float:
    return chip_width(chip_words(cell, language))


def _months_width(cell: Cell, language: Language) -> float:
    """The number; the bar gives way to it."""
    return text_width("00.0", font(15, 600))


def _paint_state(pen: Pen) -> None:
    state = STATES[pen.cell.state or str(pen.cell.main)]
    paint_chip(pen.painter, pen.rect, state, chip_words(pen.cell, pen.language))


def _paint_months(pen: Pen) -> None:
    """A short bar with its band, and the months as a number."""
    px = theme.current().px
    months = pen.cell.main
    assert isinstance(months, Months)
    middle = pen.rect.center().y()
    ink = theme.current().color("ink")
    number = text_width(months.words(pen.language), font(15, 600)) + px(6)
    length = min(px(54), pen.rect.width() - number)
    rest = pen.rect
    if length >= px(20):
        track = leading_part(pen.rect, length)
        bar = QRectF(track.left(), middle - px(5), track.width(), px(10))
        paint_bar(pen.painter, bar, months)
        rest = after(pen.rect, length + px(4))
    draw_text(pen.painter, rest, months.words(pen.language), font(15, 600), ink, Side.TRAILING)


def _paint_asked(pen: Pen) -> None:
    """A figure in a box that digits change, with the one it replaced struck beside it."""
    look = theme.current()
    px = look.px
    box = asked_box(pen.rect)
    changed = pen.cell.struck is not None
    line = QPen(look.color("amber" if changed else "edge"), 2 if changed else 1)
    pen.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen.painter.setPen(line)
    pen.painter.setBrush(look.color("surface"))
    inset = line.widthF() / 2
    pen.painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), px(8), px(8))
    text = words(pen.cell.main, pen.language)
    inside = box.adjusted(px(6), 0, -px(10), 0)
    draw_text(pen.painter, inside, text, font(17, 600), look.color("ink"), Side.RIGHT)
    if changed:
        _paint_struck(pen, box)


def _paint_struck(pen: Pen, box: QRectF) -> None:
    """What the figure was, on the leading side of the box."""
    look = theme.current()
    told = words(pen.cell.struck, pen.language)
    room = before(pen.rect, box.width() + look.px(6))
    color = look.color("ink2")
    wide = draw_text(pen.painter, room, told, font(15), color, Side.TRAILING)
    line = trailing_part(room, wide)
    middle = line.center().y()
    pen.painter.drawLine(QPointF(line.left() - 1, middle), QPointF(line.right() + 1, middle))


def asked_box(rect: QRectF) -> QRectF:
    """Where the box of an editable figure stands in its cell: at the trailing edge."""
    px = theme.current().px
    wide = trailing_part(rect, px(72))
    return QRectF(wide.left(), rect.center().y() - px(19), wide.width(), px(38))


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "chip": Kind(_paint_state, measure=_state_width),
        "item": Kind(_paint_lines, weight=600, wraps=True),
        "text": Kind(_paint_lines),
        "strong": Kind(_paint_lines, weight=600),
        "faint": Kind(_paint_lines, color="ink2"),
        "date": Kind(_paint_lines, measure=_lines_width, wraps=True),
        "quantity": Kind(_paint_lines, weight=600, measure=_lines_width, wraps=True),
        "number": Kind(_paint_lines, Side.RIGHT, measure=_lines_width),
        "faint_number": Kind(_paint_lines, Side.RIGHT, color="ink2", measure=_lines_width),
        "strong_number": Kind(_paint_lines, Side.RIGHT, weight=600, measure=_lines_width),
        "big_number": Kind(_paint_lines, Side.RIGHT, size=17, weight=600, measure=_lines_width),
        "months": Kind(_paint_months, measure=_months_width),
        "ask": Kind(_paint_asked, Side.TRAILING, size=17, weight=600),
    }
)


def paint_cell(
    painter: QPainter, rect: QRectF, column_kind: str, cell: Cell, language: Language
) -> None:
    """Paint one cell into its rectangle; padding is taken off here."""
    pad = theme.current().px(PADDING)
    kind = KINDS[column_kind]
    kind.paint(Pen(painter, rect.adjusted(pad, 0, -pad, 0), cell, language, kind))


def heading_side(column_kind: str) -> Side:
    """A heading stands where its column's values stand."""
    return KINDS[column_kind].side
