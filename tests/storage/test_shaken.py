"""A disk that stumbles is not a damaged file, and what it may have lost is flushed again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from inventory.storage.shaken import Shaken

KEY = bytes(range(32))
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "clinic.db"
    create_database(made, key=KEY).close()
    return made


def spoil(path: Path, page: int) -> None:
    with path.open("rb+") as file:
        file.seek(page * PAGE + 100)
        file.write(b"spoiled")


def test_a_whole_file_only_stumbled(path: Path) -> None:
    assert Shaken(path, KEY).only_stumbled(Trouble.DAMAGED)


def test_a_spoiled_file_did_not_only_stumble(path: Path) -> None:
    spoil(path, page=20)
    assert not Shaken(path, KEY).only_stumbled(Trouble.DAMAGED)


def test_a_wrong_key_is_not_a_stumble(path: Path) -> None:
    assert not Shaken(path, bytes(32)).only_stumbled(Trouble.WRONG_KEY)


def test_a_file_that_cannot_be_read_is_a_failing_disk(tmp_path: Path) -> None:
    assert Shaken(tmp_path, KEY).only_stumbled(Trouble.DAMAGED)


def test_a_full_disk_is_not_asked_about_damage(path: Path) -> None:
    assert not Shaken(path, KEY).only_stumbled(Trouble.DISK_FULL)


def test_a_spoiled_page_is_told_as_damage_and_the_file_is_let_go(path: Path) -> None:
    with closing(sqlcipher3.connect(str(path))) as raw:
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        ((root,),) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item'")
    spoil(path, page=root - 1)
    database = open_database(path, key=KEY)
    with pytest.raises(Refused) as refused, database.read() as connection:
        connection.execute(text("SELECT * FROM item")).all()
    assert refused.value.trouble is Trouble.DAMAGED
    database.close()


def test_what_waits_in_the_journal_is_the_same_after_it_is_flushed_again(path: Path) -> None:
    database = open_database(path, key=KEY)
    with database.write() as connection:
        connection.execute(text("INSERT INTO setting (scope, key, value) VALUES (0, 'a', '1')"))
    journal = Path(f"{path}-wal")
    before, closed = journal.read_bytes(), []
    shaken = Shaken(path, KEY)
    shaken.settle(lambda: closed.append(1))
    assert (journal.read_bytes(), closed) == (before, []), "nothing was met"
    shaken.met(Trouble.DISK_FAILING)
    shaken.settle(lambda: closed.append(1))
    assert (journal.read_bytes(), closed, shaken.is_so) == (before, [1], False)
    assert value(database) == "1"
    database.close()


def test_a_rule_that_says_no_is_no_fault_of_the_disk(path: Path) -> None:
    shaken = Shaken(path, KEY)
    shaken.met(None)
    shaken.met(Trouble.BUSY)
    assert not shaken.is_so


def value(database: Database) -> str:
    with database.read() as connection:
        return str(connection.scalar(text("SELECT value FROM setting WHERE key = 'a'")))
