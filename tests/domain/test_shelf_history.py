"""Balances walked back from now, against a plain list of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.shelf_history import History

BEFORE = date(2026, 7, 31)
DAYS = st.lists(st.integers(-3, 4), min_size=1, max_size=60)


@given(st.integers(-1, 5), DAYS, st.data())
def test_as_a_list_of_days_has_it(start: int, changes: list[int], data: st.DataObject) -> None:
    """`changes[n]` is the net change of the day n + 1 days after BEFORE."""
    days = [BEFORE + timedelta(days=n) for n in range(len(changes) + 1)]
    closes = [start + sum(changes[:n]) for n in range(len(changes) + 1)]
    moved = [(day, change) for day, change in zip(days[1:], changes, strict=True) if change]
    history = History(closes[-1], days[-1], reversed(moved), BEFORE)

    for day, close in zip(days, closes, strict=True):
        assert history.at(day) == close
    assert history.at(days[-1] + timedelta(days=1)) == 0
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(changes))] * 2)))
    assert history.days_empty(days[first], days[last]) == sum(
        close <= 0 for close in closes[first : last + 1]
    )
    filled = [day for day, close in zip(days, closes, strict=True) if close > 0]
    since = history.empty_since()
    if closes[-1] > 0:
        assert since is None
    else:
        assert since == (max(filled) + timedelta(days=1) if filled else BEFORE)
