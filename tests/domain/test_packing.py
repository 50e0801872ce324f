"""Units to whole packs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.packing import Rounding, packs_for, packs_over, rounding_for

UNITS, PACKS = st.integers(0, 10**9), st.integers(1, 5000)


@pytest.mark.parametrize(("threshold", "packs"), [(250, 2), (700, 1), (656, 1), (655, 2)])
def test_the_rest_over_a_threshold_is_a_pack_more(threshold: int, packs: int) -> None:
    assert packs_over(1656, 1000, Fraction(threshold)) == packs


@pytest.mark.parametrize(
    ("units", "up", "half", "nearest", "down"),
    [
        (0, 0, 0, 0, 0),
        (1, 1, 1, 1, 1),
        (100, 1, 1, 1, 1),
        (149, 2, 1, 1, 1),
        (150, 2, 2, 1, 1),
        (151, 2, 2, 2, 1),
        (253, 3, 3, 3, 2),
    ],
)
def test_roundings_of_boxes_of_100(units: int, up: int, half: int, nearest: int, down: int) -> None:
    found = [packs_for(units, 100, rounding) for rounding in Rounding]
    assert found == [up, half, nearest, down]


def test_half_of_an_odd_pack() -> None:
    assert [packs_for(10 + rest, 5, Rounding.HALF) for rest in range(5)] == [2, 2, 2, 3, 3]
    assert [packs_for(10 + rest, 5, Rounding.NEAREST) for rest in range(5)] == [2, 2, 2, 3, 3]


def test_vital_goes_up_essential_from_half_non_essential_to_the_nearest() -> None:
    assert [rounding_for(ven) for ven in ("V", "E", "N", "")] == [
        Rounding.UP,
        Rounding.HALF,
        Rounding.NEAREST,
        Rounding.HALF,
    ]


@given(UNITS, PACKS)
def test_always_up_covers_and_never_by_a_pack(units: int, pack: int) -> None:
    assert units <= packs_for(units, pack, Rounding.UP) * pack < units + pack


@given(UNITS, PACKS, st.sampled_from(Rounding))
def test_something_short_is_never_nothing_unless_told(
    units: int, pack: int, rounding: Rounding
) -> None:
    packs = packs_for(units, pack, rounding)
    assert (packs > 0) == (units > 0)
    assert packs_for(units, pack, rounding, at_least_one=False) in (packs, 0)
    assert abs(packs * pack - units) < pack


@given(UNITS, UNITS, PACKS, st.sampled_from(Rounding))
def test_more_units_are_never_fewer_packs(
    one: int, other: int, pack: int, rounding: Rounding
) -> None:
    few, many = sorted([one, other])
    assert packs_for(few, pack, rounding) <= packs_for(many, pack, rounding)
