"""Every batch is in exactly one window: expired, under 3 months, 3 to 6 months, later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.domain.expiry_windows import Window, Windows

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "window"),
    [
        (-400, Window.EXPIRED),
        (-1, Window.EXPIRED),
        (0, Window.UNDER_3_MONTHS),
        (91, Window.UNDER_3_MONTHS),
        (92, Window.UNDER_6_MONTHS),
        (182, Window.UNDER_6_MONTHS),
        (183, Window.LATER),
    ],
)
def test_the_edges_lie_where_months_of_30_days_and_a_bit_end(days: int, window: Window) -> None:
    expiry = Expiry.of_day(TODAY + timedelta(days=days))
    assert Windows.on(TODAY).of(expiry) is window


def test_a_month_lasts_to_its_last_day() -> None:
    windows = Windows.on(TODAY)
    assert windows.of(Expiry.of_month(2026, 11)) is Window.UNDER_3_MONTHS
    assert windows.of(Expiry.of_month(2026, 10)) is Window.EXPIRED


def test_without_an_expiry_it_is_far_away() -> None:
    assert Windows.on(TODAY).of(None) is Window.LATER


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-500, 1500))
def test_expired_agrees_with_the_expiry_itself(today: date, days: int) -> None:
    expiry = Expiry.of_day(today + timedelta(days=days))
    window = Windows.on(today).of(expiry)
    assert (window is Window.EXPIRED) == expiry.expired_on(today)
    assert (window is Window.UNDER_3_MONTHS) == (0 <= expiry.months_left(today) <= 3)
    assert (window is Window.UNDER_6_MONTHS) == (3 < expiry.months_left(today) <= 6)
