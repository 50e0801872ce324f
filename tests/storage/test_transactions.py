"""All of it or none; an error from COMMIT means unknown, and a second try settles it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from inventory.domain.sentence import Refused
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.storage import sqlite_file
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from inventory.storage.sqlite_file import journal
from tests.ready_clinic import TODAY, ReadyClinic
from tests.storage.test_opening import address_of

ADD = text("INSERT INTO setting (scope, key, value) VALUES (0, :key, '1')")
COUNT = text("SELECT count(*) FROM setting")


def fail_commit(
    monkeypatch: pytest.MonkeyPatch, database: Database, *, after: bool, times: int = 1
) -> None:
    """The next COMMITs report an error, before or after they reached the disk."""
    dialect = database.engine.dialect
    commit: Callable[[Any], None] = dialect.do_commit
    left = [times]

    def failing(raw: Any) -> None:
        if left[0] == 0:
            return commit(raw)
        left[0] -= 1
        if after:
            commit(raw)
        raise dialect.loaded_dbapi.OperationalError("disk I/O error")

    monkeypatch.setattr(dialect, "do_commit", failing)


@pytest.mark.parametrize("after", [True, False], ids=["it was durable", "it was not"])
def test_a_commit_that_reports_an_error_is_done_exactly_once(
    clinic: ReadyClinic, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    clinic.receive(quantity=100)
    fail_commit(monkeypatch, clinic.database, after=after)
    done = clinic.dispense(quantity=10)
    assert done.again is after
    assert [(taken.lot, taken.quantity) for taken in done.taken] == [("A1", 10)]
    assert clinic.on_hand() == 90
    assert clinic.documents() == ["GRN-2026-00001", "DSP-2026-00001"]
    assert clinic.check() == []


def test_a_commit_that_never_answers_is_said_to_be_uncertain(
    clinic: ReadyClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.receive(quantity=100)
    fail_commit(monkeypatch, clinic.database, after=True, times=2)
    with pytest.raises(Refused, match="not certain that this was saved"):
        clinic.dispense(quantity=10, request="one press")
    again = clinic.dispense(quantity=10, request="one press")
    assert again.again
    assert clinic.on_hand() == 90


def test_a_fault_before_the_commit_is_not_tried_again(
    clinic: ReadyClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(connection: Connection, _stamp: object) -> None:
        calls.append(1)
        connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(Exception, match="nowhere"):
        clinic.act(broken)
    assert len(calls) == 1


def test_what_is_refused_half_way_leaves_nothing(clinic: ReadyClinic) -> None:
    def half(connection: Connection, _stamp: object) -> None:
        connection.execute(ADD, {"key": "x"})
        raise Refused("No.")

    with pytest.raises(Refused, match=r"^No\.$"):
        clinic.act(half)
    assert clinic.value("SELECT count(*) FROM setting") == 0


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.read() as reader:
        assert reader.scalar(COUNT) == 0
        with database.write() as writer:
            writer.execute(ADD, {"key": "x"})
        assert reader.scalar(COUNT) == 0
    with database.read() as reader:
        assert reader.scalar(COUNT) == 1


def test_a_second_writer_waits(clinic: ReadyClinic) -> None:
    """The lock is taken before anything is read, so nothing is sold twice."""
    clinic.receive(quantity=10)
    inside, go_on = threading.Event(), threading.Event()
    order = DispenseOrder((DispenseLine(clinic.items["AMOX"], 10),), TODAY)
    said: list[str] = []

    def slow(connection: Connection, stamp: Any, order: DispenseOrder) -> None:
        dispense(connection, stamp, order)
        inside.set()
        assert go_on.wait(20)

    def second() -> None:
        try:
            other.act(dispense, second_stamp, order)
        except Refused as refusal:
            said.append(str(refusal))

    other = open_database(address_of(clinic.database))
    clinic.last = "second"
    second_stamp = clinic.stamp()
    first = threading.Thread(target=lambda: clinic.act(slow, order, request="first"))
    late = threading.Thread(target=second)
    first.start()
    assert inside.wait(20)
    late.start()
    late.join(0.2)
    assert late.is_alive(), "the second writer did not wait"
    go_on.set()
    first.join(20)
    late.join(20)
    other.close()
    assert said == ["Only 0 Item AMOX can be dispensed here; 10 were asked for."]
    assert clinic.check() == []


def test_a_database_in_use_is_said_to_be(
    file_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = sqlite_file.PRAGMAS
    short = tuple(p.replace("10000", "10") for p in patient)
    monkeypatch.setattr(sqlite_file, "PRAGMAS", short)
    other = open_database(file_database.address)
    with file_database.write() as connection:
        connection.execute(ADD, {"key": "x"})
        with pytest.raises(Refused, match=r"Another program is using amana\.db"), other.write():
            pass
    other.close()


def dispense_until_refused(clinic: ReadyClinic, words: str) -> int:
    """How many dispensings were acknowledged before the refusal with these words."""
    said, done = "", 0
    while not said:
        try:
            clinic.dispense(quantity=1)
            done += 1
        except Refused as refusal:
            said = str(refusal)
    assert words in said
    return done


def test_a_full_disk_loses_nothing(file_clinic: ReadyClinic) -> None:
    file_clinic.receive(quantity=10**6)
    with file_clinic.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    raw = file_clinic.database.engine.raw_connection()
    raw.driver_connection.execute(f"PRAGMA max_page_count={pages + 2}")
    raw.close()
    done = dispense_until_refused(file_clinic, "The disk is full")
    assert done > 0
    assert file_clinic.on_hand() == 10**6 - done
    assert len(file_clinic.documents()) == done + 1
    assert file_clinic.check() == []
    raw = file_clinic.database.engine.raw_connection()
    raw.driver_connection.execute("PRAGMA max_page_count=1000000")
    raw.close()
    assert file_clinic.dispense(quantity=1).number == f"DSP-2026-{done + 1:05d}"


def test_a_server_desk_that_sleeps_gives_the_lock_back(server_database: Database) -> None:
    with server_database.read() as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar()
                 for name in ("lock_timeout", "idle_in_transaction_session_timeout",
                              "transaction_isolation", "transaction_read_only")]  # fmt: skip
    assert shown == ["10s", "1min", "repeatable read", "on"]
    with server_database.write() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")), ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")), ((3, 45, 0), ("DELETE", "EXTRA")),
        ((3, 50, 7), ("WAL", "FULL")), ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")), ((3, 53, 4), ("WAL", "FULL")),
    ],
)  # fmt: skip
def test_an_sqlite_that_damages_wal_files_is_not_given_one(
    version: tuple[int, ...], mode: tuple[str, str]
) -> None:
    assert journal(version) == mode


def test_a_fault_of_our_own_is_not_dressed_up(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught, database.read() as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(caught.value, Refused)
    assert isinstance(caught.value, OperationalError) is database.is_file
