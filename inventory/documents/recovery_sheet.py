"""The paper key: one page that opens the database when everything else is lost.

The page itself says what it is for and where to keep it: who finds the envelope in five years
has nobody to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from inventory.documents.cells import Part, beside, both_parts, stack
from inventory.documents.codes import qr
from inventory.documents.frame import FINE, GROUP, HEAVY, MEDIUM
from inventory.documents.surface import Align, Book, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Both, Value, Voices
from inventory.domain.sentence import N_
from inventory.language import Language


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed. `words` and `numbers` belong to each other; the symbol says the numbers."""

    clinic: Value
    made_on: date
    words: Sequence[str] = field(repr=False)
    numbers: Sequence[str] = field(repr=False)
    symbol: str = field(repr=False)


_PURPOSE = N_("Whoever holds this page can open the database and all its backups. Nothing else is "
              "needed, so keep it as you keep the key of the medicine store.")  # fmt: skip
_USE_TITLE = N_("When to use it")
_USE = (
    N_("Every password is forgotten, or the person who knew it is gone."),
    N_("The computer is lost or broken, and there is a backup on a stick."),
    N_("In Amana choose “Open with the paper key”. Scan the symbol, or type the twelve words or "
       "their numbers in this order. Then set a new password."),
)  # fmt: skip
_KEEP_TITLE = N_("How to keep it")
_KEEP = (
    N_("Fold it, put it in an envelope, seal it, and sign across the seal with two names."),
    N_("Keep it in a locked place that is not where the computer and the backups are."),
    N_("Never photograph it, never send it, never keep it as a file."),
    N_("After it was used, or when somebody may have seen it, print a new one. This one opens "
       "nothing any more then."),
)  # fmt: skip
_SIGNED = (N_("Put into the envelope by"), N_("In the presence of"))
_LINES = (N_("Name"), N_("Date"), N_("Signature"))

_TITLE, _SECOND_TITLE = Style(20, Weight.BOLD), Style(13, Weight.MEDIUM)
_HEADING, _SECOND_HEADING = Style(11, Weight.BOLD), Style(9.4, Weight.SEMIBOLD)
_TEXT, _SECOND_TEXT = Style(9.6), Style(8.4)
_WORD, _NUMBER = Style(15, Weight.BOLD), Style(10.5, Weight.MEDIUM)
_PLACE = Style(9, Weight.SEMIBOLD)

_HEAD_RULE = 30.0
_COLUMNS = 3
_MODULE = 0.9  # an old scanner reads it, and a photocopy of it
_BESIDE_SYMBOL = 8.0
_CELL_HEIGHT = 14.0
_SIGNATURES = 37.0
_FOOT = 282.0


def recovery_sheet_pdf(
    sheet: RecoverySheet, first: Language, second: Language | None = None
) -> bytes:
    """The page as a PDF in one language or two; its symbol was decoded again."""
    return recovery_sheet_book(sheet, first, second).to_bytes()


def recovery_sheet_book(
    sheet: RecoverySheet, first: Language, second: Language | None = None
) -> Book:
    """The drawn page."""
    voices = Voices(first, second)
    book = Book(N_("Paper key"), voices.rtl, portrait=True)
    page = book.new_page()
    _head(page, voices, sheet)
    end = _paragraph(page, voices, voices.say(_PURPOSE), Box(0, _HEAD_RULE + 4, page.measure, 20))
    end = _words(page, voices, sheet, end + 6)
    end = _list(page, voices, _USE_TITLE, _USE, end + 8)
    _list(page, voices, _KEEP_TITLE, _KEEP, end + 6)
    _signatures(page, voices)
    return book


def _head(page: Page, voices: Voices, sheet: RecoverySheet) -> None:
    room = Box(0, 12, page.measure, 12)
    beside(page, both_parts(voices.say("Paper key"), voices, _TITLE, _SECOND_TITLE), room, 20,
           gap=5)  # fmt: skip
    clinic, made = voices.tell(sheet.clinic), voices.date(sheet.made_on)
    told = voices.joined(clinic, made)
    beside(page, both_parts(told, voices, Style(10, Weight.SEMIBOLD), Style(8.8)),
           Box(0, 22, page.measure, 7), 26.6, gap=5)  # fmt: skip
    page.across(_HEAD_RULE, 0, page.measure, HEAVY)


def _words(page: Page, voices: Voices, sheet: RecoverySheet, top: float) -> float:
    """The words row by row from the reading edge on, and the symbol beside them."""
    made = qr(sheet.symbol)
    rows = -(-len(sheet.words) // _COLUMNS)
    height = rows * _CELL_HEIGHT
    side = made.width * _MODULE
    symbol_x = page.measure - side
    symbol = Box(symbol_x, top + (height - side) / 2, side, side)
    page.modules(symbol, made.rows, _MODULE)
    width = (symbol_x - _BESIDE_SYMBOL) / _COLUMNS
    for index, (word, number) in enumerate(zip(sheet.words, sheet.numbers, strict=True)):
        row, column = divmod(index, _COLUMNS)
        cell = Box(column * width, top + row * _CELL_HEIGHT, width, _CELL_HEIGHT)
        page.frame(cell, FINE)
        inner = cell.inset(2.2)
        place = [Part(str(index + 1), _PLACE, False)]
        beside(page, place, inner, cell.y + 4.6)
        beside(page, [Part(number, _NUMBER, False)], inner, cell.y + 4.6, Align.END)
        beside(page, [Part(word, _WORD, False)], inner, cell.y + 11.2, Align.CENTER)
    page.frame(Box(0, top, width * _COLUMNS, height), GROUP)
    return top + height


def _list(page: Page, voices: Voices, title: str, points: Sequence[str], top: float) -> float:
    room = Box(0, top, page.measure, 7)
    beside(page, both_parts(voices.say(title), voices, _HEADING, _SECOND_HEADING), room, top + 5,
           gap=5)  # fmt: skip
    end = top + 7.4
    for number, point in enumerate(points, start=1):
        mark = Box(0, end, 6, 6)
        beside(page, [Part(str(number), _PLACE, False)], mark, end + 3.7)
        end = _paragraph(page, voices, voices.say(point), Box(7, end, page.measure - 7, 20)) + 1.2
    return end


def _paragraph(page: Page, voices: Voices, said: Both, box: Box) -> float:
    """Draws it; returns where it ends."""
    cell = stack(said, voices, _TEXT, _SECOND_TEXT, box.width)
    cell.draw(page, Box(box.x, box.y, box.width, cell.height), pad=0)
    return box.y + cell.height


def _signatures(page: Page, voices: Voices) -> None:
    top, between = _FOOT - _SIGNATURES, 5.0
    width = (page.measure - between) / len(_SIGNED)
    for index, title in enumerate(_SIGNED):
        box = Box(index * (width + between), top, width, _SIGNATURES)
        page.frame(box, MEDIUM)
        inner = box.inset(2.2)
        beside(page, both_parts(voices.say(title), voices, Style(9, Weight.BOLD), Style(8)),
               inner, top + 4.6, gap=4)  # fmt: skip
        page.across(top + 6.6, box.x, box.end, FINE)
        step = (_SIGNATURES - 6.6) / len(_LINES)
        for line, caption in enumerate(_LINES):
            foot = top + 6.6 + (line + 1) * step - 2.2
            page.across(foot, inner.x, inner.end, FINE)
            beside(page, both_parts(voices.say(caption), voices, Style(7.6), Style(7.2)),
                   inner, foot - 1.2, gap=3)  # fmt: skip
