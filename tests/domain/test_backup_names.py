"""Which backups stay: hours, days and months, by the order in which they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.backup_names import DAILY, HOURLY, MONTHLY, BackupName, keep, next_name

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MARK = "0a1b2c3d"


def named(*hours: float) -> list[BackupName]:
    """Backups in the order of making, so many hours after the beginning of the year."""
    return [
        BackupName(MARK, number, BEGIN + timedelta(hours=hour))
        for number, hour in enumerate(hours, start=1)
    ]


def test_a_name_says_nothing_but_mark_number_and_time() -> None:
    name = BackupName(MARK, 42, datetime(2026, 11, 21, 14, 0, 5, tzinfo=UTC))
    assert name.text == "0a1b2c3d-000042-20261121T140005Z.amana"
    assert BackupName.read(name.text) == name


@pytest.mark.parametrize(
    "text",
    ["", "a.amana", "0a1b2c3d-000042-20261321T140005Z.amana", "0a1b2c3d-42-20261121T140005Z.amana",
     "0a1b2c3d-000042-20261121T140005Z.amana.part", "../0a1b2c3d-000042-20261121T140005Z.amana"],
)  # fmt: skip
def test_other_files_are_left_alone(text: str) -> None:
    assert BackupName.read(text) is None


def test_a_year_of_hourly_backups_keeps_hours_days_and_months() -> None:
    kept = keep(named(*(day * 24 + hour for day in range(365) for hour in range(8, 18))))
    assert HOURLY + DAILY + MONTHLY - 8 <= len(kept) <= HOURLY + DAILY + MONTHLY
    days = sorted({name.made.date() for name in kept})
    assert len({(day.year, day.month) for day in days}) == 12


def test_a_month_of_sleep_costs_no_hour() -> None:
    names = named(*range(24), 24 * 40)
    assert set(names[1:]) <= keep(names)


def test_a_clock_that_was_ahead_does_not_push_out_today() -> None:
    ahead = [24 * 365 + hour for hour in range(30)]
    names = named(*ahead, 10, 11, 12)
    assert set(names[-3:]) <= keep(names)


@given(st.lists(st.floats(0, 24 * 900), min_size=1, max_size=120))
def test_the_newest_always_stays_and_never_too_many(hours: list[float]) -> None:
    names = named(*hours)
    kept = keep(names)
    assert names[-1] in kept
    assert len(kept) <= HOURLY + DAILY + MONTHLY
    assert keep(kept) == kept


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=60))
def test_one_after_the_other_whatever_the_clock_says(clock: list[int]) -> None:
    there: frozenset[BackupName] = frozenset()
    for now in clock:
        new = next_name(MARK, there, now)
        there = keep([*there, new])
        assert new in there
        assert new == max(there)
