"""The goods-received note: what came, against what was ordered and what the waybill says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inventory.documents.cells import (
    BLANK,
    Cell,
    code_cell,
    figure_cell,
    single,
    stack,
)
from inventory.documents.closing import (
    BAND,
    GAP,
    LOW_SIGNATURES,
    NOBODY,
    SIGNATURES,
    Person,
    Signatory,
    closing_band,
    signatures,
)
from inventory.documents.fields import Field, FieldBand
from inventory.documents.flow import Row, Section
from inventory.documents.form import Form
from inventory.documents.frame import BODY_FOOT, Frame
from inventory.documents.item_cells import CODE_STYLE, MINIMUM_ROW, expiry_cell, name_styles
from inventory.documents.surface import A4_LONG, MARGIN, Align, Book
from inventory.documents.table import Column, HeadHeights, Table
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import NOTHING, Both, Value, Voices, code, figure, signed_figure
from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.domain.quantity import split
from inventory.domain.sentence import N_
from inventory.language import Language


@dataclass(frozen=True, slots=True)
class GoodsReceivedLine:
    """One batch. All quantities are smallest units and print as packs, "4 + 3" with loose ones.

    `ordered` and `on_waybill` are None where nothing is known: a second batch of one line, a
    delivery without an order. `added` is what went into stock.
    """

    code: str
    names: Names
    batch: str
    expiry: Expiry | None
    pack_size: int
    received: int
    added: int
    damaged: int = 0
    ordered: int | None = None
    on_waybill: int | None = None
    shelf: str = ""
    remark: Value | None = None
    decimals: int = 0

    @property
    def difference(self) -> int | None:
        """Received less what the waybill, or else the order, said."""
        expected = self.ordered if self.on_waybill is None else self.on_waybill
        return None if expected is None else self.received - expected


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    """A delivery as it is printed; `time` is "10:40" or empty, empty fields stay blank."""

    number: str
    clinic: Names
    authority: Names
    supplier: Value
    day: date
    lines: tuple[GoodsReceivedLine, ...]
    time: str = ""
    source: Value = ""
    waybill: str = ""
    order: str = ""
    vehicle: Value = ""
    arrival: Value = ""
    note: Value = ""
    delivered: Person = NOBODY
    received: Person = NOBODY
    checked: Person = NOBODY


_PACKS = N_("Packs")

COLUMNS = (
    Column(6.5, N_("No.")),
    Column(16, N_("Code")),
    Column(61, N_("Item")),
    Column(24, N_("Batch"), heavy=True),
    Column(17, N_("Expiry")),
    Column(13, N_("Pack of")),
    Column(14, N_("Ordered"), group=_PACKS, heavy=True),
    Column(14, N_("On waybill"), group=_PACKS),
    Column(15, N_("Delivered"), group=_PACKS),
    Column(13, N_("Damaged"), group=_PACKS),
    Column(13, N_("Over −/+"), group=_PACKS),
    Column(19, N_("Added, units"), heavy=True),
    Column(17, N_("Shelf")),
    Column(24.5, N_("Status · remarks")),
)
_WIDTHS = tuple(column.width for column in COLUMNS)
_HEAD = HeadHeights(group=4.3, caption=9.5, letter=0)


def goods_received_pdf(
    note: GoodsReceived, first: Language, second: Language | None = None, *, practice: bool = False
) -> bytes:
    """The note as a PDF in one language or two."""
    return goods_received_book(note, first, second, practice=practice).to_bytes()


def goods_received_book(
    note: GoodsReceived, first: Language, second: Language | None = None, *, practice: bool = False
) -> Book:
    """The drawn pages of the note."""
    voices = Voices(first, second)
    frame = Frame(
        voices, N_("Goods received note"), note.number, note.clinic, note.authority,
        practice=practice,
    )  # fmt: skip
    fields = FieldBand(_fields(note, voices), voices, A4_LONG - 2 * MARGIN)
    rows = tuple(_row(voices, line, n) for n, line in enumerate(note.lines, 1))
    paper = Form(frame, fields, Table(COLUMNS, _HEAD, voices))
    book, last = paper.draw([Section(NOTHING, NOTHING, rows)], BAND + GAP + LOW_SIGNATURES)
    page = book.pages[-1]
    end = voices.count("End of list · {n} line", "End of list · {n} lines", len(note.lines))
    closing_band(page, voices, last.end, end, voices.tell(note.note))
    people = [
        Signatory(voices.say("Delivered by"), note.delivered),
        Signatory(voices.say("Received by"), note.received),
        Signatory(voices.say("Checked by"), note.checked),
    ]
    free = BODY_FOOT - last.end - BAND - GAP
    signatures(page, voices, people, SIGNATURES if free >= SIGNATURES else LOW_SIGNATURES)
    return book


def _fields(note: GoodsReceived, voices: Voices) -> list[Field]:
    say = voices.say
    moment = f"{note.day.isoformat()}  {note.time}".strip()
    return [
        Field(say("From"), voices.tell(note.supplier)),
        Field(say("To"), voices.tell(note.clinic)),
        Field(say("Received on"), Both(code(moment))),
        Field(say("Source / grant"), voices.tell(note.source)),
        Field(say("Waybill"), Both(code(note.waybill))),
        Field(say("Order number"), Both(code(note.order))),
        Field(say("Vehicle, driver"), voices.tell(note.vehicle)),
        Field(say("On arrival · logger"), voices.tell(note.arrival)),
    ]


def _row(voices: Voices, line: GoodsReceivedLine, number: int) -> Row:
    remark = line.remark
    cells = (
        single(str(number), Style(8), _WIDTHS[0], Align.CENTER),
        code_cell(line.code, _WIDTHS[1], CODE_STYLE),
        stack(voices.tell(line.names), voices, *name_styles(voices), _WIDTHS[2]),
        code_cell(line.batch, _WIDTHS[3], Style(8.4, slashed=True), Align.CENTER),
        expiry_cell(line.expiry, _WIDTHS[4], Weight.SEMIBOLD),
        figure_cell(figure(line.pack_size, line.decimals), _WIDTHS[5]),
        _packs(line, line.ordered, _WIDTHS[6]),
        _packs(line, line.on_waybill, _WIDTHS[7]),
        _packs(line, line.received, _WIDTHS[8], Weight.BOLD, 10.5),
        _packs(line, line.damaged, _WIDTHS[9]),
        _packs(line, line.difference, _WIDTHS[10], signed=True),
        figure_cell(figure(line.added, line.decimals), _WIDTHS[11], Weight.SEMIBOLD),
        code_cell(line.shelf, _WIDTHS[12], Style(8.4, slashed=True), Align.CENTER),
        BLANK
        if remark is None
        else stack(voices.tell(remark), voices, Style(7), Style(7), _WIDTHS[13]),
    )
    return Row(cells, max(MINIMUM_ROW, *(cell.height for cell in cells)), number)


def _packs(
    line: GoodsReceivedLine,
    units: int | None,
    width: float,
    weight: Weight = Weight.REGULAR,
    size: float = 8.8,
    signed: bool = False,
) -> Cell:
    """Packs and, only where there are any, loose units; a difference always carries its sign."""
    if units is None:
        return BLANK
    whole = split(abs(units), line.pack_size)
    packs = -whole.packs if units < 0 else whole.packs
    text = signed_figure(packs) if signed else figure(packs)
    if whole.loose:
        loose = figure(whole.loose, line.decimals)
        sign = "−" if units < 0 else "+"
        text = f"{text} {sign} {loose}" if packs else f"{sign}{loose}" if signed else f"0 + {loose}"
    return figure_cell(text, width, weight, size)
