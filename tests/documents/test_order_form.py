"""The reorder form: everything in its cell, every figure recomputed from the paper."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from inventory.documents.cells import PAD, code_cell
from inventory.documents.item_cells import CODE_STYLE
from inventory.documents.order_form import (
    COLUMNS,
    OrderForm,
    OrderFormSection,
    order_form_book,
    order_form_pdf,
)
from inventory.documents.surface import POINT, Book
from inventory.domain.names import Names
from inventory.domain.sentence import sentence
from inventory.language import language
from tests.documents.audit import outside, overlapping, printed_rows, whole_number, words_on
from tests.documents.samples import SECTIONS, average, order_form, order_of, with_symbols

LENGTHS = (1, 13, 14, 23, 31, 32, 150)
TONGUES = (
    ("en", None), ("ar", None), ("ckb", None), ("fr", None),
    ("ar", "en"), ("ckb", "ar"), ("fr", "en"), ("en", "ckb"),
)  # fmt: skip
LETTERS = {column.letter: index for index, column in enumerate(COLUMNS) if column.letter}


def book_of(form: OrderForm, first: str, second: str | None = None) -> Book:
    return order_form_book(form, language(first), language(second) if second else None)


@pytest.mark.parametrize(("first", "second"), TONGUES)
@pytest.mark.parametrize("count", LENGTHS)
def test_every_length_in_every_language(count: int, first: str, second: str | None) -> None:
    book = book_of(order_of(count), first, second)
    assert outside(book) == []
    assert overlapping(book) == []
    rows = printed_rows(book, COLUMNS)
    assert [int(row[0][0]) for row in rows] == list(range(1, count + 1))
    last = rows[-1][0][0]
    pages_of_last = {
        mark.page
        for mark in book.marks
        if mark.text == last and mark.cell_right - mark.cell_left < 7
    }
    signed = {mark.page for mark in book.marks if mark.text == "ORD-2026-00031"}
    assert signed == set(range(1, len(book.pages) + 1)), "the number stands on every page"
    assert max(pages_of_last) == len(book.pages), "the last row stands with the signatures"


def test_a_one_line_order_is_one_page() -> None:
    assert len(book_of(order_of(1), "ar", "en").pages) == 1


def test_the_sample_needs_two_pages_like_the_picture() -> None:
    book = book_of(order_form(), "ar", "en")
    assert len(book.pages) == 2
    assert len(printed_rows(book, COLUMNS)) == 23
    assert "PARA500T" in words_on(book, 1)
    assert "ZINC20T" in words_on(book, 2)


def test_page_x_of_y_is_right_on_every_page() -> None:
    book = book_of(order_of(150), "en")
    total = len(book.pages)
    for page in range(1, total + 1):
        assert f"Page {page} of {total}" in words_on(book, page)


@pytest.mark.parametrize(("first", "second"), [("en", None), ("ar", "en"), ("fr", "en")])
def test_printed_figures_recompute_from_printed_figures(first: str, second: str | None) -> None:
    for row in printed_rows(book_of(order_form(), first, second), COLUMNS):
        printed = {
            letter: whole_number(row[index][0])
            for letter, index in LETTERS.items()
            if letter not in "VL"
        }
        a, b, c, d, e = (printed[letter] for letter in "ABCDE")
        assert e == a + b - c + d
        assert printed["P"] == average(c, printed["X"])
        assert printed["H"] == 3 * printed["P"]
        assert printed["J"] >= printed["H"] - e - printed["O"]
        packs = LETTERS["K"]
        pack_size = whole_number(row[packs][1])
        assert printed["J"] == printed["K"] * pack_size


def test_totals_are_those_of_the_rows() -> None:
    form = order_form()
    book = book_of(form, "en")
    texts = [mark.text for mark in book.marks]
    rows = printed_rows(book, COLUMNS)
    packs = sum(whole_number(row[LETTERS["K"]][0]) for row in rows)
    assert f"End of order · {len(rows)} lines · {packs} packs" in texts
    for section in form.sections:
        wanted = sum(line.packs for line in section.lines)
        assert f"{len(section.lines)} lines · {wanted} packs" in texts


def test_adjustments_are_always_signed() -> None:
    line = dataclasses.replace(SECTIONS[0].lines[0], adjustments=40, on_hand=1100)
    form = order_form((OrderFormSection(sentence("Medicines"), (line,)),))
    (row,) = printed_rows(book_of(form, "ar"), COLUMNS)
    assert row[LETTERS["D"]] == ["+40"]


def test_an_empty_section_is_left_out() -> None:
    texts = [mark.text for mark in book_of(order_of(14), "en").marks]
    assert "Medicines" in texts
    assert "Fuel and oil" not in texts


def test_a_section_that_runs_on_says_so() -> None:
    texts = words_on(book_of(order_form(), "en"), 2)
    assert "Medicines (continued)" in texts or "Medical supplies" in texts
    assert any("(continued)" in text for text in texts)


@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_the_worst_line_stays_in_its_cells(tongue: str) -> None:
    long = "Very long compound name of a medicine with many words in it " * 4
    names = Names(en=long[:200], ar=("اسم دواء طويل جدا بكلمات كثيرة " * 8)[:200], ckb="ە" * 200)
    worst = dataclasses.replace(
        SECTIONS[0].lines[0], code="A2345678901234567890", names=names, opening=999_999,
        received=999_999, consumed=888_888, adjustments=-123_456, on_hand=987_654, days_out=92,
        amc=333_333, maximum=999_999, on_order=999_999, requested_units=999_999, packs=999_999,
        pack_size=100_000, unit=sentence("incomprehensibility"), remark=sentence(long[:150]),
    )  # fmt: skip
    form = order_form((OrderFormSection(sentence("Medicines"), (worst,)),))
    for second in (None, "ckb"):
        book = book_of(form, tongue, second)
        assert outside(book) == []
        assert len(book.pages) == 1


def test_long_names_of_clinic_and_authority_stay_in_their_fields() -> None:
    long = Names("Health Centre " * 14, "مركز صحي " * 22)
    form = dataclasses.replace(order_form(), clinic=long, authority=long, supplier=long)
    for first, second in (("ar", "en"), ("en", None)):
        assert outside(book_of(form, first, second)) == []


def test_names_wrap_and_are_never_shrunk() -> None:
    form = order_of(23)
    sizes = {
        mark.size
        for mark in book_of(form, "ar").marks
        if abs(mark.cell_right - mark.cell_left - COLUMNS[2].width) < 0.02 and "ملغ" in mark.text
    }
    assert sizes == {8.7}


def test_diesel_in_decilitres_prints_litres() -> None:
    diesel = dataclasses.replace(
        SECTIONS[2].lines[0], opening=4205, on_hand=6555, consumed=15650, received=18000,
        pack_size=2000, requested_units=10000, decimals=1,
    )  # fmt: skip
    form = order_form((OrderFormSection(sentence("Fuel"), (diesel,)),))
    (row,) = printed_rows(book_of(form, "en"), COLUMNS)
    assert row[LETTERS["A"]] == ["420.5"]
    assert row[LETTERS["K"]] == ["5", "× 200"]


def test_rows_and_columns_have_the_width_of_the_paper() -> None:
    assert sum(Fraction(str(column.width)) for column in COLUMNS) == 267
    assert "".join(column.letter for column in COLUMNS) == "ABCDEXPHOJKVL"


def test_the_formula_follows_the_months_of_the_order() -> None:
    form = dataclasses.replace(order_form(), months=6, maximum_months=Fraction(9, 2))
    texts = words_on(book_of(form, "ckb"), 1)
    assert "P = C ÷ (6 − X ÷ 30.5)" in texts
    assert "H = 4.5 × P" in texts


def test_equal_data_is_equal_bytes() -> None:
    form = order_form()
    first = order_form_pdf(form, language("ar"), language("en"))
    assert first == order_form_pdf(form, language("ar"), language("en"))
    assert first != order_form_pdf(form, language("en"), language("ar"))
    program = (
        "import hashlib; from tests.documents.samples import order_form;"
        "from inventory.documents.order_form import order_form_pdf;"
        "from inventory.language import language;"
        "print(hashlib.sha256(order_form_pdf(order_form(),language('ar'),language('en'))).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_the_same_second_language_is_printed_once() -> None:
    once = order_form_pdf(order_form(), language("fr"))
    assert order_form_pdf(order_form(), language("fr"), language("fr")) == once


def test_fonts_are_embedded_subsets_only() -> None:
    pdf = order_form_pdf(order_form(), language("ar"), language("en"))
    names = set(re.findall(rb"/BaseFont /(\S+)", pdf))
    assert names
    assert all(name.startswith(b"AMANAA+IBMPlexSansArabic-") for name in names)
    assert len(pdf) < 150_000


def test_columns_of_marks_do_not_overlap() -> None:
    for row in printed_rows(book_of(order_form(), "ar", "en"), COLUMNS):
        assert all(a < b for a, b in pairwise(sorted(row)))
        assert set(range(15)) <= set(row)


def test_an_order_with_more_symbols_than_a_row_holds_has_a_sheet_for_them() -> None:
    form = order_of(220)
    assert len(form.symbols) > 5
    book = book_of(form, "en")
    assert outside(book) == []
    assert f"1/{len(form.symbols)}" in words_on(book, len(book.pages))
    assert "Requested by" in words_on(book, len(book.pages) - 1)


def test_a_form_without_symbols_prints_wide_signatures() -> None:
    form = dataclasses.replace(order_form(), symbols=())
    assert with_symbols(form).symbols == order_form().symbols
    assert outside(book_of(form, "ar", "en")) == []


@pytest.mark.parametrize("code", ["AMOX250SUSP", "WATERINJ10M", "AMLODIP-5TB"])
def test_a_code_of_eleven_characters_stands_in_one_line(code: str) -> None:
    width = next(column.width for column in COLUMNS if column.caption == "Code")
    (ink,) = code_cell(code, width, CODE_STYLE).inks
    assert ink.size >= 7
    assert ink.line.width(ink.size) * POINT * ink.narrow <= width - PAD
