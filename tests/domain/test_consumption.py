"""Average monthly consumption, against the worked examples."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.consumption import (
    METHOD,
    MonthUse,
    average,
    day_exact,
    naive,
    open_msupply,
    openlmis,
)
from inventory.domain.months import Month
from inventory.domain.rounding import half_up


def use(month: int, consumed: int, days_out: int = 0) -> MonthUse:
    when = Month(2026, month)
    return MonthUse(when, consumed, days_out, when.days)


PARACETAMOL = (use(1, 3100), use(2, 1400, 14), use(3, 3000))


def test_mds3_pools_the_months_and_takes_off_the_days_out() -> None:
    amc = average(PARACETAMOL)
    assert amc.value == Fraction(7500) / (3 - Fraction(14) / Fraction(61, 2))
    assert f"{float(amc.value):.1f}" == "2951.6"
    assert amc.rounded == 2952
    assert (amc.months_counted, amc.days_out, amc.days_with_stock, amc.days) == (3, 14, 76, 90)
    assert (amc.consumed, amc.method, amc.reliable) == (7500, METHOD, True)


@pytest.mark.parametrize(
    ("consumed", "days_out", "printed"),
    [
        (7500, 14, 2952),
        (3360, 0, 1120),
        (7410, 0, 2470),
        (286, 9, 106),
        (74, 6, 26),
        (11240, 0, 3747),
        (2480, 0, 827),
        (1394, 4, 486),
        (1286, 0, 429),
    ],
)
def test_the_averages_of_a_printed_form(consumed: int, days_out: int, printed: int) -> None:
    """Column P from C and X: C / (3 - X / 30.5), as a pencil does it."""
    assert average((use(8, consumed, days_out), use(9, 0), use(10, 0))).rounded == printed


def test_the_four_other_methods_give_four_other_answers() -> None:
    assert naive(PARACETAMOL) == 2500
    assert openlmis(PARACETAMOL) == 2909
    assert half_up(open_msupply(PARACETAMOL)) == 2968
    assert half_up(day_exact(PARACETAMOL)) == 3004


def test_the_other_methods_have_an_answer_to_nothing() -> None:
    out = (use(2, 7, 28),)
    assert (naive(()), openlmis(()), open_msupply(()), day_exact(())) == (0, 0, 0, 0)
    assert openlmis((use(1, 7, 31),)) == 7
    assert open_msupply(out) == 7
    assert day_exact(out) == 0


def test_a_month_without_a_report_is_not_a_zero() -> None:
    amc = average((use(1, 3100), None, use(3, 2900)))
    assert amc.rounded == 3000
    assert (amc.months_counted, amc.months_missing, amc.months_out) == (2, 1, 0)
    assert amc.reliable


def test_a_month_wholly_out_of_stock_is_not_a_zero() -> None:
    amc = average((use(1, 3100), use(2, 0, 28), use(3, 2900)))
    assert amc.rounded == 3000
    assert (amc.months_counted, amc.months_out, amc.days_out) == (2, 1, 0)


def test_a_whole_window_out_of_stock_is_an_average_of_nothing() -> None:
    amc = average((use(1, 0, 31), use(2, 0, 28), use(3, 0, 31)))
    assert (amc.value, amc.rounded, amc.months_counted, amc.months_out) == (0, 0, 0, 3)
    assert not amc.reliable


def test_no_history_is_an_average_of_nothing() -> None:
    for uses in ((), (None, None, None)):
        amc = average(uses)
        assert (amc.rounded, amc.months_counted, amc.reliable) == (0, 0, False)


def test_used_at_all_is_at_least_one() -> None:
    assert average((use(1, 1), use(2, 0), use(3, 0))).rounded == 1


def test_more_taken_back_than_given_out_is_nothing() -> None:
    assert average((use(1, -5), use(2, 2))).value == 0


@pytest.mark.parametrize(("days_out", "reliable"), [(15, True), (16, False), (30, False)])
def test_stock_on_fewer_than_half_of_the_days_is_unreliable(days_out: int, reliable: bool) -> None:
    assert average((use(1, 100, days_out),)).reliable is reliable


USES = st.lists(
    st.none()
    | st.builds(
        use, month=st.integers(1, 12), consumed=st.integers(0, 10**6), days_out=st.integers(0, 31)
    ),
    max_size=12,
)


@given(USES)
def test_the_average_is_never_below_the_plain_one(uses: list[MonthUse | None]) -> None:
    amc = average(uses)
    counted = [u for u in uses if u is not None and not u.wholly_out]
    assert amc.value >= naive(counted)
    assert amc.months_counted + amc.months_out + amc.months_missing == len(uses)
    assert amc.days_with_stock + amc.days_out == sum(u.days for u in counted)
    assert abs(amc.rounded - amc.value) <= (1 if 0 < amc.value < 1 else Fraction(1, 2))


@given(USES, st.integers(1, 12))
def test_a_day_more_out_of_stock_never_lowers_the_average(
    uses: list[MonthUse | None], month: int
) -> None:
    some, more = use(month, 500, 10), use(month, 500, 11)
    assert average([*uses, some]).value <= average([*uses, more]).value


@given(USES)
def test_the_order_of_months_does_not_matter(uses: list[MonthUse | None]) -> None:
    assert average(uses) == average(uses[::-1])
