"""What ends a form: the closing band, the symbols of the whole form, the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.documents.cells import PAD, Part, beside, both_parts, fit
from inventory.documents.codes import QR_MODULE, Symbol
from inventory.documents.frame import BODY_FOOT, FINE, GROUP, MEDIUM, draw_qr
from inventory.documents.surface import Align, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import NOTHING, Both, Voices
from inventory.domain.names import Names
from inventory.domain.sentence import N_

BAND = 6.6
GAP = 2.3
SIGNATURES = 45.0
LOW_SIGNATURES = 37.0
SYMBOLS_IN_ROW = 5
SYMBOLS_ON_SHEET = 15

_TITLE = 5.6
_STAMP = 30.0
_CORNER = 3.0
_BETWEEN = 3.0
_BESIDE_QR = 6.6
_CAPTION_ROOM = 22.0
_LOW = 41.0  # under this height a caption and its value share a line
_CAPTION, _CAPTION_SECOND = Style(7.2), Style(7)
_WRITTEN = (N_("Name"), N_("Position"), N_("Date"), N_("Signature"))


_UNKNOWN = Names()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs: what is known is printed, a signature never is."""

    name: Names = _UNKNOWN
    position: Names = _UNKNOWN


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Signatory:
    """A signature box: its title and who is expected to sign."""

    title: Both
    person: Person = NOBODY


def closing_band(
    page: Page, voices: Voices, top: float, end: Both, note: Both, note_first_outside: bool = True
) -> None:
    """ "End of order · 23 lines · 332 packs", and at the far edge what follows from it."""
    foot = top + BAND
    room = Box(1.9, top, page.measure - 3.8, BAND)
    baseline = top + 4.5
    notes = both_parts(note, voices, Style(7.6), Style(7.6), not note_first_outside)
    taken = beside(page, notes, room, baseline, Align.END, gap=4)
    left = Box(room.x, top, room.width - taken - 4, BAND)
    ends = both_parts(end, voices, Style(9.2, Weight.BOLD), Style(8.4, Weight.SEMIBOLD))
    beside(page, ends, left, baseline, gap=5)
    page.across(top, 0, page.measure, GROUP)
    page.across(foot, 0, page.measure, GROUP)
    page.down(0, top, foot, MEDIUM)
    page.down(page.measure, top, foot, MEDIUM)


def signatures(
    page: Page,
    voices: Voices,
    signatories: Sequence[Signatory],
    height: float,
    symbol: Symbol | None = None,
    caption: Both = NOTHING,
) -> None:
    """Boxes standing on the foot of the body; a symbol beside them at the far edge."""
    top = BODY_FOOT - height
    width = page.measure
    if symbol is not None:
        side = symbol.width * QR_MODULE
        width -= max(side, _CAPTION_ROOM) + _BESIDE_QR
        _symbol(page, voices, symbol, page.measure - side - 1, top, caption)
    each = (width - _BETWEEN * (len(signatories) - 1)) / len(signatories)
    for index, signatory in enumerate(signatories):
        box = Box(index * (each + _BETWEEN), top, each, height)
        _signature(page, voices, signatory, box)


def symbol_rows_height(count: int, side: float) -> float:
    """The height of rows of symbols, five to a row."""
    return -(-count // SYMBOLS_IN_ROW) * (side + 8)


def symbol_rows(
    page: Page, voices: Voices, symbols: Sequence[Symbol], top: float, before: int, total: int
) -> None:
    """Symbols from the reading edge on, each with its place among all under it: 1/3, 2/3, 3/3.

    `before` were drawn on earlier sheets.
    """
    side = symbols[0].width * QR_MODULE
    share = page.measure / SYMBOLS_IN_ROW
    for index, symbol in enumerate(symbols):
        row, place = divmod(index, SYMBOLS_IN_ROW)
        x = place * share + (share - side) / 2
        caption = Both(f"{before + index + 1}/{total}")
        _symbol(page, voices, symbol, x, top + row * (side + 8) + 2.4, caption)


def _symbol(
    page: Page, voices: Voices, symbol: Symbol, x: float, top: float, caption: Both
) -> None:
    side = draw_qr(page, symbol, x, top + 0.6)
    width = max(side, _CAPTION_ROOM)
    room = Box(x + side - width, top + side, width, 9)
    baseline = top + side + 4.1
    parts = both_parts(caption, voices, Style(7.6, Weight.SEMIBOLD), Style(7.4))
    if not caption.second:
        beside(page, parts, Box(x, room.y, side, 9), baseline, Align.CENTER)
    elif fit(parts, width, 2):
        beside(page, parts[:1], room, baseline)
        beside(page, parts[1:], room, baseline, Align.END)
    else:
        beside(page, parts[:1], room, baseline, Align.END)
        beside(page, parts[1:], room, baseline + 3.3, Align.END)


def _signature(page: Page, voices: Voices, signatory: Signatory, box: Box) -> None:
    page.frame(box, MEDIUM)
    inner = box.inset(PAD)
    _apart(page, voices, signatory.title, inner, box.y + 3.9, _title_styles())
    page.across(box.y + _TITLE, box.x, box.end, FINE)
    stamp = Box(box.end - 1.3 - _STAMP, box.y + _TITLE + 1.5, _STAMP, box.height - _TITLE - 3.1)
    _stamp_field(page, voices, stamp)
    written = Box(inner.x, box.y + _TITLE, stamp.x - 1.4 - inner.x, box.height - _TITLE)
    _written_lines(page, voices, signatory.person, written, low=box.height < _LOW)


def _title_styles() -> tuple[Style, Style]:
    return Style(8.6, Weight.BOLD), Style(8, Weight.SEMIBOLD)


def _written_lines(page: Page, voices: Voices, person: Person, box: Box, low: bool) -> None:
    step = box.height / len(_WRITTEN)
    known = (person.name, person.position, Names(), Names())
    for index, (caption, names) in enumerate(zip(_WRITTEN, known, strict=True)):
        top = box.y + index * step
        line = top + step - 1.35
        page.across(line, box.x, box.end, FINE)
        said = voices.say(caption)
        value = Part(voices.tell(names).first, Style(8.8, Weight.MEDIUM), voices.rtl)
        row = Box(box.x, top, box.width, step)
        if not low:
            _apart(page, voices, said, row, top + 2.7, (_CAPTION, _CAPTION_SECOND))
            beside(page, [value], row, line - 1.3)
            continue
        second = [Part(said.second, _CAPTION_SECOND, voices.second_rtl)]
        taken = beside(page, second, row, line - 1.3, Align.END)
        rest = Box(row.x, row.y, row.width - taken - 2, row.height)
        beside(page, [Part(said.first, _CAPTION, voices.rtl), value], rest, line - 1.3, gap=2)


def _apart(
    page: Page, voices: Voices, said: Both, box: Box, baseline: float, styles: tuple[Style, Style]
) -> None:
    """The first language at the reading edge, the second at the far one."""
    first, second = both_parts(said, voices, *styles)
    taken = beside(page, [second], box, baseline, Align.END) if second.text else 0.0
    beside(page, [first], Box(box.x, box.y, box.width - taken - 1, box.height), baseline)


def _stamp_field(page: Page, voices: Voices, box: Box) -> None:
    """An empty field with four corners: the round stamp covers no name."""
    for x, inward in ((box.x, _CORNER), (box.end, -_CORNER)):
        for y, down in ((box.y, _CORNER), (box.foot, -_CORNER)):
            page.across(y, min(x, x + inward), max(x, x + inward), FINE)
            page.down(x, min(y, y + down), max(y, y + down), FINE)
    said = voices.say("Stamp")
    room = Box(box.x + _CORNER, box.y, box.width - 2 * _CORNER, 6)
    parts = both_parts(said, voices, Style(7.4), Style(7.2))
    if said.second:
        parts.insert(1, Part("·", Style(7.4), False))
    beside(page, parts, room, box.y + 3.1, Align.CENTER, gap=0.7)
