"""A sheet of symbols to try a scanner on: what each should type is printed beside it."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.documents.cells import Part, beside, both_parts, stack
from inventory.documents.codes import (
    CODE_128_MODULE,
    QR_MODULE,
    SymbolKind,
    symbol,
)
from inventory.documents.direction import NO_BREAK
from inventory.documents.frame import FINE, HEAVY
from inventory.documents.surface import Align, Book, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Voices
from inventory.domain.sentence import N_
from inventory.language import Language

GROUP_SEPARATOR = "\x1d"
_SEPARATOR_SHOWN = "<GS>"
_CARTON = "(01)02000000000015(17)281130(10)AB-12/3"
_BOX = "(01)02000000000015(17)281130(10)AB-12/3(21)S1"


@dataclass(frozen=True, slots=True)
class CalibrationSymbol:
    """A symbol, what it tries, and what a scanner that is set up well types for it."""

    kind: SymbolKind
    text: str
    tries: str
    expected: str


CALIBRATION_SYMBOLS = (
    CalibrationSymbol(
        SymbolKind.CODE_128, "ITM-TEST0123456789", N_("Our own labels"), "ITM-TEST0123456789"
    ),
    CalibrationSymbol(
        SymbolKind.CODE_128, "aqzwmAQZWM-/+:._", N_("Small letters, capitals and signs"),
        "aqzwmAQZWM-/+:._",
    ),
    CalibrationSymbol(
        SymbolKind.EAN_13, "2000000000015", N_("The bar code of a box"), "2000000000015"
    ),
    CalibrationSymbol(
        SymbolKind.GS1_128, _CARTON, N_("A carton with batch and expiry"),
        "01020000000000151728113010AB-12/3",
    ),
    CalibrationSymbol(
        SymbolKind.GS1_DATA_MATRIX, _BOX, N_("A box with batch and expiry"),
        f"01020000000000151728113010AB-12/3{GROUP_SEPARATOR}21S1",
    ),
    CalibrationSymbol(
        SymbolKind.QR, "AMANA1:TEST:0-9 A-Z $%*+-./:", N_("A printed order"),
        "AMANA1:TEST:0-9 A-Z $%*+-./:",
    ),
)  # fmt: skip
"""In the order they stand on the sheet; the scanner test compares what arrives with `expected`."""

_TOP = 46.0
_ROW = 38.0
_BAR_HEIGHT = 13.0
_TITLE = Style(20, Weight.BOLD)


def calibration_pdf(first: Language, second: Language | None = None) -> bytes:
    """The sheet as a PDF in one language or two."""
    return calibration_book(first, second).to_bytes()


def calibration_book(first: Language, second: Language | None = None) -> Book:
    """The drawn sheet."""
    voices = Voices(first, second)
    book = Book("SCANNER-TEST", voices.rtl, portrait=True)
    page = book.new_page()
    head = Box(0, 12, page.measure, 12)
    title = both_parts(voices.say("Scanner test"), voices, _TITLE, Style(13, Weight.MEDIUM))
    beside(page, title, head, 21, gap=5)
    how = voices.say(
        "Print at actual size. Open the scanner test in Settings and scan each symbol in turn."
    )
    stack(how, voices, Style(9.2), Style(8.2), page.measure).draw(
        page, Box(0, 24, page.measure, 20), pad=0
    )
    page.across(_TOP - 4, 0, page.measure, HEAVY)
    for index, tried in enumerate(CALIBRATION_SYMBOLS):
        _draw_symbol(page, voices, tried, index + 1, _TOP + index * _ROW)
    return book


def _draw_symbol(
    page: Page, voices: Voices, tried: CalibrationSymbol, number: int, top: float
) -> None:
    made = symbol(tried.kind, tried.text)
    module = CODE_128_MODULE if made.linear else QR_MODULE
    side = made.width * module
    height = _BAR_HEIGHT if made.linear else side
    quiet = made.quiet * module
    line = Box(0, top, page.measure, 6)
    beside(page, [Part(str(number), Style(15.5, Weight.BOLD), False)], line, top + 5)
    typed = tried.expected.replace(GROUP_SEPARATOR, _SEPARATOR_SHOWN).replace(" ", NO_BREAK)
    shown = [Part(typed, Style(8.4, Weight.MEDIUM, slashed=True), False)]
    taken = beside(page, shown, line, top + 4.6, Align.END)
    said = voices.say(tried.tries)
    looks = (Style(10, Weight.SEMIBOLD), Style(8.8))
    words = Box(9, top, page.measure - 9 - taken - 5, 6)
    beside(page, both_parts(said, voices, *looks), words, top + 4.6)
    page.modules(Box(9 + quiet, top + 9, side, height), made.rows, module)
    page.across(top + _ROW - 4, 0, page.measure, FINE)
