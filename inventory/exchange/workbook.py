"""Workbooks out: typed cells, right to left where the language is, same data, same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from inventory.domain.sentence import Refused
from inventory.exchange.atomic_file import write_file
from inventory.exchange.cell_text import guarded, unguarded
from inventory.exchange.table_writer import Column, Value, as_text, csv_bytes, decimal
from inventory.language import Language

# Fixed, so that the same data makes the same file.
_CREATED = datetime(2026, 1, 1)
_LONGEST_TEXT = 32_767
_WIDTHS = range(6, 61)
_FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_table(
    path: str | Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    language: Language,
) -> Path:
    """Write a table as XLSX, or as CSV when the path ends so. Raises Refused with the path."""
    if Path(path).suffix.lower() == ".csv":
        content = csv_bytes([column.heading for column in columns], rows, language)
    else:
        content = workbook_bytes(title, columns, rows, language)
    return write_file(path, content)


def workbook_bytes(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    language: Language,
) -> bytes:
    """One sheet: headings in row 1 that stay while scrolling, with filters, then the rows."""
    with new_book(title, language) as book:
        sheet = book.add_sheet(title)
        written = [len(column.heading) for column in columns]
        for at, column in enumerate(columns):
            sheet.write(0, at, column.heading, "heading")
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                width = sheet.write(last, at, value)
                if at < len(written):
                    written[at] = max(written[at], width)
        for at, column in enumerate(columns):
            sheet.set_width(at, column.width or written[at] + 2)
        sheet.freeze(1)
        if columns and last:
            sheet.filter(0, last, len(columns))
    return book.content


@dataclass(slots=True)
class Book:
    """A workbook being written; `content` is complete after the `with` block."""

    language: Language
    workbook: Any
    formats: dict[tuple[str, ...], Any]
    content: bytes = b""

    def add_sheet(self, name: str) -> Sheet:
        """A new sheet in the direction of the language; forbidden characters leave its name."""
        tidy = " ".join(name.translate(_FORBIDDEN_IN_SHEET_NAME).split())[:31]
        sheet = self.workbook.add_worksheet(tidy or None)
        if self.language.rtl:
            sheet.right_to_left()
        return Sheet(self, sheet)

    def format(self, *styles: str) -> Any:
        """A cell format from the names of styles, made once."""
        if styles not in self.formats:
            merged: dict[str, object] = {"valign": "top"}
            for style in styles:
                merged.update(_STYLES[style])
            self.formats[styles] = self.workbook.add_format(merged)
        return self.formats[styles]


_STYLES: dict[str, dict[str, object]] = {
    "text": {"num_format": "@"},
    "number": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.00##"},
    "date": {"num_format": "yyyy-mm-dd", "align": "right"},
    "quoted": {"num_format": "@", "quote_prefix": True},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#ECEAE3", "bottom": 1},
    "title": {"bold": True, "font_size": 14},
    "strong": {"bold": True},
    "wrap": {"text_wrap": True},
    "box": {"border": 1},
}


class Sheet:
    """One sheet; values are written with their own type, and text is never a formula."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book = book
        self.sheet = sheet

    def write(self, row: int, column: int, value: Value, *styles: str) -> int:
        """Write one cell; returns how many characters it shows."""
        if value is None or value == "":
            if styles:
                self.sheet.write_blank(row, column, None, self._book.format(*styles))
            return 0
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self._book.format("date", *styles))
            return 10
        text = as_text(value, self._book.language)
        kind = _number_style(value)
        if kind is not None:
            number = decimal(value) if isinstance(value, Fraction) else value
            self.sheet.write_number(row, column, number, self._book.format(kind, *styles))
            return len(text) + len(text) // 3
        if len(text) > _LONGEST_TEXT:
            raise Refused("A cell of a workbook holds at most {limit} characters.",
                          limit=_LONGEST_TEXT)  # fmt: skip
        kind = "text" if guarded(text) == text else "quoted"
        # Only an apostrophe of its own needs one more: a reader would take it for ours.
        kept = text if unguarded(text) == text else guarded(text)
        self.sheet.write_string(row, column, kept, self._book.format(kind, *styles))
        return max(map(len, text.split("\n")))

    def set_width(self, column: int, width: int) -> None:
        """Characters, kept readable: from 6 to 60."""
        self.sheet.set_column(column, column, min(max(width, _WIDTHS[0]), _WIDTHS[-1]))

    def freeze(self, rows: int) -> None:
        """Keep the first rows in sight, and repeat them on every printed page."""
        self.sheet.freeze_panes(rows, 0)
        self.sheet.repeat_rows(0, rows - 1)

    def filter(self, first: int, last: int, columns: int) -> None:
        """Let the rows be filtered by their headings."""
        self.sheet.autofilter(first, 0, last, columns - 1)


def _number_style(value: Value) -> str | None:
    """A number that a spreadsheet keeps exactly, which is up to fifteen digits."""
    if isinstance(value, int):
        return "number" if abs(value) < 10**15 else None
    return "decimal" if isinstance(value, Fraction) else None


@contextmanager
def new_book(title: str, language: Language) -> Iterator[Book]:
    """A workbook in memory that never makes formulas, links or numbers out of text."""
    memory = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    workbook = xlsxwriter.Workbook(memory, options)
    workbook.set_properties({"title": title, "created": _CREATED})
    book = Book(language, workbook, {})
    yield book
    workbook.close()
    book.content = memory.getvalue()
