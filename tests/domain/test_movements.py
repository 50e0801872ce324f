"""The traits of movements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.movements import MOVEMENTS, Column, MovementKind

FIRST = [kind for kind in MovementKind if kind is not MovementKind.REVERSAL]
CONSUMPTION = {MovementKind.DISPENSE, MovementKind.USE}
PAIRS = [
    (MovementKind.ISSUE_OUT, MovementKind.ISSUE_IN),
    (MovementKind.STATUS_OUT, MovementKind.STATUS_IN),
    (MovementKind.ADJUST_DOWN, MovementKind.ADJUST_UP),
]


def test_every_movement_has_its_traits() -> None:
    assert set(MOVEMENTS) == set(MovementKind)
    assert all(MOVEMENTS[kind].sign in (1, -1) for kind in FIRST)
    assert MOVEMENTS[MovementKind.REVERSAL].sign == 0


@pytest.mark.parametrize("kind", FIRST)
def test_only_dispensing_and_use_are_consumption(kind: MovementKind) -> None:
    assert MOVEMENTS[kind].consumption is (kind in CONSUMPTION)
    assert (MOVEMENTS[kind].column is Column.CONSUMED) is (kind in CONSUMPTION)


@pytest.mark.parametrize(("out", "back"), PAIRS)
def test_two_halves_of_one_act_cancel(out: MovementKind, back: MovementKind) -> None:
    assert MOVEMENTS[out].sign == -MOVEMENTS[back].sign
    assert MOVEMENTS[out].column is MOVEMENTS[back].column


def test_goods_that_come_in_from_outside_are_received() -> None:
    received = {kind for kind in MovementKind if MOVEMENTS[kind].column is Column.RECEIVED}
    assert received == {MovementKind.RECEIPT, MovementKind.TRANSFER_IN}


@given(st.lists(st.tuples(st.sampled_from(FIRST), st.integers(1, 1000), st.booleans())))
def test_closing_is_opening_received_consumed_and_adjusted(
    moves: list[tuple[MovementKind, int, bool]],
) -> None:
    """Movements in no column are the opening balance or cancel within the clinic."""
    columns = dict.fromkeys(Column, 0)
    balance = 0
    for kind, size, undone in moves:
        first = size * MOVEMENTS[kind].sign
        for change in (first, -first)[: 2 if undone else 1]:
            balance += change
            columns[MOVEMENTS[kind].column] += change
    opening, received = columns[Column.NONE], columns[Column.RECEIVED]
    assert balance == opening + received + columns[Column.CONSUMED] + columns[Column.ADJUSTED]
