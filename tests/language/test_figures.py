"""Numbers, exactly rounded and drawn alike in every language."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.language import language, plain

CODES = ("en", "ar", "ckb", "fr")


@pytest.mark.parametrize("code", CODES)
def test_latin_digits_with_grouping_in_every_language(code: str) -> None:
    words = language(code)
    assert words.number(1204) == "1,204"
    assert words.number(1_000_000) == "1,000,000"
    assert words.decimal(Fraction(21, 10), 1) == "2.1"
    assert words.money(Fraction(132001, 2)) == "66,001"
    assert plain(words.percent(71)) == "71%"
    assert plain(words.times(3, 1000)) == "3 × 1,000"


@pytest.mark.parametrize("code", CODES)
def test_signed_numbers_carry_a_true_minus(code: str) -> None:
    words = language(code)
    assert [plain(words.signed(n)) for n in (40, 0, -3)] == ["+40", "0", "−3"]
    assert plain(words.number(-1204)) == "−1,204"


def test_arabic_indic_digits_are_all_or_nothing() -> None:
    words = language("ar", digits="arab")
    assert words.number(1204) == "١٬٢٠٤"
    assert words.decimal(Fraction(21, 10), 1) == "٢٫١"
    assert plain(words.signed(-3)) == "−٣"


def test_languages_without_arabic_indic_digits_keep_their_own() -> None:
    assert language("fr", digits="arab").number(12) == "12"


def test_the_gap_of_paper_stands_between_thousands() -> None:
    assert plain(language("ar", gap="\u00a0").number(1204)) == "1\u00a0204"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "−3"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(1999, 1000), 2, "2.00"),
        (Decimal("1234.55"), 1, "1,234.6"),
        (7, 2, "7.00"),
    ],
)
def test_decimals_round_half_away_from_zero(
    value: Fraction | Decimal | int, places: int, text: str
) -> None:
    assert language("en").decimal(value, places) == text


def test_a_quantity_shows_its_smallest_unit() -> None:
    words = language("en")
    assert words.quantity(6550, 1) == "655.0"
    assert words.quantity(1_234_567, 1) == "123,456.7"
    assert words.quantity(12) == "12"
    assert words.quantity(-5, 1) == "−0.5"


@given(st.integers(-(10**12), 10**12))
def test_a_number_reads_back(n: int) -> None:
    assert int(language("en").number(n).replace(",", "").replace("−", "-")) == n


@given(st.fractions(), st.integers(0, 4))
def test_a_decimal_is_within_half_a_step(value: Fraction, places: int) -> None:
    text = language("en").decimal(value, places).replace(",", "").replace("−", "-")
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**places)


def test_a_sentence_shows_a_fraction_shortly_and_a_decimal_as_it_stands() -> None:
    words = language("en")
    assert words.say("{months} months", months=Fraction(32, 15)) == "2.1 months"
    assert words.say("{months} months", months=Fraction(3)) == "3 months"
    assert words.say("{months} months", months=Decimal("2.541")) == "2.541 months"


@pytest.mark.parametrize("value", [None, True, 1.5])
def test_what_is_no_value_of_the_program_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        language("en").say("{value}", value=value)
