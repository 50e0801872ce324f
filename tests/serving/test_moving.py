"""From a file to a server and back: nothing is different, and there is never a second ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from inventory.command_line.serving import file_target
from inventory.domain.roles import Role
from inventory.domain.sentence import Refused
from inventory.services import moving
from inventory.services.checking import check
from inventory.services.moving import Target, move
from inventory.services.people import add_person
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from inventory.storage.rows import rows_of, tables_in_order
from tests.cable import cable
from tests.postgres import Postgres
from tests.ready_clinic import ReadyClinic, furnish
from tests.services.locked_clinic import RANA, entered_by, locked_clinic, stamp

HERE = ("setting", "stream", "security_event")


@pytest.fixture
def busy(database: Database) -> ReadyClinic:
    """A clinic with a history, on each engine in turn."""
    clinic = furnish(database)
    clinic.receive("AMOX", 500, "A1")
    clinic.receive("PARA", 9000, "P1")
    clinic.dispense("AMOX", 20)
    clinic.reverse(clinic.dispense("PARA", 30).number)
    return clinic


def _state(database: Database) -> dict[str, list[Any]]:
    with database.read() as connection:
        return {table: list(rows_of(connection, table)) for table in tables_in_order()}


def _target(clinic: ReadyClinic, postgres_address: str, folder: Path) -> Target:
    """The other engine."""
    if clinic.database.is_file:
        return Target(postgres_address, "the server")
    return Target(str(folder / "moved.db"), "moved.db")


def test_every_row_and_hash_is_the_same_and_work_goes_on(
    busy: ReadyClinic, postgres_address: str, tmp_path: Path
) -> None:
    before = _state(busy.database)
    head = busy.value("SELECT head FROM stream")
    target = _target(busy, postgres_address, tmp_path)
    done = move(busy.database, target, busy.stamp())
    assert (done.clinics, done.place) == (1, target.place)
    there = open_database(target.address)
    after = _state(there)
    for table in tables_in_order():
        if table not in HERE:
            assert after[table] == before[table], table
    assert after["setting"] == before["setting"]
    with there.read() as connection:
        assert check(connection) == []
        streams = connection.exec_driver_sql(
            "SELECT uid, parent_uid, reason, open, head FROM stream ORDER BY id").all()  # fmt: skip
    assert [(row.open, row.reason) for row in streams] == [(0, "install"), (1, "move")]
    assert streams[1].parent_uid == streams[0].uid
    assert bytes(streams[0].head) != bytes(head)  # the old chain ends in the entry of the move
    moved = ReadyClinic(there, busy.id, busy.items, now=busy.now)
    moved.dispense("AMOX", 5)
    moved.receive("GLOV", 10, "G1")
    assert moved.check() == []
    there.close()


def test_there_and_back_again(busy: ReadyClinic, postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as address:
        move(busy.database, Target(address, "the server"), busy.stamp())
        server = open_database(address)
        clinic = ReadyClinic(server, busy.id, busy.items, now=busy.now)
        clinic.dispense("AMOX", 1)
        path = tmp_path / "back.db"
        move(server, Target(str(path), path.name), clinic.stamp())
        server.close()
        back = open_database(path)
        assert ReadyClinic(back, busy.id, busy.items).on_hand("AMOX") == 479
        with back.read() as connection:
            assert check(connection) == []
        back.close()


def test_the_old_one_is_kept_and_says_where_the_data_went(
    busy: ReadyClinic, postgres_address: str, tmp_path: Path
) -> None:
    target = _target(busy, postgres_address, tmp_path)
    move(busy.database, target, busy.stamp())
    # A desk that had it open all the while.
    with pytest.raises(Refused, match=f"moved to {target.place}"):
        busy.dispense("AMOX", 1)
    old = open_database(busy.database.address)
    assert old.moved_to == target.place
    with pytest.raises(Refused, match="nothing is written"), old.write():
        pass
    with old.read() as connection:
        assert check(connection) == []
    with pytest.raises(Refused, match="moved to"):
        move(old, Target(str(tmp_path / "other.db"), "another place"), busy.stamp())
    old.close()
    assert not (tmp_path / "other.db").exists()


def test_a_locked_file_moves_into_a_locked_file(busy: ReadyClinic, tmp_path: Path) -> None:
    key, written = bytes(range(32)), []
    path = tmp_path / "locked.db"
    target = Target(str(path), path.name, key, lambda: written.append(path.exists()))
    move(busy.database, target, busy.stamp())
    assert written == [False]
    assert b"Al-Zuhoor" not in path.read_bytes()
    with pytest.raises(Refused):
        open_database(path)
    open_database(path, key=key).close()


class Cut(BaseException):
    """The program is killed here."""


def _after(step: int) -> Callable[..., Any]:
    """A stand-in for `write_rows` that is cut at the n-th table."""
    calls = 0
    real = moving.write_rows

    def cut(*args: Any, **more: Any) -> int:
        nonlocal calls
        calls += 1
        if calls == step:
            raise Cut
        return real(*args, **more)

    return cut


@pytest.mark.parametrize("step", [1, 9, 20])
def test_interrupted_while_copying_nothing_is_half_there(
    busy: ReadyClinic, postgres_address: str, tmp_path: Path, step: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = _target(busy, postgres_address, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(moving, "write_rows", _after(step))
        # Killed: not even the old one can be put right again.
        patch.setattr(moving, "stay", lambda connection, stamp: None)
        with pytest.raises(Cut):
            move(busy.database, target, busy.stamp())
    with pytest.raises(Refused):
        open_database(target.address)
    again = open_database(busy.database.address)
    assert again.moved_to == target.place
    clinic = ReadyClinic(again, busy.id, busy.items, now=busy.now)
    move(again, target, clinic.stamp())
    there = open_database(target.address)
    with there.read() as connection:
        assert check(connection) == []
    there.close()
    again.close()


def test_cut_at_the_very_end_there_is_still_one_ledger(
    busy: ReadyClinic, postgres_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrived, and the program was killed before it knew."""
    target = _target(busy, postgres_address, tmp_path)
    real = moving.create_database

    def cut(*args: Any, **more: Any) -> Database:
        real(*args, **more).close()
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(moving, "create_database", cut)
        with pytest.raises(Cut):
            move(busy.database, target, busy.stamp())
    with pytest.raises(Refused, match="moved to"):
        busy.dispense("AMOX", 1)
    # Again: there is nothing left to do, and nothing is undone.
    assert move(busy.database, target, busy.stamp()).clinics == 1
    with pytest.raises(Refused, match="moved to"):
        busy.dispense("AMOX", 1)


def test_while_nobody_knows_whether_it_arrived_nothing_is_written(
    file_clinic: ReadyClinic, postgres: Postgres, postgres_address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with cable(postgres.socket) as line:
        target = Target(postgres.through(postgres_address, line.port), "the server")
        real = moving.create_database

        def cut(*args: Any, **more: Any) -> Database:
            line.cut()
            return real(*args, **more)

        with monkeypatch.context() as patch:
            patch.setattr(moving, "create_database", cut)
            with pytest.raises(Refused, match="does not answer"):
                move(file_clinic.database, target, file_clinic.stamp())
        with pytest.raises(Refused, match="moved to"):
            file_clinic.receive("AMOX", 1)
        line.mend()
        assert move(file_clinic.database, target, file_clinic.stamp()).clinics == 1


def test_a_locked_clinic_moves_with_the_keys_of_its_people(tmp_path: Path) -> None:
    entered = entered_by(locked_clinic(tmp_path))
    path = tmp_path / "moved.db"
    move(entered.database, file_target(path, entered), stamp())
    entered.lock()
    there = entered_by(path)
    assert there.user == RANA.name
    there.lock()
    with pytest.raises(Refused):
        open_database(path)


def test_a_move_that_fails_leaves_the_old_one_at_work(
    busy: ReadyClinic, postgres_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = _target(busy, postgres_address, tmp_path)
    real = moving.write_rows

    def loses_a_row(connection: Any, table: str, rows: Any) -> int:
        return real(connection, table, list(rows)[1:] if table == "stock" else rows)

    monkeypatch.setattr(moving, "write_rows", loses_a_row)
    with pytest.raises(Refused, match="is not what was there"):
        move(busy.database, target, busy.stamp())
    busy.dispense("AMOX", 1)
    assert busy.check() == []
    kinds = "SELECT count(*) FROM security_event WHERE kind = 'moved'"
    assert busy.value(kinds) == 2
    with pytest.raises(Refused):
        open_database(target.address)


def test_a_target_that_is_there_is_not_touched(busy: ReadyClinic, tmp_path: Path) -> None:
    path = tmp_path / "there.db"
    path.write_bytes(b"something of somebody")
    with pytest.raises(Refused, match="is there already"):
        move(busy.database, Target(str(path), path.name), busy.stamp())
    assert path.read_bytes() == b"something of somebody"
    busy.dispense("AMOX", 1)


def test_only_who_may_moves(busy: ReadyClinic, tmp_path: Path) -> None:
    busy.user = "Layla"
    busy.act(add_person, "Layla", {Role.MANAGER}, "lamp over river")
    manager = busy.stamp()
    busy.act(add_person, "Omar", {Role.DISPENSER}, "bread on table")
    busy.user = "Omar"
    path = tmp_path / "moved.db"
    with pytest.raises(Refused, match="may not"):
        move(busy.database, Target(str(path), path.name), busy.stamp())
    assert not path.exists()
    move(busy.database, Target(str(path), path.name), manager)
    assert sqlcipher3.connect(str(path)).execute("SELECT count(*) FROM person").fetchone() == (2,)
