"""Packs times size and loose ones, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.receive.amounts import (
    Amount,
    common_size,
    is_amount,
    parse_amount,
    typed_amount,
)
from inventory.domain.sentence import Refused

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("typed", "came", "size"),
    [
        ("12", 1200, 100), ("12+4", 1204, 100), ("12 + 4", 1204, 100), ("+4", 4, 100),
        ("12x50", 600, 50), ("12 × 50 + 4", 604, 50), ("12*50", 600, 50), ("1,200", 120_000, 100),
        ("١٢", 1200, 100), ("۱۲+۴", 1204, 100),
    ],
)  # fmt: skip
def test_packs_sizes_and_loose_ones(typed: str, came: int, size: int) -> None:
    assert parse_amount(typed, 100) == Amount(came, size)


@pytest.mark.parametrize(
    ("typed", "size", "came"),
    [("12", 10, 120), ("12.5", 10, 125), ("12,5", 10, 125), ("2", 200, 400), ("2.5", 200, 25)],
)
def test_what_is_counted_in_its_unit_has_places(typed: str, size: int, came: int) -> None:
    """Diesel by the litre; a can that was learned is still a can."""
    assert parse_amount(typed, size, 1).came == came


@pytest.mark.parametrize(
    "typed",
    ["", "0", "0+0", "-3", "amox", "12 boxes", "1.5", "12x0", "1000000x1000000", "🙂", "12+", "x5"],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_amount(typed, 100)


def test_none_damaged_is_an_answer_too() -> None:
    assert parse_amount("0", 100, zero=True).came == 0


@pytest.mark.parametrize("typed", ["1", "12", "12+4", "+4", "12x50", "12.5", "٣٠", "999999", "0"])
def test_a_number_in_the_field_says_how_many(typed: str) -> None:
    assert is_amount(typed)


@pytest.mark.parametrize(
    "typed", ["", "amox", "0041", "04006381333931", "4006381333931", "1234567", "12a", "5 mg", "+"]
)
def test_names_and_codes_do_not(typed: str) -> None:
    assert not is_amount(typed)


@given(st.integers(1, 99_999_999), st.sampled_from([1, 2, 20, 100, 1000]))
def test_what_is_shown_reads_back(came: int, size: int) -> None:
    typed = typed_amount(came, size)
    if max(map(len, typed.split("+"))) <= 6:
        assert parse_amount(typed, size) == Amount(came, size)
        assert parse_amount(typed.translate(ARABIC), size) == Amount(came, size)


@given(st.integers(1, 9_999_999), st.sampled_from([10, 200]))
def test_litres_read_back(came: int, size: int) -> None:
    assert parse_amount(typed_amount(came, size, 1), size, 1).came == came


def test_figures_share_the_largest_pack_that_leaves_none_loose() -> None:
    assert common_size([400, 2000], [100, 1000]) == 100
    assert common_size([4000, 2000], [100, 1000]) == 1000
    assert common_size([404], [100]) == 100
