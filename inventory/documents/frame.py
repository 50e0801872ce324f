"""What every sheet of every form carries: head, number as a bar code, foot, punch marks."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.documents.cells import Part, beside, both_parts, fit
from inventory.documents.codes import CODE_128_MODULE, QR_MODULE, Symbol, code_128
from inventory.documents.shaping import shape
from inventory.documents.surface import MARGIN, POINT, Align, Book, Box, Page
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Both, Value, Voices

HEAD_RULE = 29.2
CONTINUED_RULE = 18.7
FOOT_BASELINE = 200.6
BODY_FOOT = 196.6

HEAVY = 1.4
GROUP = 1.2
MEDIUM = 0.9
FINE = 0.5

_NUMBER = Style(15.5, Weight.BOLD, slashed=True)
_WATERMARK = Style(150, Weight.BOLD)
_TWO_WORDS = 0.72
_SLOPE = 0.5


@dataclass(frozen=True, slots=True)
class Frame:
    """The standing parts of a form; `formula` is in letters only and needs no language."""

    voices: Voices
    title: str
    number: str
    clinic: Value
    authority: Value
    formula: tuple[str, ...] = ()
    practice: bool = False

    def book(self) -> Book:
        return Book(self.number, self.voices.rtl)

    def first_page(self, book: Book) -> Page:
        """A sheet with the full head; the body starts at HEAD_RULE."""
        page = self._sheet(book)
        bars = self._bars(page, 8.0, 11.0)
        number = Box(0, 19, page.measure, 8)
        beside(page, [Part(self.number, _NUMBER, False)], number, 26.0, Align.END)
        room = Box(0, 7, page.measure - max(bars, 80) - 8, 20.5)
        title, authority = self.voices.say(self.title), self.voices.tell(self.authority)
        rtl, second_rtl = self.voices.rtl, self.voices.second_rtl
        beside(page, [Part(authority.first, Style(8.2, Weight.MEDIUM), rtl)], room, 11.4)
        parts = both_parts(title, self.voices, Style(20, Weight.BOLD), Style(13, Weight.MEDIUM))
        beside(page, parts, room, 21.4, gap=5)
        beside(page, [Part(authority.second, Style(7.2), second_rtl)], room, 26.2)
        page.across(HEAD_RULE, 0, page.measure, HEAVY)
        return page

    def next_page(self, book: Book) -> Page:
        """A continued sheet; the body starts at CONTINUED_RULE."""
        page = self._sheet(book)
        bars = self._bars(page, 9.0, 7.4)
        number = Part(self.number, Style(12, Weight.BOLD, slashed=True), False)
        room = Box(0, 8, page.measure - bars - 4, 9)
        taken = beside(page, [number], room, 15.7, Align.END)
        title, clinic = self.voices.say(self.title), self.voices.tell(self.clinic)
        first, second = self.voices.rtl, self.voices.second_rtl
        room = Box(0, 8, room.width - taken - 6, 9)
        parts = [
            Part(title.first, Style(12.5, Weight.BOLD), first),
            Part(self.voices.say("(continued)").first, Style(8.4), first),
            Part(continued(self.voices, title).second, Style(9, Weight.MEDIUM), second),
            Part("·", Style(9, Weight.BOLD), False),
            Part(clinic.first, Style(9, Weight.MEDIUM), first),
            Part(clinic.second, Style(8.6, Weight.MEDIUM), second),
        ]
        # The clinic's second name stands on the first sheet; here it gives way.
        beside(page, parts if fit(parts, room.width, 2.4) else parts[:-1], room, 15.6, gap=2.4)
        page.across(CONTINUED_RULE, 0, page.measure, HEAVY)
        return page

    def foot(self, page: Page, pages: int) -> None:
        """Page x of y in both languages; the letters' formula at the far edge."""
        said = self.voices.say("Page {page} of {pages}", page=page.number, pages=pages)
        style, other = Style(8.4, Weight.BOLD), Style(8.2, Weight.MEDIUM)
        room = Box(0, FOOT_BASELINE - 3, page.measure, 4)
        beside(page, both_parts(said, self.voices, style, other), room, FOOT_BASELINE)
        formula = [Part(text, Style(7.6), False) for text in self.formula]
        # Letters read from left to right in every language.
        ordered = formula[::-1] if self.voices.rtl else formula
        beside(page, ordered, room, FOOT_BASELINE, Align.END, gap=3.4)

    def _sheet(self, book: Book) -> Page:
        page = book.new_page()
        if self.practice:
            self._mark_as_practice(book, page)
        for x in (5.0 - MARGIN, page.measure + MARGIN - 7.5):
            page.across(book.height / 2, x, x + 2.5, FINE)
        return page

    def _mark_as_practice(self, book: Book, page: Page) -> None:
        word = self.voices.say("PRACTICE")
        lines = [shape(word.first, _WATERMARK, self.voices.rtl)]
        if word.second:
            lines.append(shape(word.second, _WATERMARK, self.voices.second_rtl))
        largest = _WATERMARK.size * (1.0 if len(lines) == 1 else _TWO_WORDS)
        across = book.width * 0.86 / POINT
        for index, line in enumerate(lines):
            size = min(largest, across / (line.width(1) or 1))
            below = (index - (len(lines) - 1) / 2) * 62
            centre = (book.width / 2 + below * 0.6, book.height / 2 + below)
            page.outlined(line, size, centre, _SLOPE)

    def _bars(self, page: Page, top: float, height: float) -> float:
        made = code_128(self.number)
        width = made.width * CODE_128_MODULE
        quiet = made.quiet * CODE_128_MODULE
        box = Box(page.measure - width, top, width, height)
        page.solid(Box(box.x - quiet, top, width + 2 * quiet, height), white=True)
        page.modules(box, made.rows, CODE_128_MODULE)
        return width


def continued(voices: Voices, title: Both) -> Both:
    """A title on the sheets after its first."""
    first = voices.first.say("{title} (continued)", title=title.first)
    if voices.second is None:
        return Both(first)
    return Both(first, voices.second.say("{title} (continued)", title=title.second or title.first))


def draw_qr(page: Page, made: Symbol, x: float, y: float) -> float:
    """A QR symbol with its quiet zone cleared; returns its side in millimetres."""
    side, quiet = made.width * QR_MODULE, made.quiet * QR_MODULE
    page.solid(Box(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet), white=True)
    page.modules(Box(x, y, side, side), made.rows, QR_MODULE)
    return side
