"""Quantities as people type them, and as packs."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.quantity import (
    MAX_QUANTITY,
    fold_digits,
    join,
    parse_change,
    parse_quantity,
    split,
)
from inventory.domain.sentence import Refused

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@given(quantity=st.integers(0, MAX_QUANTITY), pack=st.integers(1, 10_000))
def test_packs_and_loose_come_back_to_the_same_quantity(quantity: int, pack: int) -> None:
    packs = split(quantity, pack)
    assert join(packs.packs, packs.loose, pack) == quantity
    assert 0 <= packs.loose < pack


@given(quantity=st.integers(1, MAX_QUANTITY), digits=st.sampled_from([{}, ARABIC, PERSIAN]))
@pytest.mark.parametrize("grouping", ["", ",", "٬", " ", "\u00a0", "'"])
def test_every_script_and_grouping_is_read(
    quantity: int, digits: dict[int, int], grouping: str
) -> None:
    text = f"{quantity:,}".replace(",", grouping).translate(digits)
    assert parse_quantity(f" {text} ") == quantity


@given(st.integers(1, 10**9), st.integers(1, 3))
def test_decimals_are_units_of_the_smallest(quantity: int, decimals: int) -> None:
    whole, rest = divmod(quantity, 10**decimals)
    for point in ".,٫":
        # Three places after a comma read as a grouped thousand, so they need a point.
        if decimals < 3 or point != ",":
            assert parse_quantity(f"{whole}{point}{rest:0{decimals}}", decimals) == quantity


@pytest.mark.parametrize(
    ("text", "decimals", "read"),
    [
        ("304", 0, 304),
        ("1,204", 0, 1204),
        ("1,204", 1, 12040),
        ("12.5", 1, 125),
        ("12,5", 1, 125),
        ("٣١٫١", 1, 311),
        ("12", 1, 120),
        ("12.0", 0, 12),
        ("007", 0, 7),
        ("\u2066304\u2069", 0, 304),
        (str(MAX_QUANTITY), 0, MAX_QUANTITY),
    ],
)
def test_typed_quantities(text: str, decimals: int, read: int) -> None:
    assert parse_quantity(text, decimals) == read


@pytest.mark.parametrize(
    ("text", "decimals", "said"),
    [
        ("", 0, "Write a quantity."),
        ("0", 0, "A quantity is at least 1, not 0."),
        ("-5", 0, "A quantity cannot be less than 0: -5."),
        ("−5", 0, "A quantity cannot be less than 0: −5."),
        ("ten", 0, "ten is not a number."),
        ("12 boxes", 0, "12 boxes is not a number."),
        ("😀", 0, "😀 is not a number."),
        ("1\x002", 0, "1 2 is not a number."),
        ("\u202e12", 0, "12 is not a number."),
        ("1,20", 0, "1,20 is not a whole number."),
        ("1.204", 0, "1.204 is not a whole number."),
        ("12.55", 1, "12.55 has too many digits after the point. This item takes 1."),
        ("1e3", 0, "1e3 is not a number."),
        ("²", 0, "² is not a number."),
        (
            "1000000000000000",
            0,
            "1000000000000000 is too large. The largest quantity is 1000000000000.",
        ),
    ],
)
def test_what_is_no_quantity_is_refused_with_a_sentence(
    text: str, decimals: int, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        parse_quantity(text, decimals)
    assert str(refused.value) == said


def test_ten_thousand_digits_are_refused_and_shown_short() -> None:
    with pytest.raises(Refused, match=r"^9{39}… is too large"):
        parse_quantity("9" * 10_000)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert 1 <= parse_quantity(text) <= MAX_QUANTITY


@given(st.integers(-MAX_QUANTITY, MAX_QUANTITY))
def test_a_change_may_be_negative_or_nothing(change: int) -> None:
    assert parse_change(str(change)) == change
    assert parse_change(str(change).replace("-", "−").translate(ARABIC)) == change


def test_a_count_may_be_nothing() -> None:
    assert parse_quantity("0", zero=True) == 0


@given(st.text(alphabet="0123456789AZ-/"))
def test_folding_digits_undoes_both_scripts(text: str) -> None:
    assert fold_digits(text.translate(ARABIC)) == text
    assert fold_digits(text.translate(PERSIAN)) == text
