"""A table somebody sent: which kind of file it is, what its rows say, which cells are unusable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.exchange.cell_text import clean, fault, shorten
from inventory.exchange.columns import headings_known
from inventory.exchange.file_kind import FileKind, kind_of
from inventory.exchange.numbers import uses_decimal_comma
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.raw_table import MAX_COLUMNS, RawTable

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
_HEADING_SEARCH = 12
_SAMPLE = 5_000


class Row(NamedTuple):
    """One row as a spreadsheet program numbers it, its cells cleaned; an unusable cell is empty."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be used; `column` counts from 0, `text` is what can be shown of it."""

    row: int
    column: int
    text: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table in memory. `kind` is csv or xlsx; a workbook has a `sheet` and no `encoding`."""

    name: str
    kind: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    bad_cells: tuple[BadCell, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    decimal_comma: bool = False


def read_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    progress: Progress = SILENT,
) -> TableFile:
    """Read CSV or XLSX, guessing what is not given; `heading_row=0` means there are no headings.

    Raises Refused when the file cannot be read or is no table. Cells that cannot be used are
    listed in `bad_cells`; everything else is kept.
    """
    path = Path(path)
    content = _read_bytes(path)
    return table_in(content, path.name, encoding, separator, sheet, heading_row, progress)


def table_in(
    data: bytes,
    name: str,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    progress: Progress = SILENT,
) -> TableFile:
    """The same for what a file held."""
    kind = kind_of(data)
    if kind is FileKind.WORKBOOK:
        from inventory.exchange.xlsx_reader import read_xlsx

        raw = read_xlsx(data, sheet, progress)
    else:
        from inventory.exchange.csv_reader import read_csv

        raw = read_csv(data, encoding, separator, progress)
    return _assemble(name, raw, heading_row)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused("{path} is a folder. Choose a file.", path=str(path))
        if path.exists() and not path.is_file():
            raise Refused("{path} is not an ordinary file. Choose a file.", path=str(path))
        if path.stat().st_size > MAX_BYTES:
            raise Refused("{path} is larger than {limit} MB.", path=str(path), limit=64)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused("There is no file {path}.", path=str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused("{path} cannot be read: {reason}", path=str(path), reason=reason) from error
    if not data:
        raise Refused("{path} is empty.", path=str(path))
    return data


def _assemble(name: str, raw: RawTable, heading_row: int | None) -> TableFile:
    rows: list[Row] = []
    bad: list[BadCell] = []
    warnings = list(raw.warnings)
    for number, cells in raw.records:
        row = _row(number, cells, raw.faults, bad)
        if any(row.cells) or (bad and bad[-1].row == number):
            rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Refused("This file has more than {limit} rows.", limit=MAX_ROWS)
    if not rows:
        raise Refused("This file has no rows.")
    position = _heading_position(rows, heading_row)
    headings = _headings(rows, position)
    first = position + 1
    if max(len(row.cells) for row in rows) >= MAX_COLUMNS:
        warnings.append(sentence("Only the first {count} columns are read.", count=MAX_COLUMNS))
    kept = {row.number for row in rows[first:]}
    return TableFile(
        name=name,
        kind=raw.kind,
        headings=headings,
        rows=tuple(rows[first:]),
        bad_cells=tuple(cell for cell in bad if cell.row in kept),
        warnings=tuple(warnings),
        encoding=raw.encoding,
        separator=raw.separator,
        sheet=raw.sheet,
        decimal_comma=bool(raw.separator)
        and uses_decimal_comma(cell for row in rows[first:_SAMPLE] for cell in row.cells),
    )


def _row(
    number: int,
    cells: Sequence[str],
    faults: Mapping[tuple[int, int], Sentence],
    bad: list[BadCell],
) -> Row:
    kept = []
    for column, text in enumerate(cells[:MAX_COLUMNS]):
        reason = faults.get((number, column)) or (fault(text) if text else None)
        if reason is not None:
            bad.append(BadCell(number, column, shorten(text), reason))
            kept.append("")
        else:
            kept.append(clean(text))
    return Row(number, tuple(kept))


def _heading_position(rows: Sequence[Row], heading_row: int | None) -> int:
    """Where the headings stand: a title or a date often stands above them."""
    if heading_row == 0:
        return -1
    if heading_row is not None:
        for position, row in enumerate(rows):
            if row.number == heading_row:
                return position
        raise Refused("There is nothing in row {row}.", row=heading_row)
    known = [headings_known(row.cells) for row in rows[:_HEADING_SEARCH]]
    return known.index(max(known)) if max(known) >= 2 else 0


def _headings(rows: Sequence[Row], position: int) -> tuple[str, ...]:
    if position >= 0:
        return tuple(" ".join(cell.split()) for cell in rows[position].cells)
    return tuple(column_letters(column) for column in range(_width(rows)))


def _width(rows: Iterable[Row]) -> int:
    return max(len(row.cells) for row in rows)


def column_letters(column: int) -> str:
    """The letters a spreadsheet program gives a column, counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
