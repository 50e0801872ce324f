"""What cannot be written can still be looked at, and a copy of it worked with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics
from inventory.services.checking import check
from inventory.storage import opening
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.ready_clinic import ReadyClinic, furnish
from tests.storage.unprivileged import read_only

KEY = bytes(range(32))


def shelved(clinic: ReadyClinic) -> Path:
    """A folder of its own with the closed file of a clinic that worked."""
    clinic.receive(quantity=100)
    clinic.dispense(quantity=10)
    clinic.database.close()
    folder = Path(clinic.database.address).parent / "stick"
    folder.mkdir()
    return Path(shutil.copy(clinic.database.address, folder))


def stock(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(text("SELECT sum(quantity) FROM stock")).scalar_one())


def test_a_file_on_a_medium_that_cannot_be_written_is_looked_at(file_clinic: ReadyClinic) -> None:
    path = shelved(file_clinic)
    before = path.read_bytes()
    with read_only(path.parent):
        database = open_database(path)
        assert database.look_only
        assert database.room() is None
        assert stock(database) == 90
        with database.read() as connection:
            assert check(connection) == []
            assert clinics(connection)[0].name == "Al-Zuhoor"
        database.close()
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_every_write_is_refused_in_words(file_clinic: ReadyClinic) -> None:
    path = shelved(file_clinic)
    with read_only(path.parent):
        there = ReadyClinic(open_database(path), file_clinic.id, file_clinic.items)
        with pytest.raises(Refused, match="read but not written") as refusal:
            there.dispense(quantity=1)
        assert refusal.value.trouble is Trouble.READ_ONLY
        with pytest.raises(Refused, match="read but not written"), there.database.write():
            raise AssertionError("nothing is begun")
        with pytest.raises(Refused, match="read but not written"), there.database.reshape():
            raise AssertionError("nothing is begun")
        there.database.close()


def test_a_locked_file_is_looked_at_with_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    database = create_database(folder / "amana.db", key=KEY)
    furnish(database)
    database.close()
    with read_only(folder):
        database = open_database(folder / "amana.db", key=KEY)
        with database.read() as connection:
            assert clinics(connection)[0].name == "Al-Zuhoor"
        database.close()


def test_a_file_with_unfinished_work_beside_it_says_so(file_clinic: ReadyClinic) -> None:
    file_clinic.receive(quantity=100)
    path = Path(file_clinic.database.address)
    folder = path.parent / "stick"
    folder.mkdir()
    for part in path.parent.glob("amana.db*"):
        shutil.copy(part, folder)
    assert (folder / "amana.db-wal").stat().st_size > 0
    with read_only(folder), pytest.raises(Refused, match="was not closed") as refusal:
        open_database(folder / "amana.db")
    assert refusal.value.trouble is Trouble.UNFINISHED_READ_ONLY
    database = open_database(folder / "amana.db")
    assert stock(database) == 100
    database.close()


def test_what_another_program_writes_meanwhile_is_seen(file_clinic: ReadyClinic) -> None:
    path = shelved(file_clinic)
    with read_only(path.parent):
        database = open_database(path)
        assert stock(database) == 90
    there = ReadyClinic(open_database(path), file_clinic.id, file_clinic.items)
    there.dispense(quantity=20)
    with read_only(path.parent), pytest.raises(Refused, match="was not closed"):
        stock(database)
    there.database.close()
    with read_only(path.parent):
        assert stock(database) == 70
    database.close()


def test_an_older_file_is_not_brought_up_to_date_where_nothing_is_written(
    file_clinic: ReadyClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelved(file_clinic)
    monkeypatch.setattr(opening, "KNOWN", (*opening.KNOWN, "9000"))
    with read_only(path.parent), pytest.raises(Refused, match="not written here") as refusal:
        open_database(path)
    assert refusal.value.trouble is Trouble.READ_ONLY


def test_a_copy_elsewhere_is_worked_with(file_clinic: ReadyClinic, tmp_path: Path) -> None:
    path = shelved(file_clinic)
    with read_only(path.parent):
        content = path.read_bytes()
    copy = tmp_path / "copy.db"
    copy.write_bytes(content)
    there = ReadyClinic(open_database(copy), file_clinic.id, file_clinic.items)
    there.dispense(quantity=1)
    assert there.on_hand() == 89
    there.database.close()
