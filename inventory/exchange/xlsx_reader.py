"""Workbooks: the values that stand in the cells; nothing in the file is ever calculated or run."""

from __future__ import annotations

import datetime
import io
import re
import warnings as python_warnings
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.exchange.progress import Progress
from inventory.exchange.raw_table import MAX_COLUMNS, RawTable, Record
from inventory.exchange.xlsx_guard import check_workbook, damaged

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_LAST_ROW = 1_048_576
_IN_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Faults = dict[tuple[int, int], Sentence]


def read_xlsx(data: bytes, sheet: str | None, progress: Progress) -> RawTable:
    """The first sheet that holds anything, or the one named; Refused when nothing can be read."""
    warnings = check_workbook(data)
    faults: Faults = {}
    try:
        with python_warnings.catch_warnings():
            # openpyxl warns about decoration it does not keep; nobody needs it here.
            python_warnings.simplefilter("ignore")
            name, records = _read(data, sheet, faults, progress)
    except Refused:
        raise
    except Exception as error:  # openpyxl meets a broken part with any exception there is
        raise damaged() from error
    return RawTable("xlsx", records, faults, warnings, sheet=name)


def _read(
    data: bytes, sheet: str | None, faults: Faults, progress: Progress
) -> tuple[str, list[Record]]:
    values = _open(data, values=True)
    formulas = _open(data, values=False) if _holds_formulas(data) else None
    try:
        names = [ws.title for ws in values.worksheets if ws.sheet_state == "visible"]
        names += [ws.title for ws in values.worksheets if ws.sheet_state != "visible"]
        if sheet is not None and sheet not in names:
            raise Refused("There is no sheet called {sheet} in this workbook.", sheet=sheet)
        for name in [sheet] if sheet is not None else names:
            records = _records(values, formulas, name, faults, progress)
            if records:
                return name, records
    finally:
        values.close()
        if formulas is not None:
            formulas.close()
    raise Refused("This workbook holds no rows.")


def _open(data: bytes, *, values: bool) -> Workbook:
    import openpyxl

    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=values, keep_links=False
    )


def _holds_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            re.search(rb"<(\w+:)?f[\s/>]", archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )


def _records(
    values: Workbook, formulas: Workbook | None, name: str, faults: Faults, progress: Progress
) -> list[Record]:
    total = min(values[name].max_row or 0, _LAST_ROW)
    formula_rows = _rows(formulas, name) if formulas is not None else None
    records: list[Record] = []
    before: Sequence[Any] = ()
    for number, row in enumerate(_rows(values, name), start=1):
        progress.step(number, total)
        if number > _LAST_ROW:
            raise damaged()
        originals = next(formula_rows, ()) if formula_rows is not None else ()
        if row is before:  # rows that are not in the file are one and the same blank row
            continue
        before = row
        cells = [_text(cell) for cell in row]
        _find_uncalculated(number, cells, originals, faults)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            records.append((number, cells))
    progress.end(total)
    return records


def _rows(workbook: Workbook, name: str) -> Iterator[Sequence[Any]]:
    worksheet = workbook[name]
    # The size a sheet declares may be wrong or hostile: rows are read until they end.
    worksheet.reset_dimensions()
    return worksheet.iter_rows(min_row=1, max_col=MAX_COLUMNS)


def _find_uncalculated(
    number: int, cells: list[str], originals: Sequence[Any], faults: Faults
) -> None:
    for column, original in enumerate(originals):
        if original.data_type == "f" and not cells[column]:
            cells[column] = _formula_text(original.value)
            faults[number, column] = sentence(
                "This cell is a formula without a result. Save it in Excel, or type the value."
            )


def _formula_text(value: object) -> str:
    return str(getattr(value, "text", value) or "=")


def _text(cell: Any) -> str:
    """A cell as a person would type it: dates ISO, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, cell.number_format)
    return str(value)


def _number(value: float) -> str:
    """The fifteen digits a spreadsheet keeps, never in powers of ten."""
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: datetime.date, number_format: str | None) -> str:
    """ISO; a format that shows month and year only means the month was meant."""
    shown = _IN_QUOTES.sub("", (number_format or "").lower())
    if "y" in shown and "m" in shown and "d" not in shown:
        return f"{value.year:04}-{value.month:02}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}"
