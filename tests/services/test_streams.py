"""A ledger goes on in a new stream: in one chain, and no number of a paper comes twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from inventory.domain.security import SecurityEvent
from inventory.domain.stamp import Stamp
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.streams import StreamReason, open_next
from tests.ready_clinic import ReadyClinic
from tests.services.tampering import tamper


def go_on(clinic: ReadyClinic, **more: Any) -> str:
    def act(connection: Any, stamp: Stamp) -> str:
        return open_next(connection, clinic.id, stamp, StreamReason.COPY, **more)

    act.unguarded = "a test"  # type: ignore[attr-defined]
    return clinic.act(act)


def test_the_ledger_goes_on(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 500)
    clinic.dispense("AMOX", 30)
    go_on(clinic)
    assert clinic.check() == []
    clinic.dispense("AMOX", 20)
    assert clinic.on_hand("AMOX") == 450
    clinic.reverse(clinic.documents()[1])
    go_on(clinic)
    clinic.receive("AMOX", 100, "A2")
    assert clinic.check() == []
    assert clinic.value("SELECT count(*) FROM stream") == 3
    assert clinic.value("SELECT count(*) FROM stream WHERE open = 1") == 1


def test_a_clinic_without_entries_goes_on_too(clinic: ReadyClinic) -> None:
    go_on(clinic, leap=True)
    clinic.receive("AMOX", 500)
    assert clinic.check() == []


def test_numbers_leap_beyond_what_may_be_lost(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 500)
    clinic.dispense("AMOX", 30)
    go_on(clinic, leap=True, event=SecurityEvent.RESTORED)
    assert clinic.dispense("AMOX", 20).number == "DSP-2026-01000"
    assert clinic.receive("AMOX", 20, "A2").number == "GRN-2026-01000"
    assert clinic.check() == []
    clinic.today += timedelta(days=20)
    go_on(clinic, leap=True, event=SecurityEvent.RESTORED)
    assert clinic.dispense("AMOX", 20).number == "DSP-2026-07000"
    assert clinic.check() == []


def test_the_clock_of_the_old_stream_still_counts(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 500)
    go_on(clinic)
    day = clinic.today
    clinic.today -= timedelta(days=30)
    number = clinic.dispense("AMOX", 20).number
    there = clinic.value("SELECT happened_on FROM document WHERE number = :number", number=number)
    assert there == day.isoformat()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stream SET parent_seq = parent_seq - 1 WHERE parent_uid <> ''",
        "UPDATE stream SET parent_uid = 'f00' WHERE parent_uid <> ''",
        "UPDATE stream SET open = 0",
        "DELETE FROM number_counter WHERE prefix = 'ADJ'",
        "UPDATE number_counter SET last = 2000 WHERE prefix = 'ADJ'",
        "UPDATE security_event SET says = replace(says, '999', '998')",
    ],
)
def test_somebody_who_bends_a_stream_is_noticed(file_clinic: ReadyClinic, change: str) -> None:
    file_clinic.receive("AMOX", 500)
    go_on(file_clinic, leap=True)
    assert file_clinic.check() == []
    tamper(file_clinic.database, change)
    assert file_clinic.check()


def test_the_first_stream_cannot_be_cut_away(file_clinic: ReadyClinic) -> None:
    file_clinic.receive("AMOX", 500)
    go_on(file_clinic)
    first = "(SELECT min(id) FROM stream)"
    tamper(
        file_clinic.database,
        f"DELETE FROM movement WHERE stream_id = {first}",
        f"DELETE FROM document WHERE stream_id = {first}",
        f"DELETE FROM stream WHERE id = {first}",
    )
    assert file_clinic.check()


def test_clinics_of_one_database_go_on_for_themselves(clinic: ReadyClinic) -> None:
    with clinic.database.write() as connection:
        second = add_clinic(connection, NewClinic("Second"), clinic.today, clinic.now)
    other = ReadyClinic(clinic.database, second, clinic.items)
    clinic.receive("AMOX", 500)
    go_on(clinic, leap=True)
    assert other.receive("AMOX", 500).number == "GRN-2026-00001"
    assert clinic.dispense("AMOX", 5).number == "DSP-2026-01000"
    assert clinic.check() == []
