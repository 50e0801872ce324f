"""A clock set back is flagged, never obeyed."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.sentence import Refused
from inventory.queries.orders import order_by_id, order_lines
from inventory.services.ordering import open_draft, print_order
from tests.ready_clinic import TODAY, ReadyClinic

LONG_AGO = date(2019, 1, 1)
FLAGS = "SELECT sum(clock_back) FROM movement"


def test_a_clock_set_back_is_flagged(clinic: ReadyClinic) -> None:
    clinic.receive()
    assert clinic.value(FLAGS) == 0
    clinic.today = LONG_AGO
    done = clinic.dispense()
    assert clinic.value(FLAGS) == 1
    assert done.number == "DSP-2026-00001"
    assert clinic.value("SELECT happened_on FROM document ORDER BY id DESC LIMIT 1") == "2026-11-22"
    assert clinic.check() == []


def test_a_clock_that_runs_backwards_within_a_day_is_flagged(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.now -= 3_600_000
    clinic.dispense()
    assert clinic.value(FLAGS) == 1
    assert clinic.value("SELECT last_recorded_at FROM stream") == clinic.value(
        "SELECT max(recorded_at) FROM movement"
    )


def test_expired_stock_does_not_come_back_to_life(clinic: ReadyClinic) -> None:
    clinic.receive(expiry="2026-10", on=date(2026, 9, 1))
    clinic.receive(lot="B1", quantity=5)
    clinic.today = date(2026, 9, 15)
    done = clinic.dispense(quantity=5)
    assert [taken.lot for taken in done.taken] == ["B1"]
    with pytest.raises(Refused, match="Only 0 Item AMOX"):
        clinic.dispense(quantity=1)


def test_what_arrives_is_judged_by_the_last_day_on_record(clinic: ReadyClinic) -> None:
    clinic.receive("PARA", lot="P1")
    clinic.today = LONG_AGO
    done = clinic.receive(expiry="2026-10")
    assert "goes to quarantine" in str(done.warnings[0])


def test_the_future_of_the_last_day_on_record_counts(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.today = LONG_AGO
    clinic.dispense(on=TODAY)
    with pytest.raises(Refused, match="has not come yet"):
        clinic.dispense(on=date(2026, 11, 23))


def test_a_back_dated_entry_is_no_fault_of_the_clock(clinic: ReadyClinic) -> None:
    clinic.receive(on=date(2026, 11, 1))
    clinic.dispense(on=date(2026, 11, 19))
    assert clinic.value(FLAGS) == 0


def test_numbers_follow_the_year_of_the_ledger(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.today = date(2027, 1, 3)
    assert clinic.dispense(on=date(2026, 12, 31)).number == "DSP-2027-00001"
    clinic.today = LONG_AGO
    assert clinic.dispense().number == "DSP-2027-00002"
    assert clinic.check() == []


def test_an_order_is_made_for_the_last_day_on_record(clinic: ReadyClinic) -> None:
    clinic.today = date(2026, 8, 1)
    clinic.receive(quantity=500)
    for month in (8, 9, 10):
        clinic.today = date(2026, month, 20)
        clinic.dispense(quantity=150)
    clinic.today = TODAY
    clinic.receive("PARA", lot="P1")
    clinic.today = LONG_AGO
    order = clinic.act(open_draft)
    clinic.act(print_order, order)
    row = clinic.ask(order_by_id, order)
    assert (row.made_on, row.period_start, row.number) == (TODAY, date(2026, 8, 1),
                                                           "ORD-2026-00001")  # fmt: skip
    assert [line.packs for line in clinic.ask(order_lines, order)] == [4]
