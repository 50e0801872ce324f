"""The stock card: every movement of an item with its running balance.

Empty ruled lines run to the foot: the card goes on by hand in a power cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from inventory.documents.cells import (
    BLANK,
    Cell,
    code_cell,
    figure_cell,
    single,
    stack,
)
from inventory.documents.fields import Field, FieldBand
from inventory.documents.flow import Row, Section, Sheet
from inventory.documents.form import Form
from inventory.documents.frame import BODY_FOOT, Frame
from inventory.documents.item_cells import expiry_cell, name_styles
from inventory.documents.surface import A4_LONG, MARGIN, Align, Book
from inventory.documents.table import Column, HeadHeights, Table
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import (
    NOTHING,
    Both,
    Value,
    Voices,
    code,
    figure,
    signed_figure,
)
from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import N_, counted, sentence
from inventory.language import Language


@dataclass(frozen=True, slots=True)
class StockCardLine:
    """One movement, or a count (`counted` set), which is a line of its own with a heavy rule.

    Quantities are smallest units; `adjusted` is signed; None prints nothing.
    """

    day: date
    balance: int
    document: str = ""
    party: Value = ""
    batch: str = ""
    expiry: Expiry | None = None
    received: int | None = None
    issued: int | None = None
    adjusted: int | None = None
    counted: int | None = None
    remark: Value | None = None


@dataclass(frozen=True, slots=True)
class StockCard:
    """The card of one item in one clinic; levels are None where they are not known."""

    number: str
    clinic: Names
    authority: Names
    item: Names
    place: Value
    unit: Value
    pack_size: int
    lines: tuple[StockCardLine, ...]
    storage: Value = ""
    shelf: str = ""
    amc: int | None = None
    method: str = "MDS-3"
    window: tuple[Month, Month] | None = None
    minimum: int | None = None
    minimum_months: Fraction = Fraction(0)
    maximum: int | None = None
    maximum_months: Fraction = Fraction(0)
    emergency_point: int | None = None
    decimals: int = 0


COLUMNS = (
    Column(20, N_("Date")),
    Column(31, N_("Document")),
    Column(52, N_("From / to")),
    Column(23, N_("Batch"), heavy=True),
    Column(16, N_("Expiry")),
    Column(16, N_("In"), heavy=True),
    Column(16, N_("Issued")),
    Column(16, N_("Adjust. ±")),
    Column(19, N_("Balance"), heavy=True),
    Column(17, N_("Counted"), heavy=True),
    Column(27, N_("Remarks")),
    Column(14, N_("Initials")),
)
_WIDTHS = tuple(column.width for column in COLUMNS)
_HEAD = HeadHeights(group=0, caption=8, letter=0)
_HAND_ROW = 7.6
_COUNT_RULE = 1.1
_CELL = Style(8.2, slashed=True)


def stock_card_pdf(
    card: StockCard, first: Language, second: Language | None = None, *, practice: bool = False
) -> bytes:
    """The card as a PDF in one language or two."""
    return stock_card_book(card, first, second, practice=practice).to_bytes()


def stock_card_book(
    card: StockCard, first: Language, second: Language | None = None, *, practice: bool = False
) -> Book:
    """The drawn pages of the card."""
    voices = Voices(first, second)
    frame = Frame(
        voices, N_("Stock card"), card.number, card.item, card.authority, ("YYYY-MM-DD",), practice
    )
    fields = FieldBand(_fields(card, voices), voices, A4_LONG - 2 * MARGIN)
    table = Table(COLUMNS, _HEAD, voices)
    rows = tuple(_row(voices, card, line) for line in card.lines)
    book, last = Form(frame, fields, table).draw([Section(NOTHING, NOTHING, rows)], 0.0)
    _rule_to_foot(book, table, last)
    return book


def _rule_to_foot(book: Book, table: Table, last: Sheet) -> None:
    count = int((BODY_FOOT - last.end) / _HAND_ROW)
    for index in range(count):
        top = last.end + index * _HAND_ROW
        table.draw_blank_row(book.pages[-1], top, _HAND_ROW, index == count - 1)


def _row(voices: Voices, card: StockCard, line: StockCardLine) -> Row:
    places = card.decimals
    style, second = name_styles(voices)
    plain = Style(style.size)
    cells = (
        single(line.day.isoformat(), Style(8.2), _WIDTHS[0], Align.CENTER),
        code_cell(line.document, _WIDTHS[1], _CELL, Align.CENTER),
        stack(voices.tell(line.party), voices, plain, second, _WIDTHS[2]),
        code_cell(line.batch, _WIDTHS[3], _CELL, Align.CENTER),
        expiry_cell(line.expiry, _WIDTHS[4]),
        _figure(line.received, places, _WIDTHS[5]),
        _figure(line.issued, places, _WIDTHS[6]),
        BLANK
        if line.adjusted is None
        else figure_cell(signed_figure(line.adjusted, places), _WIDTHS[7]),
        figure_cell(figure(line.balance, places), _WIDTHS[8], Weight.BOLD, 9.6),
        _figure(line.counted, places, _WIDTHS[9]),
        BLANK
        if line.remark is None
        else stack(voices.tell(line.remark), voices, Style(7), Style(7), _WIDTHS[10]),
        BLANK,
    )
    height = max(_HAND_ROW, *(cell.height for cell in cells))
    return Row(cells, height, 0, 0.0 if line.counted is None else _COUNT_RULE)


def _figure(units: int | None, places: int, width: float) -> Cell:
    return BLANK if units is None else figure_cell(figure(units, places), width)


def _fields(card: StockCard, voices: Voices) -> list[Field]:
    say, places = voices.say, card.decimals
    pack = Both(f"× {figure(card.pack_size, places)}") if card.pack_size > 1 else NOTHING
    return [
        Field(say("Item"), voices.tell(card.item)),
        Field(say("Place"), voices.joined(voices.tell(card.clinic), voices.tell(card.place))),
        Field(say("Unit · pack"), voices.joined(voices.tell(card.unit), pack)),
        Field(
            say("Storage · shelf"),
            voices.joined(voices.tell(card.storage), voices.tell(card.shelf)),
        ),
        Field(say("Average monthly use"), _average(card, voices)),
        Field(_months(N_("Minimum"), voices, card.minimum_months), _level(card.minimum, places)),
        Field(_months(N_("Maximum"), voices, card.maximum_months), _level(card.maximum, places)),
        Field(say("Emergency point"), _level(card.emergency_point, places)),
    ]


def _average(card: StockCard, voices: Voices) -> Both:
    if card.amc is None:
        return NOTHING
    amount = figure(card.amc, card.decimals)
    method = Both(code(card.method))
    basis = voices.joined(method, voices.months(*card.window)) if card.window else method
    if voices.second is None:
        return voices.joined(Both(amount), basis)
    # The figure needs no language; the second says how it was found.
    return Both(amount, basis.second or basis.first)


def _level(units: int | None, places: int) -> Both:
    return NOTHING if units is None else Both(figure(units, places))


def _months(caption: str, voices: Voices, months: Fraction) -> Both:
    if not months:
        return voices.say(caption)
    told = (
        counted("{n} month", "{n} months", int(months))
        if months.denominator == 1
        else sentence("{months} months", months=months)
    )
    return voices.joined(voices.say(caption), voices.tell(told))
