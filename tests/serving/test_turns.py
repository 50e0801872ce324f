"""Desks that want to write in the same clinic get their turn in the order in which they came."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Connection

from inventory.domain.sentence import Refused
from inventory.services import ledger
from inventory.storage.database import Database
from tests.ready_clinic import ReadyClinic, furnish

LONG_S = 30
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def shared(server_database: Database) -> ReadyClinic:
    return furnish(server_database)


def _waiting(connection: Connection) -> int:
    return int(connection.exec_driver_sql(WAITING).scalar_one())


def _until_waiting(database: Database, number: int) -> None:
    pause = threading.Event()
    for _ in range(LONG_S * 100):
        with database.read() as connection:
            if _waiting(connection) == number:
                return
        pause.wait(0.01)
    raise AssertionError(f"{number} desks should be waiting")


def test_first_come_first_served(shared: ReadyClinic) -> None:
    served: list[int] = []

    def desk(number: int) -> None:
        with shared.database.write() as connection:
            ledger.begin(connection, shared.id)
            served.append(number)

    desks = [threading.Thread(target=desk, args=(number,)) for number in range(4)]
    with shared.database.write() as connection:
        ledger.begin(connection, shared.id)
        for number, one in enumerate(desks, start=1):
            one.start()
            _until_waiting(shared.database, number)
    for one in desks:
        one.join(LONG_S)
    assert served == [0, 1, 2, 3]


def test_who_waits_sees_what_was_written_meanwhile(shared: ReadyClinic) -> None:
    """The question was asked before the lock was given, the answer must be from after it."""
    seen: list[int] = []

    def desk() -> None:
        with shared.database.write() as connection:
            seen.append(ledger.begin(connection, shared.id).last_seq)

    with shared.database.write() as connection:
        stream = ledger.begin(connection, shared.id)
        other = threading.Thread(target=desk)
        other.start()
        _until_waiting(shared.database, 1)
        ledger.advance(connection, stream, shared.stamp(), 77, bytes(32))
    other.join(LONG_S)
    assert seen == [77]


def test_who_waits_too_long_is_told_that_another_desk_is_slow(shared: ReadyClinic) -> None:
    def impatient(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        ledger.begin(connection, shared.id)

    with shared.database.write() as connection:
        ledger.begin(connection, shared.id)
        with (
            pytest.raises(Refused, match="Another desk needed too long"),
            shared.database.write() as other,
        ):
            impatient(other)
