"""An order as a workbook: the columns of the printed form, for the supplier to type into."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.domain.sentence import N_
from inventory.exchange.atomic_file import write_file
from inventory.exchange.table_writer import Value
from inventory.exchange.workbook import Book, Sheet, new_book
from inventory.language import Language, plain

if TYPE_CHECKING:
    from inventory.documents.order_form import OrderForm, OrderFormLine

# Heading, letter of the form, width, style of its cells.
_COLUMNS: tuple[tuple[str, str, int], ...] = (
    (N_("No."), "", 6),
    (N_("Code"), "", 14),
    (N_("Item"), "", 44),
    (N_("Unit"), "", 12),
    (N_("Opening"), "A", 11),
    (N_("Received"), "B", 11),
    (N_("Consumed"), "C", 11),
    (N_("Losses ±"), "D", 11),
    (N_("On hand"), "E", 11),
    (N_("Days out"), "X", 9),
    (N_("Average"), "P", 11),
    (N_("Max."), "H", 11),
    (N_("On order"), "O", 11),
    (N_("Requested units"), "J", 12),
    (N_("Requested packs"), "K", 12),
    (N_("Pack size"), "", 11),
    (N_("Approved packs"), "V", 12),
    (N_("Remarks"), "L", 30),
)
_PACKS = 14


def write_order(
    path: str | Path, form: OrderForm, first: Language, second: Language | None = None
) -> Path:
    """Write the order as XLSX. Raises Refused with the path when it cannot be written."""
    return write_file(path, order_workbook_bytes(form, first, second))


def order_workbook_bytes(form: OrderForm, first: Language, second: Language | None = None) -> bytes:
    """The order in one language, item names in two where a second is given.

    Quantities are whole smallest units, except where an item shows decimals.
    """
    title = plain(first.say("Reorder form"))
    with new_book(f"{title} {form.number}", first) as book:
        writer = _Writer(book, form, first, second)
        writer.write(title)
    return book.content


class _Writer:
    """Writes one sheet from top to bottom."""

    def __init__(
        self, book: Book, form: OrderForm, first: Language, second: Language | None
    ) -> None:
        self._form, self._first, self._second = form, first, second
        self._sheet: Sheet = book.add_sheet(form.number)
        self._row = 0

    def write(self, title: str) -> None:
        """Title, what the order is about, headings, sections, totals, signatures."""
        sheet, form = self._sheet, self._form
        for column, (_heading, _letter, width) in enumerate(_COLUMNS):
            sheet.set_width(column, width)
        sheet.write(0, 0, f"{title} {form.number}", "title")
        self._row = 2
        for name, value in self._facts():
            sheet.write(self._row, 0, name, "strong")
            sheet.write(self._row, 2, value)
            self._row += 1
        self._row += 1
        self._headings()
        self._sections()
        self._signatures()
        sheet.sheet.set_landscape()
        sheet.sheet.set_paper(9)
        sheet.sheet.fit_to_pages(1, 0)

    def say(self, text: str, **values: object) -> str:
        """A sentence in the language of the sheet, as a file keeps it."""
        return plain(self._first.say(text, **values))

    def _facts(self) -> list[tuple[str, Value]]:
        form = self._form
        clinic = plain(self._first.name(form.clinic))
        kind = N_("emergency") if form.emergency else N_("regular")
        facts: list[tuple[str, Value]] = [
            (self.say("From"), " ".join(part for part in (clinic, form.clinic_code) if part)),
            (self.say("To"), form.supplier),
            (self.say("Period from"), form.period_first),
            (self.say("Period to"), form.period_last),
            (self.say("Order date"), form.day),
            (self.say("Order type"), self.say(kind)),
            (self.say("Consumption method"), form.method),
            (self.say("Maximum level, months"), form.maximum_months),
        ]
        if form.needed_by is not None:
            facts.append((self.say("Needed by"), form.needed_by))
        return facts

    def _headings(self) -> None:
        for column, (heading, letter, _width) in enumerate(_COLUMNS):
            said = self.say(heading)
            self._sheet.write(self._row, column, f"{said} {letter}".strip(), "heading")
        self._sheet.freeze(self._row + 1)
        self._row += 1

    def _sections(self) -> None:
        number = 0
        for section in self._form.sections:
            if not section.lines:
                continue
            self._sheet.write(self._row, 0, plain(self._first.shown(section.title)), "strong")
            self._row += 1
            for line in section.lines:
                number += 1
                self._line(number, line)
        total = sum(line.packs for line in self._form.lines)
        self._sheet.write(self._row, 2, self.say("Packs in all"), "strong")
        self._sheet.write(self._row, _PACKS, total, "strong")
        self._row += 1

    def _line(self, number: int, line: OrderFormLine) -> None:
        shown = [
            _shown(n, line.decimals)
            for n in (
                line.opening, line.received, line.consumed, line.adjustments, line.on_hand,
            )
        ]  # fmt: skip
        need = [_shown(n, line.decimals) for n in (line.amc, line.maximum, line.on_order)]
        remark = "" if line.remark is None else plain(self._first.shown(line.remark))
        cells: Sequence[Value] = (
            number,
            line.code,
            self._name(line),
            plain(self._first.shown(line.unit)),
            *shown,
            line.days_out,
            *need,
            _shown(line.requested_units, line.decimals),
            line.packs,
            _shown(line.pack_size, line.decimals),
            None,
            remark,
        )
        for column, value in enumerate(cells):
            self._sheet.write(self._row, column, value, "box", "wrap")
        self._row += 1

    def _name(self, line: OrderFormLine) -> str:
        names = [plain(self._first.name(line.names))]
        if self._second is not None:
            names.append(plain(self._second.name(line.names)))
        return "\n".join(dict.fromkeys(names))

    def _signatures(self) -> None:
        self._row += 1
        for role in (N_("Requested by"), N_("Approved by"), N_("Received by")):
            self._sheet.write(self._row, 0, self.say(role), "strong")
            self._sheet.write(self._row, 3, self.say("Name, signature, date"))
            self._row += 2


def _shown(quantity: int, decimals: int) -> int | Fraction:
    """Decilitres as litres where the item shows litres."""
    return Fraction(quantity, 10**decimals) if decimals else quantity
