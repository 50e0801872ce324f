"""A new database is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from inventory.domain.sentence import Refused
from inventory.storage import opening
from inventory.storage.database import Database, connect
from inventory.storage.opening import create_database, open_database
from inventory.storage.sqlite_file import APPLICATION_ID
from tests.house.tree import ROOT
from tests.storage.unprivileged import read_only


def test_a_new_database_opens_again(engine_address: str) -> None:
    create_database(engine_address).close()
    database = open_database(engine_address)
    assert opening.version_of(database) == opening.KNOWN[-1]
    database.close()


def test_a_new_file_is_durable_and_ours(sqlite_address: str) -> None:
    database = create_database(sqlite_address)
    with database.read() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers",
                 "application_id", "trusted_schema")  # fmt: skip
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 1, APPLICATION_ID, 0]
    database.close()
    assert [path.name for path in Path(sqlite_address).parent.iterdir()] == ["amana.db"]


def test_what_fills_it_is_in_the_same_transaction(engine_address: str) -> None:
    def fill(connection: Connection) -> None:
        connection.execute(text("INSERT INTO setting (scope, key, value) VALUES (0, 'x', '1')"))
        raise Refused("No.")

    with pytest.raises(Refused, match=r"^No\.$"):
        create_database(engine_address, fill=fill)
    with pytest.raises(Refused):
        open_database(engine_address)
    create_database(engine_address).close()


def test_a_database_that_is_there_is_not_touched(engine_address: str) -> None:
    create_database(engine_address).close()
    with pytest.raises(Refused, match="is there already"):
        create_database(engine_address)
    open_database(engine_address).close()


def test_another_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear colleague")
    with pytest.raises(Refused, match=r"letter\.db is there already"):
        create_database(path)
    assert path.read_text() == "Dear colleague"
    with pytest.raises(Refused, match="is there already"):
        create_database(tmp_path)


def test_an_empty_file_is_no_database_yet(tmp_path: Path) -> None:
    path = tmp_path / "amana.db"
    path.touch()
    create_database(path).close()
    open_database(path).close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no folder .*nowhere"):
        create_database(tmp_path / "nowhere" / "amana.db")


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    with read_only(folder), pytest.raises(Refused, match=r"amana\.db cannot be (made|opened)"):
        create_database(folder / "amana.db")
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def small(path: Path, **more: object) -> Database:
        database = connect(path, name=str(more.get("name", "")))
        with database.driver() as raw:
            raw.execute("PRAGMA max_page_count=10")
        return database

    monkeypatch.setattr(opening, "connect", small)
    with pytest.raises(Refused, match="The disk is full"):
        create_database(tmp_path / "amana.db")
    assert list(tmp_path.iterdir()) == []


_KILLED = """
import os, sys
from inventory.storage.opening import create_database
create_database(sys.argv[1], fill=lambda connection: os.kill(os.getpid(), 9))
"""


def test_a_kill_in_the_middle_leaves_the_name_free(tmp_path: Path) -> None:
    path = tmp_path / "amana.db"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert not path.exists()
    create_database(path).close()
    assert os.listdir(tmp_path) == ["amana.db"]


def test_a_key_locks_the_file(tmp_path: Path) -> None:
    path, key = tmp_path / "amana.db", bytes(range(32))
    create_database(path, key=key).close()
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(Refused, match="not an Amana database, or it is locked"):
        open_database(path)
    with pytest.raises(Refused, match="cannot be opened with this key"):
        open_database(path, key=bytes(32))
    open_database(path, key=key).close()
