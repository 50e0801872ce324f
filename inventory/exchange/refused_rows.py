"""The rows an import left out, as a table to mend and import again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TypeVar

from inventory.exchange.plan import ImportPlan, RefusedCell
from inventory.exchange.table_file import TableFile
from inventory.exchange.table_writer import Column, Value
from inventory.exchange.workbook import write_table
from inventory.language import Language, plain

T = TypeVar("T")


def write_refused_rows(
    path: str | Path, table: TableFile, plan: ImportPlan[T], language: Language
) -> Path:
    """Write them as CSV or XLSX with the reasons in a last column. Raises Refused with the path.

    The headings are those of the file, so that the mended rows import the same way.
    """
    columns, rows = refused_rows(table, plan, language)
    return write_table(path, plain(language.say("Refused rows")), columns, rows, language)


def refused_rows(
    table: TableFile, plan: ImportPlan[T], language: Language
) -> tuple[list[Column], list[list[Value]]]:
    """Headings and rows; a cell that cannot be shown stands there as far as it can."""
    reasons: dict[int, list[RefusedCell]] = defaultdict(list)
    for cell in plan.refused:
        reasons[cell.row].append(cell)
    shown = {(bad.row, bad.column): bad.text for bad in table.bad_cells}
    columns = [Column(heading) for heading in (*table.headings, language.say("Why"))]
    rows: list[list[Value]] = []
    for row in table.rows:
        if row.number in reasons:
            cells: list[Value] = [
                shown.get((row.number, at), cell) for at, cell in enumerate(row.cells)
            ]
            cells += [""] * (len(table.headings) - len(cells))
            why = "; ".join(f"{r.column}: {language.tell(r.reason)}" for r in reasons[row.number])
            rows.append([*cells[: len(table.headings)], plain(why)])
    return columns, rows
