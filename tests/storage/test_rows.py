"""A copied database is the same to the last hash, from either engine to either."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from inventory.domain.security import SecurityEvent
from inventory.domain.visit import Visit
from inventory.services import security_log
from inventory.services.checking import check
from inventory.services.clinics import NewClinic, add_clinic
from inventory.storage import rows
from inventory.storage.database import Database
from inventory.storage.opening import create_database
from tests.ready_clinic import ReadyClinic, furnish


def work(clinic: ReadyClinic) -> None:
    """Receipts, dispensings, a reversal, an event: something in most tables."""
    clinic.receive("AMOX", 500)
    clinic.receive("PARA", 3000, "P7", "2029-01-31", supplier="UNICEF")
    clinic.dispense("AMOX", 21, visit=Visit(number="0042", sex="female"))
    clinic.reverse(clinic.dispense("PARA", 40).number)
    clinic.act(security_log.record, SecurityEvent.EXPORTED, {"what": "items"})


def copy(source: Database, target: Database) -> None:
    with source.read() as here, target.write() as there:
        for table in rows.tables_in_order():
            written = rows.write_rows(there, table, rows.rows_of(here, table))
            assert written == rows.count_of(here, table)
        rows.settle(there)


def everything(database: Database) -> dict[str, list[rows.Row]]:
    with database.read() as connection:
        return {table: list(rows.rows_of(connection, table)) for table in rows.tables_in_order()}


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Database]:
    """A second, empty database on the engine that is asked for."""

    def make(engine: str) -> Database:
        if engine == "sqlite":
            database = create_database(tmp_path / "copy.db")
        else:
            database = create_database(request.getfixturevalue("postgres_address"))
        request.addfinalizer(database.close)
        return database

    return make


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_copy_is_the_same_and_works_on(
    clinic: ReadyClinic, empty: Callable[[str], Database], engine: str
) -> None:
    work(clinic)
    target = empty(engine)
    copy(clinic.database, target)
    assert everything(target) == everything(clinic.database)
    there = ReadyClinic(target, clinic.id, clinic.items, now=clinic.now)
    with target.read() as connection:
        assert check(connection) == []
    there.receive("GLOV", 100, "G1")
    there.dispense("AMOX", 5)
    with target.write() as connection:
        assert add_clinic(connection, NewClinic("Second"), there.today, there.now) > clinic.id
    assert there.check() == []


def test_every_table_comes_after_those_it_names() -> None:
    order = rows.tables_in_order()
    for name in order:
        for key in rows._table(name).foreign_keys:
            if key.column.table.name != name:
                assert order.index(key.column.table.name) < order.index(name)


def test_bytes_are_known() -> None:
    assert rows.bytes_of("movement") == {"previous_hash", "hash"}
    assert rows.bytes_of("clinic") == frozenset()


def test_a_row_the_guards_refuse_is_a_fault_of_the_database(database: Database) -> None:
    furnish(database)
    with pytest.raises(DBAPIError), database.write() as connection:
        rows.write_rows(connection, "place", [(90, "u", 12345, "Nowhere", 0, 1)])
    with pytest.raises(DBAPIError), database.write() as connection:
        rows.write_rows(connection, "setting", [(0, "key", None)])
