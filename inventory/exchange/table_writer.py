"""A table of values as it leaves the program: columns, typed cells, and text that stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Sentence
from inventory.exchange.cell_text import guarded
from inventory.language import Language, plain

Value = str | int | Fraction | date | Expiry | Month | Names | Sentence | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and a width in characters for workbooks; 0 lets the cells decide."""

    heading: str
    width: int = 0


def as_text(value: Value, language: Language | None) -> str:
    """A cell as text: dates ISO, numbers plain, names and sentences in the language.

    Without a language names and sentences are English.
    """
    if value is None:
        return ""
    if isinstance(value, Names):
        return plain(language.name(value)) if language else str(value)
    if isinstance(value, Sentence):
        return plain(language.tell(value)) if language else str(value)
    if isinstance(value, Expiry | Month):
        return value.iso
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return format(decimal(value), "f")
    return str(value)


def decimal(value: Fraction) -> Decimal:
    """At most four places, without zeros at the end."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal("0.0001"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()


def csv_bytes(
    headings: Sequence[str], rows: Iterable[Sequence[Value]], language: Language | None = None
) -> bytes:
    """A comma-separated table that Excel opens rightly: UTF-8 with its mark, CRLF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, which our own
    reader takes away again. Numbers stay numbers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_cell(value, language) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value, language: Language | None) -> str:
    text = as_text(value, language)
    return text if isinstance(value, int | Fraction) else guarded(text)
