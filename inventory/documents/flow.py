"""Which row stands on which sheet, before anything is drawn.

Never a section title alone at the foot, never the signatures without a row above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from inventory.documents.cells import Cell
from inventory.documents.voices import Both
from inventory.domain.sentence import Refused

BAND_HEIGHT = 5.4


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line, its height in millimetres, its number (0 for none).

    `rule` is the weight of the rule under it, where it is not the usual one.
    """

    cells: tuple[Cell, ...]
    height: float
    number: int
    rule: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title band; without a title there is no band."""

    title: Both
    note: Both
    rows: tuple[Row, ...]

    @property
    def band(self) -> float:
        return BAND_HEIGHT if self.title else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A row at its height on the sheet; `opens` says a title band stands above it."""

    section: Section
    row: Row
    top: float
    opens: bool
    continued: bool

    @property
    def foot(self) -> float:
        return self.top + self.row.height

    @property
    def band_top(self) -> float:
        return self.top - self.section.band


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet; `body` is where they start."""

    body: float
    rows: list[Placed] = field(default_factory=list)

    @property
    def end(self) -> float:
        return self.rows[-1].foot if self.rows else self.body


def paginate(
    sections: Sequence[Section], first: float, following: float, foot: float, tail: float
) -> list[Sheet]:
    """Sheets with their rows; the last one keeps `tail` millimetres free above `foot`.

    `first` and `following` are the tops of the rows on the first and the other sheets.
    """
    sheets = [Sheet(first)]
    for section in sections:
        for index, row in enumerate(section.rows):
            if section.band + row.height > foot - following - tail:
                raise Refused("A name on line {number} is too long to print.", number=row.number)
            opens = index == 0
            end = sheets[-1].end + row.height + (section.band if opens else 0.0)
            if end > foot:
                sheets.append(Sheet(following))
            _add(sheets[-1], section, row, opens)
    if sheets[-1].end + tail > foot:
        _move_last_row(sheets, following)
    return sheets


def _add(sheet: Sheet, section: Section, row: Row, first_of_section: bool) -> None:
    opens = bool(section.title) and (first_of_section or not sheet.rows)
    top = sheet.end + (section.band if opens else 0.0)
    sheet.rows.append(Placed(section, row, top, opens, opens and not first_of_section))


def _move_last_row(sheets: list[Sheet], following: float) -> None:
    """What closes a form never stands alone: the last row goes with it to a new sheet."""
    new = Sheet(following)
    if len(sheets[-1].rows) > 1:
        last = sheets[-1].rows.pop()
        _add(new, last.section, last.row, last.row is last.section.rows[0])
    sheets.append(new)
