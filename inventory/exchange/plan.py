"""What an import would do, before it does anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from inventory.domain.sentence import Refused, Sentence
from inventory.exchange.columns import ColumnMapping
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.table_file import BadCell, Row, TableFile

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell and what is wrong with it; `column` is its heading in the table, `field` our key."""

    row: int
    column: str
    reason: Sentence
    value: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A field that an update changes, as text."""

    field: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned(Generic[T]):
    """A row that will be written, and what it changes when there is something to change."""

    row: int
    value: T
    changes: tuple[ChangedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan(Generic[T]):
    """A dry run. Rows with a refused cell are left out whole; `warnings` are not left out."""

    added: tuple[Planned[T], ...] = ()
    updated: tuple[Planned[T], ...] = ()
    unchanged: int = 0
    refused: tuple[RefusedCell, ...] = ()
    warnings: tuple[RefusedCell, ...] = ()
    notes: tuple[Sentence, ...] = ()

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that are left out, in order."""
        return tuple(sorted({cell.row for cell in self.refused}))

    @property
    def planned(self) -> tuple[Planned[T], ...]:
        """Everything that will be written, in the order of the file."""
        return tuple(sorted((*self.added, *self.updated), key=lambda planned: planned.row))


class Cells:
    """One row seen through the mapping; what cannot be read is collected in `refused`."""

    def __init__(self, row: Row, table: TableFile, mapping: ColumnMapping) -> None:
        self.row = row
        self.refused: list[RefusedCell] = []
        self.decimal_comma = table.decimal_comma
        self._headings = table.headings
        self._mapping = mapping

    def text(self, key: str) -> str:
        """The cell of a field on one line; empty when there is no such column or cell."""
        column = self._mapping.column(key)
        if column is None or column >= len(self.row.cells):
            return ""
        return " ".join(self.row.cells[column].split())

    def read(self, key: str, parse: Callable[[str], V], blank: V) -> V:
        """The value of a field; `blank` when its cell is empty or was refused."""
        text = self.text(key)
        if not text:
            return blank
        try:
            return parse(text)
        except Refused as no:
            self.refuse(key, no.sentence)
            return blank

    def refuse(self, key: str, reason: Sentence, value: str | None = None) -> None:
        """Note that the row cannot be used because of this field; once a field."""
        if all(cell.field != key for cell in self.refused):
            self.refused.append(self.about(key, reason, value))

    def about(self, key: str, reason: Sentence, value: str | None = None) -> RefusedCell:
        """A remark about one cell of this row."""
        shown = self.text(key) if value is None else value
        return RefusedCell(self.row.number, self.heading(key), reason, shown, key)

    def heading(self, key: str) -> str:
        """The heading of a field in the table; its key when it has no column."""
        column = self._mapping.column(key)
        heading = self._headings[column] if column is not None else ""
        return heading or key


def rows_of(
    table: TableFile, mapping: ColumnMapping, progress: Progress = SILENT
) -> Iterator[Cells]:
    """The rows of a table; cells the reader could not use are refused from the start."""
    bad: Mapping[int, list[BadCell]] = defaultdict(list)
    for cell in table.bad_cells:
        bad[cell.row].append(cell)
    total = len(table.rows)
    for done, row in enumerate(table.rows, start=1):
        progress.step(done, total)
        cells = Cells(row, table, mapping)
        for cell in bad.get(row.number, ()):
            key = mapping.field_at(cell.column)
            if key is not None:
                cells.refuse(key, cell.reason, cell.text)
        yield cells
    progress.end(total)


def column_cells(table: TableFile, mapping: ColumnMapping, key: str) -> Iterator[str]:
    """All cells of one field, to judge how the column writes its dates."""
    column = mapping.column(key)
    if column is not None:
        for row in table.rows:
            if column < len(row.cells):
                yield row.cells[column]
