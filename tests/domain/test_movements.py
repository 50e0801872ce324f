"""The traits of movements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.movements import (
    MOVEMENTS,
    Column,
    MovementKind,
    consumed,
    signed,
    traits,
)

FIRST = [kind for kind in MovementKind if kind is not MovementKind.REVERSAL]
CONSUMPTION = {MovementKind.DISPENSE, MovementKind.USE}


def test_every_movement_has_its_traits() -> None:
    assert set(MOVEMENTS) == set(MovementKind)
    assert all(MOVEMENTS[kind].sign in (1, -1) for kind in FIRST)


@pytest.mark.parametrize("kind", FIRST)
def test_only_dispensing_and_use_are_consumption(kind: MovementKind) -> None:
    assert traits(kind).consumption is (kind in CONSUMPTION)
    assert (traits(kind).column is Column.CONSUMED) is (kind in CONSUMPTION)


@pytest.mark.parametrize("kind", FIRST)
@given(size=st.integers(1, 10**12))
def test_a_reversal_undoes_stock_consumption_and_column(kind: MovementKind, size: int) -> None:
    there = signed(kind, size)
    back = signed(MovementKind.REVERSAL, size, kind)
    assert there + back == 0
    assert consumed(kind, there) + consumed(MovementKind.REVERSAL, back, kind) == 0
    assert traits(MovementKind.REVERSAL, kind).column is traits(kind).column


def test_a_dispensing_is_consumed_and_a_loss_is_not() -> None:
    assert consumed(MovementKind.DISPENSE, -20) == 20
    assert consumed(MovementKind.REVERSAL, 20, MovementKind.DISPENSE) == -20
    assert consumed(MovementKind.LOSS, -20) == 0


@pytest.mark.parametrize("reverses", [None, MovementKind.REVERSAL])
def test_a_reversal_names_a_movement_that_is_none(reverses: MovementKind | None) -> None:
    with pytest.raises(ValueError, match="a reversal names"):
        traits(MovementKind.REVERSAL, reverses)


def test_a_movement_moves_something() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        signed(MovementKind.RECEIPT, 0)


@given(st.lists(st.tuples(st.sampled_from(FIRST), st.integers(1, 1000), st.booleans())))
def test_closing_is_opening_received_consumed_and_adjusted(
    moves: list[tuple[MovementKind, int, bool]],
) -> None:
    """Movements in no column are the opening balance or cancel within the clinic."""
    columns = dict.fromkeys(Column, 0)
    balance = 0
    for kind, size, undone in moves:
        for step, first in ((kind, None), (MovementKind.REVERSAL, kind))[: 2 if undone else 1]:
            change = signed(step, size, first)
            balance += change
            columns[traits(step, first).column] += change
    assert balance == columns[Column.NONE] + columns[Column.RECEIVED] + (
        columns[Column.CONSUMED] + columns[Column.ADJUSTED]
    )
