"""What was used, days without stock, and averages: also when entries come late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from inventory.domain.consumption import average
from inventory.domain.status import Status
from inventory.queries.usage import ItemUse, use_of_items
from inventory.services.adjusting import adjust, change_status, move_place
from tests.ready_clinic import TODAY, ReadyClinic

FIRST = date(2026, 8, 1)


def use(clinic: ReadyClinic, code: str = "AMOX", months: int = 3) -> ItemUse:
    item = clinic.items[code]
    every = clinic.ask(use_of_items, clinic.id, clinic.today, months)
    one = clinic.ask(use_of_items, clinic.id, clinic.today, months, item)
    assert one == {item: every[item]}
    return every[item]


def days_out(clinic: ReadyClinic, code: str = "AMOX") -> list[int | None]:
    return [m.days_out if m else None for m in use(clinic, code).months]


def consumed(clinic: ReadyClinic, code: str = "AMOX") -> list[int | None]:
    return [m.consumed if m else None for m in use(clinic, code).months]


def on(clinic: ReadyClinic, month: int, day: int) -> ReadyClinic:
    clinic.today = date(2026, month, day)
    return clinic


def figures(clinic: ReadyClinic) -> tuple[int, int, int, int, int]:
    row = use(clinic)
    return row.opening, row.received, row.consumed, row.adjusted, row.closing


def test_the_worked_example(clinic: ReadyClinic) -> None:
    """Three months of 3,100, 1,400 and 3,000 with 14 days out in the second: 2,951.6 a month."""
    on(clinic, 1, 1).receive("PARA", 4500, lot="P1")
    clinic.dispense("PARA", 3100, on=date(2026, 1, 1))
    on(clinic, 2, 14).dispense("PARA", 1400)
    on(clinic, 2, 28).receive("PARA", 9200, lot="P2")
    on(clinic, 3, 15).dispense("PARA", 3000)
    clinic.today = date(2026, 4, 20)
    row = use(clinic, "PARA")
    assert [(m.consumed, m.days_out) for m in row.months if m] == [(3100, 0), (1400, 14), (3000, 0)]
    amc = average(row.months)
    assert (round(float(amc.value), 1), amc.rounded) == (2951.6, 2952)
    assert (row.opening, row.received, row.closing, row.adjusted) == (0, 13_700, 6200, 0)


def test_only_what_patients_got_is_consumption(clinic: ReadyClinic) -> None:
    on(clinic, 8, 1).receive(quantity=1000)
    on(clinic, 9, 5).dispense(quantity=100)
    clinic.act(adjust, clinic.held(), -50, "THEFT")
    clinic.act(adjust, clinic.held(), 20, "COUNT_GAIN")
    clinic.act(move_place, clinic.held(quantity=200), clinic.places()[1])
    clinic.act(change_status, [clinic.held(quantity=30)], Status.QUARANTINED, "RECALL")
    clinic.today = TODAY
    assert consumed(clinic) == [0, 100, 0]
    assert figures(clinic) == (0, 1000, 100, -60, 840)


def test_days_out_are_days_that_closed_with_nothing(clinic: ReadyClinic) -> None:
    on(clinic, 8, 1).receive(quantity=10)
    on(clinic, 9, 10).dispense(quantity=10)
    on(clinic, 9, 20).receive(quantity=10)
    on(clinic, 9, 20).dispense(quantity=10)
    on(clinic, 10, 1).receive(quantity=10)
    clinic.today = TODAY
    assert days_out(clinic) == [0, 21, 0]


def test_a_batch_that_expires_on_the_shelf_is_out_of_stock(clinic: ReadyClinic) -> None:
    on(clinic, 8, 1).receive(quantity=10, expiry="2026-09-20")
    clinic.today = TODAY
    assert days_out(clinic) == [0, 10, 31]
    assert figures(clinic) == (0, 10, 0, -10, 0)


def test_a_month_before_the_first_record_is_no_month(clinic: ReadyClinic) -> None:
    on(clinic, 9, 16).receive(quantity=10)
    clinic.today = TODAY
    assert days_out(clinic) == [None, 15, 0]
    assert average(use(clinic).months).months_missing == 1


def test_late_entries_run_the_balances_again(clinic: ReadyClinic) -> None:
    on(clinic, 8, 1).receive(quantity=10)
    on(clinic, 11, 2)
    clinic.dispense(quantity=10, on=date(2026, 9, 1))
    assert days_out(clinic) == [0, 30, 31]
    clinic.receive(quantity=40, lot="B1", on=date(2026, 10, 11))
    assert days_out(clinic) == [0, 30, 10]
    clinic.dispense(quantity=40, on=date(2026, 10, 20))
    assert days_out(clinic) == [0, 30, 22]
    assert consumed(clinic) == [0, 10, 40]
    clinic.receive(quantity=5, lot="C1", on=date(2026, 6, 1))
    assert days_out(clinic) == [0, 0, 0]
    assert clinic.check() == []


def test_a_late_entry_may_come_before_the_first(clinic: ReadyClinic) -> None:
    on(clinic, 10, 5).receive(quantity=10)
    clinic.today = TODAY
    assert days_out(clinic) == [None, None, 4]
    clinic.receive(quantity=10, lot="B1", on=date(2026, 8, 11))
    assert days_out(clinic) == [10, 0, 0]


def test_a_month_reported_on_paper_stands_as_reported(clinic: ReadyClinic) -> None:
    with clinic.database.write() as connection:
        connection.execute(
            text("INSERT INTO reported_month (clinic_id, item_id, month, opening, received,"
                 " consumed, adjusted, closing, days_out)"
                 " VALUES (:c, :i, '2026-08', 50, 200, 180, -10, 60, 4)"),
            {"c": clinic.id, "i": clinic.items["AMOX"]},
        )  # fmt: skip
    assert consumed(clinic) == [180, None, None]
    on(clinic, 9, 1).receive(quantity=500)
    on(clinic, 9, 20).dispense(quantity=120)
    clinic.today = TODAY
    row = use(clinic)
    assert [(m.consumed, m.days_out) for m in row.months if m] == [(180, 4), (120, 0), (0, 0)]
    assert (row.opening, row.received, row.consumed, row.closing) == (50, 700, 300, 380)


def test_a_longer_window_looks_further_back(clinic: ReadyClinic) -> None:
    on(clinic, 1, 1).receive(quantity=10_000)
    for month in range(1, 11):
        on(clinic, month, 15).dispense(quantity=month)
    clinic.today = TODAY
    assert [m.consumed for m in use(clinic, months=6).months if m] == [5, 6, 7, 8, 9, 10]
    assert use(clinic, months=6).opening == 10_000 - 10


def test_the_last_day_on_record_is_the_anchor(clinic: ReadyClinic) -> None:
    """Balances are walked back from the stock as it is, also when an earlier day is asked for."""
    on(clinic, 8, 1).receive(quantity=10)
    on(clinic, 10, 10).dispense(quantity=10)
    clinic.today = date(2026, 10, 5)
    assert [m.days_out for m in use(clinic).months if m] == [0, 0]
    assert use(clinic).closing == 10


@pytest.mark.parametrize("gap", [1, 5, 40])
def test_every_day_is_counted_once(clinic: ReadyClinic, gap: int) -> None:
    """Stock for one day, then none for `gap` days, again and again."""
    day, out, end = FIRST, set(), date(2026, 10, 31)
    while day <= end:
        clinic.today = day
        number = clinic.receive(quantity=1, lot=f"L{day}").number
        assert number
        clinic.today = day + timedelta(days=1)
        clinic.dispense(quantity=1)
        out |= {day + timedelta(days=n) for n in range(1, gap + 1)}
        day += timedelta(days=gap + 1)
    clinic.today = TODAY
    expected = [len({d for d in out if d.month == month and d <= end}) for month in (8, 9, 10)]
    assert days_out(clinic) == expected
