"""What the database itself refuses, whoever asks: changing a fact, dispensing what has expired."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.visit import Visit
from inventory.services.security_log import record
from inventory.storage.tables import FACTS
from tests.ready_clinic import ReadyClinic

COPY = """
INSERT INTO movement (clinic_id, stream_id, seq, uid, document_id, line, kind, item_id, lot_id,
  place_id, status, quantity, balance_after, happened_on, recorded_at, "user", previous_hash, hash)
SELECT clinic_id, stream_id, seq + 1000, 'another', document_id, line, :kind, item_id, lot_id,
  place_id, :status, :quantity, 5, :day, recorded_at, "user", previous_hash, hash
FROM movement ORDER BY seq LIMIT 1
"""


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    """A clinic with at least one row of every fact."""
    clinic.receive(quantity=10)
    clinic.dispense(quantity=15, visit=Visit(days=3), give_what_there_is=True)
    clinic.act(record, SecurityEvent.EXPORTED)
    return clinic


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_a_fact_is_never_changed_or_removed(busy: ReadyClinic, table: str, verb: str) -> None:
    column = busy.ask(lambda c: c.execute(text(f"SELECT * FROM {table}")).keys())
    name = next(iter(column))
    with pytest.raises(Refused, match="never changed"), busy.database.write() as connection:
        connection.execute(text(verb.format(table, name, name)))
    assert busy.value(f"SELECT count(*) FROM {table}") > 0


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_is_never_replaced(busy: ReadyClinic, table: str) -> None:
    """INSERT OR REPLACE deletes without a word where delete triggers are not recursive."""
    before = busy.ask(lambda c: c.execute(text(f"SELECT * FROM {table}")).all())
    sql = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    if not busy.database.is_file:
        sql = f"TRUNCATE {table} CASCADE"
    with pytest.raises(Refused, match="never changed"), busy.database.write() as connection:
        connection.execute(text(sql))
    assert busy.ask(lambda c: c.execute(text(f"SELECT * FROM {table}")).all()) == before


@pytest.mark.parametrize(
    ("kind", "status", "day"),
    [
        ("dispense", "usable", date(2028, 7, 1)),
        ("use", "usable", date(2028, 7, 1)),
        ("dispense", "quarantined", date(2026, 11, 22)),
        ("dispense", "expired", date(2026, 11, 22)),
        ("use", "recalled", date(2026, 11, 22)),
    ],
)
def test_the_database_dispenses_nothing_expired_or_held(
    busy: ReadyClinic, kind: str, status: str, day: date
) -> None:
    given = {"kind": kind, "status": status, "quantity": -5, "day": day.isoformat()}
    with pytest.raises(Refused, match="never dispensed"), busy.database.write() as connection:
        connection.execute(text(COPY), given)


@pytest.mark.parametrize(
    ("kind", "status", "day"),
    [("dispense", "usable", "2028-06-30"), ("loss", "expired", "2028-07-01")],
)
def test_the_last_day_of_use_and_losses_are_let_through(
    busy: ReadyClinic, kind: str, status: str, day: str
) -> None:
    with busy.database.write() as connection:
        connection.execute(text(COPY), {"kind": kind, "status": status, "quantity": -5, "day": day})
    assert busy.value("SELECT count(*) FROM movement WHERE uid = 'another'") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE stock SET quantity = -1",
        "INSERT INTO unmet_demand (document_id, item_id, quantity) SELECT document_id, item_id + 1,"
        " 0 FROM unmet_demand",
        "INSERT INTO barcode (code, item_id, pack_size) SELECT 'x', id, 0 FROM item",
        "INSERT INTO item_pack (item_id, size) SELECT id, 0 FROM item",
    ],
)
def test_impossible_quantities_are_refused(busy: ReadyClinic, sql: str) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), busy.database.write() as connection:
        connection.execute(text(sql))


def test_a_clinic_writes_to_one_stream_at_a_time(busy: ReadyClinic) -> None:
    from sqlalchemy.exc import IntegrityError

    sql = """
    INSERT INTO stream (uid, clinic_id, reason, head, last_day)
    SELECT 'second', clinic_id, 'clone', head, last_day FROM stream
    """
    with pytest.raises(IntegrityError), busy.database.write() as connection:
        connection.execute(text(sql))
