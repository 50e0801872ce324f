"""Text becomes placed glyphs, and is drawn as wide as it was measured."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.documents.direction import cleaned
from inventory.documents.shaping import shape, wrap
from inventory.documents.surface import POINT, Align, Book, Box
from inventory.documents.typeface import Style, Weight

LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Co", "Cn"), max_codepoint=0xFFFF), max_size=60
)

SENTENCES = [
    ("Amoxicillin 250 mg/5 ml powder for oral suspension", False),
    ("Hypochlorite de sodium 5 %, bidon de l’été", False),
    ("أموكسيسيلين 250 ملغ/5 مل مسحوق لتحضير معلق فموي", True),
    ("خوێی ئاودانەوەی دەم 20.5 گم/لیتر، کیسە", True),
]


def glyph_names(text: str) -> list[int]:
    line = shape(text, Style(9), rtl=True)
    return [glyph.index for run in line.runs for glyph in run.glyphs]


@pytest.mark.parametrize(("text", "rtl"), SENTENCES)
def test_drawn_width_is_measured_width(text: str, rtl: bool) -> None:
    book = Book("width", rtl)
    style = Style(14, Weight.MEDIUM)
    line = shape(text, style, rtl)
    book.new_page().write(line, style.size, Box(0, 10, 267, 10), 18, Align.LEFT)
    page = pypdfium2.PdfDocument(book.to_bytes())[0].get_textpage()
    boxes = [page.get_charbox(n, loose=True) for n in range(page.count_chars())]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    assert right - left == pytest.approx(line.width(style.size), abs=0.6)
    assert book.marks[0].right - book.marks[0].left == pytest.approx(line.width(14) * POINT)


def test_arabic_letters_join() -> None:
    alone = {glyph_names(letter)[0] for letter in "محمد"}
    assert not alone & set(glyph_names("محم"))
    assert len(glyph_names("لا")) == 1


def test_zeros_of_codes_are_slashed_and_those_of_quantities_are_not() -> None:
    plain, slashed = shape("100", Style(9)), shape("100", Style(9, slashed=True))
    assert plain.advance == slashed.advance
    assert [g.index for g in plain.runs[0].glyphs] != [g.index for g in slashed.runs[0].glyphs]


def test_european_digits_align_by_themselves() -> None:
    for weight in Weight:
        assert {shape(digit, Style(9, weight)).advance for digit in "0123456789"} == {600}


@pytest.mark.parametrize(("text", "rtl"), SENTENCES)
def test_wrapped_lines_hold_all_words_in_order(text: str, rtl: bool) -> None:
    style = Style(8.7)
    lines = wrap(text, style, rtl, 120)
    assert " ".join(line.text for line in lines).replace("\u00a0", " ") == text
    assert all(line.width(style.size) <= 120 for line in lines)


def test_a_word_wider_than_the_line_breaks_after_a_stroke_or_hyphen() -> None:
    lines = wrap("sulfamethoxazole/trimethoprim", Style(9), False, 100)
    assert [line.text for line in lines] == ["sulfamethoxazole/", "trimethoprim"]


def test_a_word_without_a_place_to_break_breaks_anywhere() -> None:
    lines = wrap("W" * 200, Style(9), False, 100)
    assert "".join(line.text for line in lines) == "W" * 200
    assert all(line.width(9) <= 100 for line in lines)


def test_a_number_never_leaves_its_unit() -> None:
    lines = wrap("قنينة معلق فموي سعة 100 مل", Style(9), True, 60)
    assert any("100\u00a0مل" in line.text for line in lines)


@given(LETTERS, st.booleans())
def test_any_text_fits_the_lines_it_is_given(text: str, rtl: bool) -> None:
    lines = wrap(text, Style(9), rtl, 80)
    kept = cleaned(text).replace(" ", "")
    drawn = "".join(line.text for line in lines).replace(" ", "")
    assert all(line.width(9) <= 80 for line in lines)
    assert len(drawn) <= len(kept)
