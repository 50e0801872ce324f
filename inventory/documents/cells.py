"""What stands in a cell: lines of ink below its upper rule, and the height they need.

Millimetres below the rule; sizes in points. All cells of a row stand on the same first
baseline, so that a name of three lines does not drag its figures down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from inventory.documents.direction import runs_right_to_left
from inventory.documents.shaping import Line, shape, wrap
from inventory.documents.surface import POINT, Align, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Both, Voices

FLOOR = 7.0  # points; nothing on A4 is smaller
PAD = 1.2
FIRST_BASELINE = 3.7

_ARABIC_LEAD = 0.414  # millimetres to the point: Arabic hangs lower
_LATIN_LEAD = 0.37
_OTHER_LANGUAGE = 0.4
_LATIN_AFTER_ARABIC = 0.6
_CODE_END = 0.2
_NARROWEST_CODE = 0.8
_ARABIC_FOOT = 1.25
_LATIN_FOOT = 1.0


class Ink(NamedTuple):
    """One line of text in a cell."""

    line: Line
    size: float
    baseline: float
    align: Align
    narrow: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of ink and the height they take."""

    inks: tuple[Ink, ...] = ()
    height: float = 0.0

    def draw(self, page: Page, box: Box, pad: float = PAD, drop: float = 0.0) -> None:
        for ink in self.inks:
            baseline = box.y + drop + ink.baseline
            page.write(ink.line, ink.size, box, baseline, ink.align, ink.narrow, pad)


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Part:
    """A text with its look, one of several that stand beside each other."""

    text: str
    style: Style
    rtl: bool


def own_edge(rtl: bool) -> Align:
    """The physical edge a language is read from."""
    return Align.RIGHT if rtl else Align.LEFT


def lead(size: float, arabic: bool) -> float:
    """From one baseline to the next."""
    return size * (_ARABIC_LEAD if arabic else _LATIN_LEAD)


def fitted(text: str, style: Style, rtl: bool, width: float) -> tuple[Line, float, float]:
    """The line, its size and its narrowing so that it is no wider than `width` millimetres.

    It shrinks to the floor first, then narrows.
    """
    line = shape(text, style, rtl)
    size, narrow = style.size, 1.0
    if line.width(size) * POINT > width:
        size = max(min(FLOOR, size), size * width / (line.width(size) * POINT))
        narrow = min(1.0, width / (line.width(size) * POINT))
    return line, size, narrow


def single(
    text: str, style: Style, width: float, align: Align, baseline: float = FIRST_BASELINE
) -> Cell:
    """One line that fits: a figure, a date, a unit alone."""
    line, size, narrow = fitted(text, style, False, width - 2 * PAD)
    return Cell((Ink(line, size, baseline, align, narrow),), baseline + _LATIN_FOOT)


@lru_cache(maxsize=20_000)
def figure_cell(
    text: str, width: float, weight: Weight = Weight.REGULAR, size: float = 8.8
) -> Cell:
    """Figures end at the physical right in both directions."""
    return single(text, Style(size, weight), width, Align.RIGHT)


def code_cell(text: str, width: float, style: Style, align: Align = Align.LEFT) -> Cell:
    """A code or batch: shrunk to the floor and a little narrowed, broken into lines when long."""
    if not text:
        return BLANK
    room = width - PAD - _CODE_END if align is Align.LEFT else width - 2 * PAD
    whole = shape(text, style).width(1) * POINT
    size = min(style.size, max(FLOOR, room / whole))
    narrow = min(1.0, room / (whole * size))
    if narrow >= _NARROWEST_CODE:
        inks = [Ink(shape(text, style.sized(size)), size, FIRST_BASELINE, align, narrow)]
        return _cell(inks, False)
    size = style.size
    step = lead(size, arabic=False)
    lines = wrap(text, style.sized(size), False, room / POINT + 0.01)
    inks = [Ink(line, size, FIRST_BASELINE + n * step, align) for n, line in enumerate(lines)]
    return _cell(inks, False)


def stack(
    text: Both, voices: Voices, first: Style, second: Style, width: float, centred: bool = False
) -> Cell:
    """The first language over the second, each at its own edge, wrapped, never shrunk."""
    room = (width - 2 * PAD) / POINT
    inks: list[Ink] = []
    baseline, arabic = FIRST_BASELINE, False
    for words, style, rtl in (
        (text.first, first, voices.rtl),
        (text.second, second, voices.second_rtl),
    ):
        align = Align.CENTER if centred else own_edge(rtl)
        for index, line in enumerate(wrap(words, style, rtl, room)):
            arabic = runs_right_to_left(words, rtl)
            if inks:
                apart = _LATIN_AFTER_ARABIC if voices.rtl and not arabic else _OTHER_LANGUAGE
                baseline += lead(style.size, arabic) + (0.0 if index else apart)
            inks.append(Ink(line, style.size, baseline, align))
    return _cell(inks, arabic)


def narrowed_stack(text: Both, voices: Voices, first: Style, second: Style, width: float) -> Cell:
    """One line a language, centred, shrunk to the floor and then narrowed: units."""
    room = width - 2 * PAD * 0.6
    inks: list[Ink] = []
    baseline, arabic = FIRST_BASELINE, False
    for words, style, rtl in (
        (text.first, first, voices.rtl),
        (text.second, second, voices.second_rtl),
    ):
        if words:
            if inks:
                baseline += 3.1
            arabic = runs_right_to_left(words, rtl)
            line, size, narrow = fitted(words, style, rtl, room)
            inks.append(Ink(line, size, baseline, Align.CENTER, narrow))
    return _cell(inks, arabic)


def _cell(inks: Sequence[Ink], arabic_last: bool) -> Cell:
    if not inks:
        return BLANK
    foot = _ARABIC_FOOT if arabic_last else _LATIN_FOOT
    return Cell(tuple(inks), inks[-1].baseline + foot)


def beside(
    page: Page,
    parts: Sequence[Part],
    box: Box,
    baseline: float,
    align: Align = Align.START,
    gap: float = 3.0,
) -> float:
    """Texts beside each other from the reading edge on; returns the width they take.

    Too wide together, all shrink alike, to the floor at most; then all narrow.
    """
    parts = [part for part in parts if part.text]
    lines = [shape(part.text, part.style, part.rtl) for part in parts]
    gaps = gap * max(0, len(parts) - 1)
    sizes, narrow = shrunk(lines, [part.style.size for part in parts], box.width - gaps)
    taken = _total(lines, sizes) * narrow + gaps
    x = box.x + {Align.START: 0.0, Align.END: box.width - taken}.get(align, (box.width - taken) / 2)
    for line, size in zip(lines, sizes, strict=True):
        width = line.width(size) * POINT * narrow
        place = Box(x, box.y, width, box.height)
        page.write(line, size, place, baseline, Align.START, narrow)
        x += width + gap
    return taken


def fit(parts: Sequence[Part], room: float, gap: float) -> bool:
    """Whether the parts stand beside each other at their own sizes."""
    widths = [shape(p.text, p.style, p.rtl).width(p.style.size) * POINT for p in parts if p.text]
    return sum(widths) + gap * (len(widths) - 1) <= room


def shrunk(lines: Sequence[Line], sizes: Sequence[float], room: float) -> tuple[list[float], float]:
    """Sizes that let the lines share `room`: all shrink alike, to the floor; then all narrow."""
    scale = min(1.0, room / (_total(lines, sizes) or 1.0))
    smaller = [max(min(FLOOR, size), size * scale) for size in sizes]
    return smaller, min(1.0, room / (_total(lines, smaller) or 1.0))


def _total(lines: Sequence[Line], sizes: Sequence[float]) -> float:
    return sum(line.width(size) for line, size in zip(lines, sizes, strict=True)) * POINT


def both_parts(
    text: Both, voices: Voices, first: Style, second: Style, second_outside: bool = True
) -> list[Part]:
    """A text in both languages as parts; by default the first is nearer the reading edge."""
    parts = [Part(text.first, first, voices.rtl), Part(text.second, second, voices.second_rtl)]
    return parts if second_outside else parts[::-1]
