"""Security events share the chain of the movements: no word of them can be changed unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import LargeBinary, Text

from inventory.domain.security import TITLES, SecurityEvent
from inventory.queries.security import events
from inventory.services.security_log import record
from inventory.storage import tables
from tests.ready_clinic import ReadyClinic, furnish
from tests.services.tampering import tamper

COLUMNS = [column.name for column in tables.security_event.columns]


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    """An event at the beginning, between movements and before a document that moved nothing."""
    clinic.act(record, SecurityEvent.SIGNED_IN)
    clinic.receive(quantity=20)
    clinic.act(record, SecurityEvent.EXPORTED, {"file": "items.xlsx", "rows": 4}, second="Layla")
    clinic.dispense("PARA", 5, give_what_there_is=True)
    clinic.dispense(quantity=3)
    furnish(clinic.database, "Al-Salam")
    assert clinic.check() == []
    return clinic


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_noticed(busy: ReadyClinic, column: str) -> None:
    kind = tables.security_event.c[column].type
    new: object = 2 if column == "clinic_id" else 77
    if isinstance(kind, Text):
        new = "tampered"
    elif isinstance(kind, LargeBinary):
        new = bytes(32)
    tamper(busy.database, f'UPDATE security_event SET "{column}" = :new WHERE seq = 3', new=new)
    assert busy.check()


@pytest.mark.parametrize("seq", [1, 3])
def test_an_event_cut_out_is_noticed(busy: ReadyClinic, seq: int) -> None:
    tamper(busy.database, f"DELETE FROM security_event WHERE seq = {seq}")
    assert any(f"entries {seq} to {seq} are missing" in problem for problem in busy.check())


def test_the_last_event_cut_off_is_noticed(busy: ReadyClinic) -> None:
    busy.act(record, SecurityEvent.SIGNED_OUT)
    tamper(busy.database, "DELETE FROM security_event WHERE kind = 'signed_out'")
    assert "Al-Zuhoor: the end of the ledger is not where it was left; 4 entries are there, " \
           "5 were written." in busy.check()  # fmt: skip


def test_the_log_is_read_newest_first(busy: ReadyClinic) -> None:
    told = busy.ask(events, busy.id)
    assert [row.event for row in told] == [SecurityEvent.EXPORTED, SecurityEvent.SIGNED_IN]
    assert told[0].says == {"file": "items.xlsx", "rows": 4}
    assert (told[0].user, told[0].second) == ("pharmacist", "Layla")
    assert busy.ask(events, kinds=[SecurityEvent.SIGNED_IN], most=1) == told[1:]
    assert busy.ask(events, busy.id, since=told[0].recorded_at) == told[:1]


def test_every_event_has_a_title() -> None:
    assert TITLES.keys() == set(SecurityEvent)
