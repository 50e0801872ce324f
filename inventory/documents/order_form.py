"""The reorder form: what a manager signs without a calculator.

Every column has a letter, and the figures follow from each other with a pencil:
E = A + B − C + D, P = C ÷ (months − X ÷ 30.5), H = maximum × P, J ≥ H − E − O.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from inventory.documents.cells import (
    BLANK,
    Cell,
    Ink,
    code_cell,
    figure_cell,
    fitted,
    narrowed_stack,
    single,
    stack,
)
from inventory.documents.closing import (
    BAND,
    GAP,
    NOBODY,
    SIGNATURES,
    SYMBOLS_IN_ROW,
    SYMBOLS_ON_SHEET,
    Person,
    Signatory,
    closing_band,
    signatures,
    symbol_rows,
    symbol_rows_height,
)
from inventory.documents.codes import QR_MODULE, Symbol, qr
from inventory.documents.fields import Field, FieldBand
from inventory.documents.flow import Row, Section, Sheet
from inventory.documents.form import Form
from inventory.documents.frame import BODY_FOOT, CONTINUED_RULE, Frame
from inventory.documents.item_cells import CODE_STYLE, MINIMUM_ROW, name_styles
from inventory.documents.surface import A4_LONG, MARGIN, Align, Book, Page
from inventory.documents.table import Column, HeadHeights, Table
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import NOTHING, Both, Value, Voices, code, figure, signed_figure
from inventory.domain.names import Names
from inventory.domain.sentence import N_
from inventory.language import Language


@dataclass(frozen=True, slots=True)
class OrderFormLine:
    """One item: quantities in its smallest unit, of which `decimals` places are shown.

    `adjustments` is signed. `unit` is the bare word; `remark` says why a line does not follow
    from its letters.
    """

    code: str
    names: Names
    unit: Value
    opening: int
    received: int
    consumed: int
    adjustments: int
    on_hand: int
    days_out: int
    amc: int
    maximum: int
    on_order: int
    requested_units: int
    packs: int
    pack_size: int
    remark: Value | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class OrderFormSection:
    """Lines of one part of the form; an empty section is left out."""

    title: Value
    lines: tuple[OrderFormLine, ...]


@dataclass(frozen=True, slots=True)
class OrderForm:
    """An order as it is printed. `symbols` are the texts of its QR symbols."""

    number: str
    clinic: Names
    clinic_code: str
    authority: Names
    supplier: Names
    day: date
    period_first: date
    period_last: date
    sections: tuple[OrderFormSection, ...]
    symbols: tuple[str, ...]
    needed_by: date | None = None
    emergency: bool = False
    method: str = "MDS-3"
    months: int = 3
    maximum_months: Fraction = Fraction(3)
    requester: Person = NOBODY
    approver: Person = NOBODY
    receiver: Person = NOBODY

    @property
    def lines(self) -> tuple[OrderFormLine, ...]:
        return tuple(line for section in self.sections for line in section.lines)


_PERIOD = N_("This period, in units")
_NEED = N_("Need")
_REQUESTED = N_("Requested")
_APPROVED = N_("Approved")

COLUMNS = (
    Column(6.5, N_("No.")),
    Column(16, N_("Code")),
    Column(58, N_("Item")),
    Column(13.5, N_("Unit")),
    Column(12.5, N_("Opening"), "A", _PERIOD, heavy=True),
    Column(12.5, N_("Received"), "B", _PERIOD),
    Column(12.5, N_("Consumed"), "C", _PERIOD),
    Column(11.5, N_("Losses ±"), "D", _PERIOD),
    Column(13, N_("On hand"), "E", _PERIOD),
    Column(8.5, N_("Days out"), "X", _PERIOD),
    Column(12.5, N_("Average"), "P", _NEED, heavy=True),
    Column(13, N_("Max."), "H", _NEED),
    Column(12, N_("On order"), "O", _NEED),
    Column(13.5, N_("units"), "J", _REQUESTED, heavy=True),
    Column(15, N_("packs"), "K", _REQUESTED),
    Column(15, N_("packs"), "V", _APPROVED, heavy=True, alone=N_("Approved packs")),
    Column(21.5, N_("Remarks"), "L", heavy=True),
)
_HEAD = HeadHeights(group=4.3, caption=12.2, letter=3.7)
_ITEM_WIDTH, _UNIT_WIDTH, _PACKS_WIDTH, _REMARK_WIDTH = 58, 13.5, 15, 21.5


def order_form_pdf(
    form: OrderForm, first: Language, second: Language | None = None, *, practice: bool = False
) -> bytes:
    """The order as a PDF in one language or two; every symbol was decoded again."""
    return order_form_book(form, first, second, practice=practice).to_bytes()


def order_form_book(
    form: OrderForm, first: Language, second: Language | None = None, *, practice: bool = False
) -> Book:
    """The drawn pages of the order."""
    return _OrderPaper(form, Voices(first, second), practice).draw()


class _OrderPaper:
    def __init__(self, form: OrderForm, voices: Voices, practice: bool) -> None:
        self._form = form
        self._voices = voices
        frame = Frame(
            voices, N_("Reorder form"), form.number, form.clinic, form.authority,
            _formula(form), practice,
        )  # fmt: skip
        fields = FieldBand(_fields(form, voices), voices, A4_LONG - 2 * MARGIN)
        self._paper = Form(frame, fields, Table(COLUMNS, _HEAD, voices))
        self._symbols = [qr(text) for text in form.symbols]

    def draw(self) -> Book:
        sections, number = [], 1
        for section in self._form.sections:
            if section.lines:
                sections.append(self._section(section, number))
                number += len(section.lines)
        starts = range(0, len(self._symbols) if self._symbols_apart else 0, SYMBOLS_ON_SHEET)
        book, last = self._paper.draw(sections, self._tail(), len(starts))
        self._close(book.pages[-1], last)
        total = len(book.pages) + len(starts)
        for start in starts:
            page = self._paper.frame.next_page(book)
            shown = self._symbols[start : start + SYMBOLS_ON_SHEET]
            top = CONTINUED_RULE + 4
            symbol_rows(page, self._voices, shown, top, start, len(self._symbols))
            self._paper.frame.foot(page, total)
        return book

    @property
    def _symbols_apart(self) -> bool:
        return len(self._symbols) > SYMBOLS_IN_ROW

    @property
    def _row_of_symbols(self) -> list[Symbol]:
        return self._symbols if 1 < len(self._symbols) <= SYMBOLS_IN_ROW else []

    def _symbols_height(self) -> float:
        row = self._row_of_symbols
        return symbol_rows_height(len(row), row[0].width * QR_MODULE) if row else 0.0

    def _tail(self) -> float:
        return BAND + GAP + self._symbols_height() + SIGNATURES

    def _close(self, page: Page, sheet: Sheet) -> None:
        form, voices = self._form, self._voices
        totals = _totals(voices, form.lines)
        end = voices.joined(voices.say("End of order"), totals)
        note = voices.say("Nothing may be added below this line")
        closing_band(page, voices, sheet.end, end, note)
        if self._row_of_symbols:
            top = BODY_FOOT - SIGNATURES - self._symbols_height()
            symbol_rows(page, voices, self._row_of_symbols, top, 0, len(self._symbols))
        people = [
            Signatory(voices.say("Requested by"), form.requester),
            Signatory(voices.say("Approved by"), form.approver),
            Signatory(voices.say("Received by"), form.receiver),
        ]
        single_symbol = self._symbols[0] if len(self._symbols) == 1 else None
        caption = voices.say("Whole order")
        signatures(page, voices, people, SIGNATURES, single_symbol, caption)

    def _section(self, section: OrderFormSection, number: int) -> Section:
        rows = tuple(self._row(line, n) for n, line in enumerate(section.lines, number))
        title = self._voices.tell(section.title)
        return Section(title, _totals(self._voices, section.lines), rows)

    def _row(self, line: OrderFormLine, number: int) -> Row:
        voices, places = self._voices, line.decimals
        movement = (line.opening, line.received, line.consumed)
        need = (line.amc, line.maximum, line.on_order)
        cells = (
            single(str(number), Style(8), COLUMNS[0].width, Align.CENTER),
            code_cell(line.code, COLUMNS[1].width, CODE_STYLE),
            stack(voices.tell(line.names), voices, *name_styles(voices), _ITEM_WIDTH),
            narrowed_stack(voices.tell(line.unit), voices, Style(8.2), Style(7), _UNIT_WIDTH),
            *(figure_cell(figure(n, places), 12.5) for n in movement),
            figure_cell(signed_figure(line.adjustments, places), 11.5),
            figure_cell(figure(line.on_hand, places), 13, Weight.SEMIBOLD),
            figure_cell(figure(line.days_out), 8.5),
            *(figure_cell(figure(n, places), 12) for n in need),
            figure_cell(figure(line.requested_units, places), 13.5),
            _packs_cell(line),
            BLANK,
            BLANK
            if line.remark is None
            else stack(voices.tell(line.remark), voices, Style(7), Style(7), _REMARK_WIDTH),
        )
        return Row(cells, max(MINIMUM_ROW, *(cell.height for cell in cells)), number)


def _packs_cell(line: OrderFormLine) -> Cell:
    """Packs large, and under them how many units one holds."""
    width = _PACKS_WIDTH - 2.4
    inks = []
    for text, style, baseline in (
        (figure(line.packs), Style(11, Weight.BOLD), 3.7),
        (f"× {figure(line.pack_size, line.decimals)}", Style(7.2), 6.85),
    ):
        drawn, size, narrow = fitted(text, style, False, width)
        inks.append(Ink(drawn, size, baseline, Align.CENTER, narrow))
    return Cell(tuple(inks), 8.0)


def _totals(voices: Voices, lines: tuple[OrderFormLine, ...]) -> Both:
    """Lines and packs are added; units of different items never are."""
    packs = sum(line.packs for line in lines)
    return voices.joined(
        voices.count("{n} line", "{n} lines", len(lines)),
        voices.count("{n} pack", "{n} packs", packs),
    )


def _formula(form: OrderForm) -> tuple[str, ...]:
    months = _shortest(form.maximum_months)
    return (
        "E = A + B − C + D",
        f"P = C ÷ ({form.months} − X ÷ 30.5)",
        f"H = {months} × P",
        "J ≥ H − E − O",
    )


def _shortest(months: Fraction) -> str:
    return str(months.numerator) if months.denominator == 1 else f"{float(months):g}"


def _fields(form: OrderForm, voices: Voices) -> list[Field]:
    say = voices.say
    choices = ((say("regular"), not form.emergency), (say("emergency"), form.emergency))
    averaged = voices.joined(
        Both(code(form.method), code(form.method)), _months(voices, form.months)
    )
    return [
        Field(say("From"), voices.tell(form.clinic)),
        Field(say("To"), voices.tell(form.supplier)),
        Field(say("Reporting period"), voices.period(form.period_first, form.period_last)),
        Field(say("Order date"), voices.date(form.day)),
        Field(say("Order type"), choices=choices),
        Field(say("Consumption method"), averaged),
        Field(say("Maximum level"), _maximum_level(form, voices)),
        Field(say("Needed by"), voices.date(form.needed_by) if form.needed_by else NOTHING),
    ]


def _maximum_level(form: OrderForm, voices: Voices) -> Both:
    if form.maximum_months.denominator == 1:
        return _months(voices, int(form.maximum_months))
    return voices.say("{months} months", months=form.maximum_months)


def _months(voices: Voices, months: int) -> Both:
    return voices.count("{n} month", "{n} months", months)
