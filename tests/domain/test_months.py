"""Months in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.months import Month, window
from inventory.domain.sentence import Refused

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_month(day: date) -> None:
    month = Month.of(day)
    assert month.first_day <= day <= month.last_day
    assert (month.last_day - month.first_day).days + 1 == month.days
    assert Month.from_iso(month.iso) == month


@given(DAYS, st.integers(0, 400))
def test_going_on_and_back_returns(day: date, n: int) -> None:
    month = Month.of(day)
    assert month.next(n).before(n) == month
    assert month.next().first_day == month.last_day + timedelta(days=1)


def test_the_window_is_the_last_complete_months() -> None:
    assert [month.iso for month in window(date(2026, 11, 2), 3)] == [
        "2026-08",
        "2026-09",
        "2026-10",
    ]
    assert [month.iso for month in window(date(2026, 1, 31), 2)] == ["2025-11", "2025-12"]
    assert window(date(2026, 1, 31), 0) == ()


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "0000-01", "2026-1", "11/2026", "", "٢٠٢٦-١١"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="A month is written like 2026-11"):
        Month.from_iso(text)


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="no month 13"):
        Month(2026, 13)
