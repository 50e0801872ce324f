"""The ruled table: columns in groups, their head, the rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from inventory.documents.cells import (
    FLOOR,
    Ink,
    beside,
    both_parts,
    fit,
    lead,
)
from inventory.documents.direction import runs_right_to_left, tied
from inventory.documents.flow import Placed, Row, Sheet
from inventory.documents.frame import FINE, GROUP, HEAVY, MEDIUM, continued
from inventory.documents.shaping import Line, shape, wrap
from inventory.documents.surface import POINT, Align, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Both, Voices

_CAPTION, _CAPTION_SECOND = Style(7.6, Weight.BOLD), Style(7)
_GROUP, _GROUP_SECOND = Style(7.6, Weight.BOLD), Style(7.2, Weight.SEMIBOLD)
_LETTER = Style(7.6, Weight.BOLD)
_TITLE, _TITLE_SECOND = Style(9.2, Weight.BOLD), Style(8.2, Weight.SEMIBOLD)
_NOTE, _NOTE_SECOND = Style(7.6, Weight.MEDIUM), Style(7.4)
_CAPTION_PAD = 0.35
_CAPTION_EASE = 0.6
_CAPTION_LEAD = 0.95
_SECOND_CAPTION_DROP = 0.3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: width in millimetres, caption, letter, group, and a heavy rule before it.

    `alone` is the caption of the second language where the group above shows only the first.
    """

    width: float
    caption: str
    letter: str = ""
    group: str = ""
    heavy: bool = False
    alone: str = ""


@dataclass(frozen=True, slots=True)
class HeadHeights:
    """The bands of a table head, in millimetres; zero for a band it does not have."""

    group: float
    caption: float
    letter: float

    @property
    def total(self) -> float:
        return self.group + self.caption + self.letter


class Table:
    """Draws heads and rows of one form; knows where each column stands."""

    def __init__(self, columns: Sequence[Column], head: HeadHeights, voices: Voices) -> None:
        self.columns = tuple(columns)
        self.head = head
        self._voices = voices
        self._starts = [sum(column.width for column in columns[:n]) for n in range(len(columns))]

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    # The head

    def draw_head(self, page: Page, top: float) -> None:
        """Groups, captions and letters between two heavy rules."""
        head, foot = self.head, top + self.head.total
        page.across(top, 0, self.width, HEAVY)
        stacked = self._draw_groups(page, top)
        for index, column in enumerate(self.columns):
            above = head.group if column.group else 0.0
            height = head.group + head.caption - above
            box = Box(self._starts[index], top + above, column.width, height)
            self._draw_caption(page, column, box, stacked)
            self._rule_before(page, index, top + self._rule_drop(index), foot)
            if column.letter:
                cell = Box(box.x, foot - head.letter, column.width, head.letter)
                line = shape(column.letter, _LETTER)
                page.write(line, _LETTER.size, cell, foot - 1.0, Align.CENTER)
        if head.letter:
            page.across(foot - head.letter, 0, self.width, FINE)
        page.across(foot, 0, self.width, HEAVY)
        self._sides(page, top, foot)

    def _rule_drop(self, index: int) -> float:
        """Inside a group the rule starts under the group's line."""
        group = self.columns[index].group
        inside = index > 0 and group and self.columns[index - 1].group == group
        return self.head.group if inside else 0.0

    def _draw_groups(self, page: Page, top: float) -> set[str]:
        """Draw the line of groups; returns those that show the first language only."""
        first_only: set[str] = set()
        for group, members in groupby(range(len(self.columns)), lambda n: self.columns[n].group):
            indexes = list(members)
            if not group:
                continue
            start = self._starts[indexes[0]]
            width = sum(self.columns[n].width for n in indexes)
            box = Box(start, top, width, self.head.group).inset(_CAPTION_PAD)
            said = self._voices.say(group)
            parts = both_parts(said, self._voices, _GROUP, _GROUP_SECOND)
            if said.second and not fit(parts, box.width, 2):
                first_only.add(group)
                parts = parts[:1]
            beside(page, parts, box, top + 3.1, Align.CENTER, gap=2)
            page.across(top + self.head.group, start, start + width, FINE)
        return first_only

    def _draw_caption(self, page: Page, column: Column, box: Box, first_only: set[str]) -> None:
        said = self._voices.say(column.caption)
        if column.alone and column.group in first_only:
            said = Both(said.first, self._voices.say(column.alone).second)
        voices = self._voices
        inks = _caption_inks(said.first, _CAPTION, voices.rtl, box.width)
        first_lines = len(inks)
        inks += _caption_inks(said.second, _CAPTION_SECOND, voices.second_rtl, box.width)
        height = sum(step for _, step in inks) + (_SECOND_CAPTION_DROP if said.second else 0.0)
        y = box.y + (box.height - height) / 2
        inner = box.inset(_CAPTION_PAD)
        for index, (ink, step) in enumerate(inks):
            y += step + (_SECOND_CAPTION_DROP if index == first_lines else 0.0)
            page.write(ink.line, ink.size, inner, y - ink.baseline, Align.CENTER, ink.narrow)

    # Rows

    def draw_sheet(self, page: Page, sheet: Sheet) -> None:
        """Bands and rows of a sheet, with their rules; a heavier one ends each section."""
        for index, placed in enumerate(sheet.rows, 1):
            if placed.opens:
                self.draw_band(page, placed)
            self._draw_row(page, placed)
            ends = index == len(sheet.rows) or sheet.rows[index].opens
            page.across(placed.foot, 0, self.width, _row_rule(placed.row, ends))
        for top, foot in _stretches(sheet.rows):
            for index in range(len(self.columns)):
                self._rule_before(page, index, top, foot)
        if sheet.rows:
            self._sides(page, sheet.body, sheet.end)

    def draw_blank_row(self, page: Page, top: float, height: float, last: bool) -> None:
        """An empty ruled line to be written on by hand."""
        for index in range(len(self.columns)):
            self._rule_before(page, index, top, top + height)
        page.across(top + height, 0, self.width, MEDIUM if last else FINE)
        self._sides(page, top, top + height)

    def draw_band(self, page: Page, placed: Placed) -> None:
        """The title of a section and its totals; no column rule crosses it."""
        section, top = placed.section, placed.band_top
        page.solid(Box(0, top, 1.6, section.band))
        title = continued(self._voices, section.title) if placed.continued else section.title
        box = Box(3.4, top, self.width - 5.3, section.band)
        notes = both_parts(section.note, self._voices, _NOTE, _NOTE_SECOND)
        taken = beside(page, notes, box, top + 3.8, Align.END, gap=5)
        room = Box(box.x, top, box.width - taken - 4, section.band)
        titles = both_parts(title, self._voices, _TITLE, _TITLE_SECOND)
        beside(page, titles, room, top + 3.8)
        page.across(top + section.band, 0, self.width, FINE)

    def _draw_row(self, page: Page, placed: Placed) -> None:
        row = placed.row
        for start, column, cell in zip(self._starts, self.columns, row.cells, strict=True):
            if cell.inks:
                cell.draw(page, Box(start, placed.top, column.width, row.height))

    def _rule_before(self, page: Page, index: int, top: float, foot: float) -> None:
        if index:
            weight = GROUP if self.columns[index].heavy else FINE
            page.down(self._starts[index], top, foot, weight)

    def _sides(self, page: Page, top: float, foot: float) -> None:
        page.down(0, top, foot, MEDIUM)
        page.down(self.width, top, foot, MEDIUM)


def _row_rule(row: Row, ends: bool) -> float:
    if row.rule:
        return row.rule
    return MEDIUM if ends or (row.number and row.number % 5 == 0) else FINE


def _stretches(rows: Sequence[Placed]) -> list[tuple[float, float]]:
    """From where to where column rules run without a title band between."""
    stretches: list[tuple[float, float]] = []
    for placed in rows:
        if stretches and not placed.opens:
            stretches[-1] = (stretches[-1][0], placed.foot)
        else:
            stretches.append((placed.top, placed.foot))
    return stretches


def _caption_inks(text: str, style: Style, rtl: bool, width: float) -> list[tuple[Ink, float]]:
    """The lines of a caption, each with the height it takes; `baseline` is above its foot."""
    room = width - 2 * _CAPTION_PAD
    words = tied(text).split(" ")
    longest = max(shape(word, style, rtl).width(1) for word in words) * POINT
    size = style.size if longest * style.size <= room else max(FLOOR, room / (longest or 1))
    sized = style.sized(size)
    if longest * size > room:
        lines: Sequence[Line] = [shape(word, sized, rtl) for word in words]
    else:
        lines = _balanced(text, sized, rtl, longest * size, width - 2 * _CAPTION_EASE)
    step = lead(size, runs_right_to_left(text, rtl)) * _CAPTION_LEAD
    return [(_caption_ink(line, size, step, room), step) for line in lines]


def _balanced(text: str, style: Style, rtl: bool, longest: float, room: float) -> tuple[Line, ...]:
    """As few lines as fit in `room` millimetres, as equal in width as the longest word lets."""
    least = longest / POINT + 0.01
    lines = wrap(text, style, rtl, max(least, room / POINT))
    for tenths in range(9, 4, -1):
        narrower = wrap(text, style, rtl, max(least, room / POINT * tenths / 10))
        if len(narrower) != len(lines):
            break
        lines = narrower
    return lines


def _caption_ink(line: Line, size: float, step: float, room: float) -> Ink:
    narrow = min(1.0, room / (line.width(size) * POINT))
    return Ink(line, size, step * 0.26, Align.CENTER, narrow)
