"""Files as they arrive, written by the tests themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from inventory.domain.item import ItemDraft
from inventory.domain.sentence import Refused
from inventory.exchange.columns import guess
from inventory.exchange.fields import ITEM_FIELDS
from inventory.exchange.items_plan import ItemPlan, plan_items
from inventory.exchange.table_file import TableFile, read_table


def text_file(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    """A text file; str is UTF-8 without a mark."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_text(folder: Path, content: str | bytes) -> TableFile:
    return read_table(text_file(folder, content))


def workbook(folder: Path, rows: Sequence[Sequence[Any]], name: str = "table.xlsx") -> Path:
    """A workbook with one sheet."""
    path = folder / name
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def workbook_bytes(rows: Sequence[Sequence[Any]]) -> bytes:
    memory = io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(memory)
    return memory.getvalue()


def rezipped(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A workbook with parts added or replaced."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name not in changed:
                after.writestr(name, before.read(name))
        for name, content in changed.items():
            after.writestr(name, content)
    return memory.getvalue()


def cells(table: TableFile) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def bad(table: TableFile) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, str(cell.reason)) for cell in table.bad_cells]


def plan_of(
    folder: Path, content: str | bytes, existing: Mapping[str, ItemDraft] | None = None, **more: Any
) -> ItemPlan:
    """The plan of an item list, its columns guessed."""
    table = read_text(folder, content)
    return plan_items(table, guess(table.headings, ITEM_FIELDS), existing or {}, **more)


def said(plan: Any) -> list[tuple[int, str, str]]:
    return [(cell.row, cell.column, str(cell.reason)) for cell in plan.refused]


def outcome(folder: Path, content: bytes, name: str = "table.csv") -> TableFile | str:
    """The table, or the sentence it was refused with; anything else raised is a failure."""
    try:
        return read_table(text_file(folder, content, name))
    except Refused as no:
        return str(no.sentence)
