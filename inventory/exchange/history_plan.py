"""What monthly reports from before would tell the program, so that averages work at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from inventory.domain.months import Month
from inventory.domain.quantity import fold_digits, parse_change, parse_quantity
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.exchange.columns import ColumnMapping
from inventory.exchange.dates import read_month
from inventory.exchange.fields import HISTORY_FIELDS
from inventory.exchange.numbers import typed_number
from inventory.exchange.plan import (
    Cells,
    ChangedCell,
    ImportPlan,
    Planned,
    RefusedCell,
    rows_of,
)
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.table_file import TableFile


@dataclass(frozen=True, slots=True)
class Figures:
    """One month of one item in smallest units; adjustments are signed."""

    opening: int = 0
    received: int = 0
    consumed: int = 0
    adjustments: int = 0
    closing: int = 0
    days_out: int = 0

    @property
    def expected_closing(self) -> int:
        """Opening + received - consumed + adjustments."""
        return self.opening + self.received - self.consumed + self.adjustments


@dataclass(frozen=True, slots=True)
class HistoryMonth:
    """The figures that a report gives for a month."""

    code: str
    month: Month
    figures: Figures


HistoryPlan = ImportPlan[HistoryMonth]


@dataclass(frozen=True, slots=True)
class HistoryState:
    """The codes there are, earlier reports, and the month of each item's first movement here."""

    codes: Iterable[str]
    reported: Mapping[tuple[str, Month], Figures] = field(default_factory=dict)
    began: Mapping[str, Month] = field(default_factory=dict)


def plan_history(
    table: TableFile,
    mapping: ColumnMapping,
    state: HistoryState,
    today: date,
    progress: Progress = SILENT,
) -> HistoryPlan:
    """Compare monthly reports with those there are.

    Rows whose figures do not add up or do not continue the month before are kept and flagged.
    Raises Refused when the table has no column for the code, the month or what was consumed.
    """
    mapping.require(HISTORY_FIELDS)
    planner = _Planner(state, today, table.decimal_comma)
    for cells in rows_of(table, mapping, progress):
        planner.take(cells)
    return planner.plan(mapping)


class _Planner:
    """Goes through the rows once, then compares each month with the one before it."""

    def __init__(self, state: HistoryState, today: date, decimal_comma: bool) -> None:
        self.codes = {code.casefold(): code for code in state.codes}
        self.reported, self.began = state.reported, state.began
        self.today, self.decimal_comma = today, decimal_comma
        self.seen: dict[tuple[str, Month], tuple[Cells, Figures]] = {}
        self.added: list[Planned[HistoryMonth]] = []
        self.updated: list[Planned[HistoryMonth]] = []
        self.unchanged = 0
        self.refused: list[RefusedCell] = []
        self.warnings: list[RefusedCell] = []

    def take(self, cells: Cells) -> None:
        """Read one row and put it where it belongs."""
        code = self._code(cells)
        month: Month | None = cells.read("month", self._month, None)
        if month is None and not cells.text("month"):
            cells.refuse("month", sentence("The month is empty."))
        figures = self._figures(cells, month)
        earlier = self.seen.get((code, month)) if month else None
        if earlier is not None and earlier[1] != figures:
            row = earlier[0].row.number
            cells.refuse("month", sentence("Already in row {row} with other figures.", row=row))
        if month is None or cells.refused:
            self.refused += cells.refused
        elif earlier is not None:
            self.unchanged += 1
        else:
            self.seen[code, month] = cells, figures
            self._sort_in(cells, HistoryMonth(code, month, figures))

    def _sort_in(self, cells: Cells, row: HistoryMonth) -> None:
        before = self.reported.get((row.code, row.month))
        if before is None:
            self.added.append(Planned(cells.row.number, row))
        elif before == row.figures:
            self.unchanged += 1
        else:
            changes = _changes(cells, before, row.figures)
            self.updated.append(Planned(cells.row.number, row, changes))

    def _code(self, cells: Cells) -> str:
        written = fold_digits(cells.text("code"))
        code = self.codes.get(written.casefold(), "")
        if not written:
            cells.refuse("code", sentence("The code is empty, so the item is not known."))
        elif not code:
            reason = sentence("There is no item with the code {code}.", code=written[:40])
            cells.refuse("code", reason)
        return code

    def _month(self, text: str) -> Month:
        return read_month(text, self.today)

    def _figures(self, cells: Cells, month: Month | None) -> Figures:
        if not cells.text("consumed"):
            cells.refuse(
                "consumed", sentence("What was consumed is empty. An empty cell is not 0.")
            )
        days = month.days if month is not None else 31
        figures = Figures(
            opening=cells.read("opening", self._amount, 0),
            received=cells.read("received", self._amount, 0),
            consumed=cells.read("consumed", self._amount, 0),
            adjustments=cells.read("adjustments", self._change, 0),
            closing=cells.read("closing", self._amount, 0),
            days_out=cells.read("days_out", lambda text: self._days(text, days), 0),
        )
        return _completed(figures, bool(cells.text("opening")), bool(cells.text("closing")))

    def _amount(self, text: str) -> int:
        return parse_quantity(typed_number(text, self.decimal_comma), zero=True)

    def _change(self, text: str) -> int:
        return parse_change(typed_number(text, self.decimal_comma))

    def _days(self, text: str, days: int) -> int:
        value = self._amount(text)
        if value > days:
            raise Refused("This month has {days} days, not {written}.", days=days, written=value)
        return value

    def plan(self, mapping: ColumnMapping) -> HistoryPlan:
        """The finished plan, with what does not add up."""
        for (code, month), (cells, figures) in self.seen.items():
            self._flag(cells, code, month, figures)
        return ImportPlan(
            tuple(self.added), tuple(self.updated), self.unchanged, tuple(self.refused),
            tuple(self.warnings), self._notes(mapping),
        )  # fmt: skip

    def _flag(self, cells: Cells, code: str, month: Month, figures: Figures) -> None:
        expected = figures.expected_closing
        if cells.text("closing") and figures.closing != expected:
            self.warnings.append(cells.about("closing", sentence(
                "Opening, received, consumed and adjustments make {expected}, not {closing}.",
                expected=expected, closing=figures.closing)))  # fmt: skip
        began = self.began.get(code)
        if began is not None and began <= month:
            self.warnings.append(cells.about("month", sentence(
                "There are movements of this month here already; the report will stand in "
                "their place.")))  # fmt: skip
        previous = self._figures_of(code, month.before())
        if cells.text("opening") and previous is not None and previous.closing != figures.opening:
            self.warnings.append(cells.about("opening", sentence(
                "The month before closed with {closing}, and this one opens with {opening}.",
                closing=previous.closing, opening=figures.opening)))  # fmt: skip

    def _figures_of(self, code: str, month: Month) -> Figures | None:
        seen = self.seen.get((code, month))
        return seen[1] if seen is not None else self.reported.get((code, month))

    def _notes(self, mapping: ColumnMapping) -> tuple[Sentence, ...]:
        """A zero in every row can mean that nobody counted the days."""
        rows = [figures for _, figures in self.seen.values()]
        empty = sum(1 for figures in rows if figures.closing == 0)
        counts_days = any(figures.days_out for figures in rows)
        has_closing = mapping.column("closing") is not None
        if not rows or counts_days or not empty or not has_closing:
            return ()
        return (
            counted(
                "{n} month ends with no stock, yet no row has a day out of stock: the days were "
                "probably not counted, and the average will be too low.",
                "{n} months end with no stock, yet no row has a day out of stock: the days were "
                "probably not counted, and the average will be too low.",
                empty,
            ),
        )


def _completed(figures: Figures, has_opening: bool, has_closing: bool) -> Figures:
    """A report that gives one balance gives the other, unless it would be below zero."""
    if has_opening and not has_closing:
        return replace(figures, closing=max(0, figures.expected_closing))
    if has_closing and not has_opening:
        return replace(figures, opening=max(0, figures.closing - figures.expected_closing))
    return figures


def _changes(cells: Cells, before: Figures, after: Figures) -> tuple[ChangedCell, ...]:
    return tuple(
        ChangedCell(f.name, cells.heading(f.name), str(old), str(new))
        for f in fields(Figures)
        if (old := getattr(before, f.name)) != (new := getattr(after, f.name))
    )
