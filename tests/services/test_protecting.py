"""A plain file is locked with a key: nothing is lost, nothing stays readable unasked."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import pytest

from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services import door, protecting
from inventory.services.checking import check
from inventory.services.permits import NeedsSecond
from inventory.storage.database import connect
from inventory.storage.key_file import WrongKey, key_path
from inventory.storage.opening import open_database
from tests.killed import killed_at, left_in
from tests.ready_clinic import ReadyClinic
from tests.services.locked_clinic import NOW, RANA, TODAY, entered_by, events, stamp

SAMI = Login("Sami", "samis long password")


@pytest.fixture
def worked(file_clinic: ReadyClinic) -> Path:
    """A plain database in which something was done."""
    file_clinic.receive("AMOX", 90)
    file_clinic.dispense("AMOX", 30)
    file_clinic.database.close()
    return Path(file_clinic.database.address)


def protect(path: Path, login: Login = RANA, second: str = "") -> door.Protected:
    return door.protect(path, login.name, login.password, TODAY, NOW, second)


def stands(path: Path) -> None:
    """Everything that was done is there and true, with and without a key."""
    entered = entered_by(path) if door.is_locked(path) else door.enter_open(path)
    with entered.database.read() as connection:
        assert check(connection) == []
        total = connection.exec_driver_sql("SELECT sum(quantity) FROM stock").scalar_one()
        assert total == 60
    entered.lock()


def test_everything_is_there_behind_the_key(worked: Path) -> None:
    done = protect(worked)
    assert door.is_locked(worked)
    stands(worked)
    entered = entered_by(worked)
    assert events(entered) == ["person_added", "protected"]
    with entered.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA application_id").scalar_one() == 0x414D4E41
        guarded = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master "
                                             "WHERE type = 'trigger'").scalar_one()  # fmt: skip
        assert guarded > 5
    entered.lock()
    stands_plain(done.old_file_kept)
    with pytest.raises(WrongKey):
        entered_by(worked, SAMI)


def stands_plain(path: Path) -> None:
    database = open_database(path)
    with database.read() as connection:
        assert check(connection) == []
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 0
    database.close()


def test_the_plain_file_is_kept_until_somebody_says_so(worked: Path) -> None:
    kept = protect(worked).old_file_kept
    copy = worked.with_name(f"{worked.stem}-version-0001-x{worked.suffix}")
    shutil.copyfile(kept, copy)
    assert door.plain_copies(worked) == sorted([kept, copy])
    blocks = os.open(kept, os.O_RDONLY)
    for plain in door.plain_copies(worked):
        door.forget_old(plain)
    assert door.plain_copies(worked) == []
    assert set(os.pread(blocks, 10_000_000, 0)) == {0}, "it was written over before it went"
    os.close(blocks)
    stands(worked)


def test_what_a_killed_try_left_of_the_plain_file_goes(worked: Path) -> None:
    # A journal whose header is zeroed: SQLite does not use it, and it can be read.
    left = worked.with_name(f"{worked.name}-journal")
    left.write_bytes(bytes(512) + worked.read_bytes()[:4096])
    protect(worked)
    assert not left.exists()
    stands(worked)


@pytest.mark.parametrize("what", ["locked", "other", "key", "gone"])
def test_only_an_older_plain_file_is_forgotten(worked: Path, what: str) -> None:
    protect(worked)
    other = worked.with_name("somebody-not-protected-else.db")
    other.write_bytes(b"not a database")
    files = {"locked": worked, "other": other, "key": key_path(worked),
             "gone": worked.with_name("clinic-not-protected-1.db")}  # fmt: skip
    with pytest.raises(Refused, match="Nothing was deleted"):
        door.forget_old(files[what])
    assert other.exists()
    stands(worked)


def test_people_who_are_there_stay_who_they_are(worked: Path) -> None:
    entered = door.enter_open(worked)
    door.add_person(entered, stamp(), RANA.name, [], RANA.password)
    door.add_person(entered, stamp(), SAMI.name, [Role.PHARMACIST], SAMI.password)
    entered.lock()
    with pytest.raises(Refused, match="wrong"):
        protect(worked, Login(RANA.name, "guess of mine"))
    with pytest.raises(Refused, match="may not do this"):
        protect(worked, SAMI)
    with pytest.raises(NeedsSecond):
        protect(worked)
    assert not door.is_locked(worked)
    protect(worked, second=SAMI.name)
    with pytest.raises(WrongKey):
        entered_by(worked, SAMI)
    entered = entered_by(worked)
    assert events(entered)[-2:] == ["confirmed", "protected"]
    door.confirm(entered, SAMI.name, SAMI.password)
    entered.lock()
    entered_by(worked, SAMI).lock()


@pytest.mark.parametrize("login", [Login("", RANA.password), Login("Rana", "short")])
def test_a_weak_login_changes_nothing(worked: Path, login: Login) -> None:
    before = worked.read_bytes()
    with pytest.raises(Refused):
        protect(worked, login)
    assert worked.read_bytes() == before
    assert not key_path(worked).exists()


def test_it_is_not_locked_twice(worked: Path) -> None:
    protect(worked)
    with pytest.raises(Refused, match="locked with a key already"):
        protect(worked)
    stands(worked)


def test_it_waits_for_nobody_who_works_in_it(worked: Path) -> None:
    database = connect(worked)
    with database.read() as connection:
        connection.exec_driver_sql("SELECT 1 FROM clinic").all()
        with pytest.raises(Refused) as refusal:
            protect(worked)
    database.close()
    assert refusal.value.trouble is Trouble.BUSY
    stands(worked)


def test_a_row_that_differs_is_noticed(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same = protecting._same

    def changed(raw: object) -> bool:
        raw.execute("UPDATE locked.item SET code = code || 'x' WHERE id = 1")  # type: ignore[attr-defined]
        return same(raw)

    monkeypatch.setattr(protecting, "_same", changed)
    with pytest.raises(Refused, match="not the same"):
        protect(worked)
    assert sorted(p.name for p in worked.parent.glob("amana*")) == ["amana.db"]
    stands(worked)


def test_killed_anywhere_one_good_database_is_there(worked: Path, tmp_path: Path) -> None:
    seen: set[frozenset[str]] = set()
    for step in count(3):  # what is discarded before was not there
        folder = tmp_path / str(step)
        folder.mkdir()
        path = folder / "clinic.db"
        shutil.copyfile(worked, path)
        killed = killed_at(step, folder, lambda path=path: protect(path))
        left = left_in(folder)
        if killed and left in seen:
            continue
        seen.add(left)
        stands(path)
        if not door.is_locked(path):
            assert killed
            protect(path)
            stands(path)
        plain = door.plain_copies(path)
        assert len(plain) == 1
        door.forget_old(plain[0])
        stands(path)
        if not killed:
            break
    assert step > 8
