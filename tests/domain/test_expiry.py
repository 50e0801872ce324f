"""Expiry: precision, typing, and the life that is left."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.expiry import (
    Expiry,
    Precision,
    ShelfLifeRule,
    judge_shelf_life,
    parse_expiry,
)
from inventory.domain.sentence import Refused

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2016, 1, 1), date(2046, 12, 31))


def test_a_month_lasts_through_its_last_day() -> None:
    expiry = Expiry.of_month(2027, 3)
    assert expiry.last_day == date(2027, 3, 31)
    assert not expiry.expired_on(date(2027, 3, 31))
    assert expiry.expired_on(date(2027, 4, 1))


def test_a_month_of_a_leap_year_lasts_to_the_29th() -> None:
    assert Expiry.of_month(2024, 2).last_day == date(2024, 2, 29)
    assert Expiry.of_month(2027, 2).last_day == date(2027, 2, 28)


@given(DAYS)
def test_precision_is_kept_through_storage(day: date) -> None:
    for expiry in (Expiry.of_day(day), Expiry.of_month(day.year, day.month)):
        again = Expiry.from_iso(expiry.iso)
        assert again == expiry
        assert again.precision is expiry.precision
    assert len(Expiry.of_month(day.year, day.month).iso) == 7


@given(DAYS, st.integers(-400, 400))
def test_expired_exactly_from_the_day_after(last: date, days: int) -> None:
    expiry = Expiry.of_day(last)
    day = last + timedelta(days=days)
    assert expiry.days_left(day) == -days
    assert expiry.expired_on(day) == (days > 0)


@given(st.lists(DAYS, min_size=2, max_size=2))
def test_expiries_sort_by_their_last_day(days: list[date]) -> None:
    early, late = sorted(days)
    assert Expiry.of_day(early) <= Expiry.of_day(late)
    if late.month != early.month:
        assert Expiry.of_month(early.year, early.month) < Expiry.of_month(late.year, late.month)


@pytest.mark.parametrize("text", ["", "2027", "2027-13", "2027-02-29", "03/2027", "2027-3", "x"])
def test_stored_expiries_have_one_form(text: str) -> None:
    with pytest.raises(Refused, match="An expiry is written like 2027-03"):
        Expiry.from_iso(text)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("EXP 03/2027", "2027-03"),
        ("03-27", "2027-03"),
        ("0928", "2028-09"),
        ("09/28", "2028-09"),
        ("9.2028", "2028-09"),
        ("9/28", "2028-09"),
        ("092028", "2028-09"),
        ("2028-09", "2028-09"),
        ("300428", "2028-04-30"),
        ("30/04/2028", "2028-04-30"),
        ("30.4.28", "2028-04-30"),
        ("30042028", "2028-04-30"),
        ("20280430", "2028-04-30"),
        ("20042028", "2028-04-20"),
        ("2028-09-30", "2028-09-30"),
        ("00/09/2028", "2028-09"),
        ("٠٩/٢٠٢٨", "2028-09"),
        ("۳۰۰۴۲۸", "2028-04-30"),
        ("٣٠/٠٤/٢٠٢٨", "2028-04-30"),
        ("Mar 2027", "2027-03"),
        ("31 Mar 2027", "2027-03-31"),
        ("29/02/2028", "2028-02-29"),
        ("10/2026", "2026-10"),
    ],
)
def test_typed_expiries(typed: str, iso: str) -> None:
    assert parse_expiry(typed, TODAY).iso == iso


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the month and year like 09/2028, or the day too."),
        (
            "soon",
            "soon is not a date. Write the month and year like 09/2028, or the day too.",
        ),
        (
            "01/31/2025",
            "There is no month 31. Write the day, then the month, then the year.",
        ),
        ("1328", "There is no month 13. Write the day, then the month, then the year."),
        ("30/02/2028", "02/2028 has no day 30."),
        ("29/02/2027", "02/2027 has no day 29."),
        ("09/2099", "09/2099 cannot be right. Check the pack."),
        ("09/1928", "09/1928 cannot be right. Check the pack."),
        ("000000", "There is no month 0. Write the day, then the month, then the year."),
    ],
)
def test_impossible_expiries_say_why(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_expiry(typed, TODAY)
    assert str(refused.value) == said


@given(DAYS, st.sampled_from(["%d%m%y", "%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d%m%Y", "%Y%m%d"]))
def test_every_way_to_type_a_day_is_read(day: date, form: str) -> None:
    assert parse_expiry(day.strftime(form), TODAY) == Expiry(day, Precision.DAY)


@given(DAYS, st.sampled_from(["%m%y", "%m/%y", "%m.%Y", "%m-%Y", "%Y-%m", "%m%Y"]))
def test_every_way_to_type_a_month_is_read(day: date, form: str) -> None:
    assert parse_expiry(day.strftime(form), TODAY) == Expiry.of_month(day.year, day.month)


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(Refused):
        assert parse_expiry(text, TODAY).last_day.year >= 2000


def test_a_delivery_passes_by_months_and_fails_by_percent() -> None:
    """Made 31 Jan 2025, expires 31 Dec 2027, received 15 Mar 2026: 21.5 months, 61 % left."""
    expiry, made, today = Expiry.of_month(2027, 12), date(2025, 1, 31), date(2026, 3, 15)
    by_months = judge_shelf_life(expiry, made, today, ShelfLifeRule(Fraction(18), None))
    by_percent = judge_shelf_life(expiry, made, today, ShelfLifeRule(None, 75))
    either = judge_shelf_life(expiry, made, today, ShelfLifeRule(Fraction(18), 75))
    assert by_months.passes
    assert not by_percent.passes
    assert either.passes
    assert by_months.months_left.limit_denominator(2) == Fraction(43, 2)
    assert by_percent.percent_left is not None
    assert int(by_percent.percent_left) == 61


def test_without_the_day_it_was_made_only_months_count() -> None:
    expiry, today = Expiry.of_month(2027, 2), date(2026, 11, 22)
    life = judge_shelf_life(expiry, None, today, ShelfLifeRule(Fraction(12), 75))
    assert not life.passes
    assert life.percent_left is None
    assert not life.expired


def test_what_has_expired_passes_no_rule() -> None:
    life = judge_shelf_life(Expiry.of_month(2026, 10), None, TODAY, ShelfLifeRule())
    assert life.expired
    assert not life.passes


def test_no_rule_takes_anything_alive() -> None:
    assert judge_shelf_life(Expiry.of_day(TODAY), TODAY, TODAY, ShelfLifeRule()).passes
