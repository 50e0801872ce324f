"""The fields under the head: four to a row, caption above, value below, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.documents.cells import (
    FLOOR,
    PAD,
    Cell,
    beside,
    both_parts,
    shrunk,
    stack,
)
from inventory.documents.frame import FINE
from inventory.documents.shaping import shape
from inventory.documents.surface import POINT, Align, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import NOTHING, Both, Voices

ROW_HEIGHT = 8.9

_CAPTION, _CAPTION_SECOND = Style(7.2), Style(7)
_VALUE, _VALUE_SECOND = Style(9.2, Weight.SEMIBOLD), Style(8.6, Weight.MEDIUM)
_LONG, _LONG_SECOND = Style(8.4, Weight.SEMIBOLD), Style(7.6, Weight.MEDIUM)
_CAPTION_BASELINE = 2.8
_VALUE_BASELINE = 7.2
_GAP = 1.8
_CHECK = 3.3


@dataclass(frozen=True, slots=True)
class Field:
    """A caption and its value, or choices of which one is crossed."""

    caption: Both
    value: Both = NOTHING
    choices: tuple[tuple[Both, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    field: Field
    long: Cell | None

    @property
    def height(self) -> float:
        return ROW_HEIGHT if self.long is None else self.long.height + _CAPTION_BASELINE + 0.6


class FieldBand:
    """Rows of fields; a row grows when a value needs more lines than one."""

    def __init__(self, fields: Sequence[Field], voices: Voices, measure: float, in_row: int = 4):
        self._voices = voices
        self._width = measure / in_row
        placed = [self._place(field) for field in fields]
        self._rows = [placed[start : start + in_row] for start in range(0, len(placed), in_row)]

    @property
    def height(self) -> float:
        return sum(_row_height(row) for row in self._rows)

    def draw(self, page: Page, top: float) -> None:
        measure = page.measure
        y = top
        for row in self._rows:
            height = _row_height(row)
            for index, placed in enumerate(row):
                box = Box(index * self._width, y, self._width, height)
                self._draw_field(page, placed, box)
                if index:
                    page.down(box.x, y, y + height, FINE)
            y += height
            page.across(y, 0, measure, FINE)

    def _place(self, field: Field) -> _Placed:
        room = self._width - 2 * PAD
        widths = [
            shape(text, style, rtl).width(1) * POINT
            for text, style, rtl in (
                (field.value.first, _VALUE, self._voices.rtl),
                (field.value.second, _VALUE_SECOND, self._voices.second_rtl),
            )
        ]
        gap = _GAP if field.value.second else 0.0
        if sum(widths) * FLOOR + gap <= room:
            return _Placed(field, None)
        return _Placed(field, stack(field.value, self._voices, _LONG, _LONG_SECOND, self._width))

    def _draw_field(self, page: Page, placed: _Placed, box: Box) -> None:
        inner = box.inset(PAD)
        voices, field = self._voices, placed.field
        _at_both_edges(
            page, field.caption, voices, (_CAPTION, _CAPTION_SECOND), inner, _CAPTION_BASELINE
        )
        if field.choices:
            self._draw_choices(page, field, inner)
        elif placed.long is None:
            _at_both_edges(
                page, field.value, voices, (_VALUE, _VALUE_SECOND), inner, _VALUE_BASELINE
            )
        else:
            placed.long.draw(page, box, drop=_CAPTION_BASELINE)

    def _draw_choices(self, page: Page, field: Field, inner: Box) -> None:
        baseline = inner.y + _VALUE_BASELINE
        share = inner.width / len(field.choices)
        x = inner.x
        for said, chosen in field.choices:
            square = Box(x, baseline - _CHECK + 0.5, _CHECK, _CHECK)
            page.frame(square, 1.4)
            if chosen:
                page.cross(Box(x + 0.8, square.y + 0.8, _CHECK - 1.6, _CHECK - 1.6), 1.6)
            words = Box(x + _CHECK + 1.1, inner.y, share - _CHECK - 1.1, inner.height)
            parts = both_parts(
                said, self._voices, Style(8.8, Weight.SEMIBOLD), Style(8.4, Weight.MEDIUM)
            )
            x += _CHECK + 1.1 + beside(page, parts, words, baseline, gap=1.6) + 4.4


def _at_both_edges(
    page: Page, text: Both, voices: Voices, styles: tuple[Style, Style], inner: Box, drop: float
) -> None:
    """The first language at the reading edge, the second at the far one; both shrink alike."""
    parts = both_parts(text, voices, *styles)
    lines = [shape(part.text, part.style, part.rtl) for part in parts]
    room = inner.width - (_GAP if text.second else 0.0)
    sizes, narrow = shrunk(lines, [part.style.size for part in parts], room)
    for line, size, align in zip(lines, sizes, (Align.START, Align.END), strict=True):
        page.write(line, size, inner, inner.y + drop, align, narrow)


def _row_height(row: Sequence[_Placed]) -> float:
    return max(placed.height for placed in row)
