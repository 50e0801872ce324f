"""A backup is whole, locked and proven, or it is not there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.domain.backup_names import BackupName
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.domain.visit import Visit
from inventory.queries.backup_mark import mark_of
from inventory.services import backing_up
from inventory.services.backing_up import back_up, backups_in, state_of, verify_backup
from inventory.storage import rows
from inventory.storage.backup_file import wrapping_of
from inventory.storage.key_file import KeyFile, new_keys
from inventory.storage.opening import open_database
from tests.ready_clinic import ReadyClinic

HOUR = 3_600_000


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def keys() -> tuple[KeyFile, bytes]:
    return new_keys()


@pytest.fixture
def worked(clinic: ReadyClinic) -> ReadyClinic:
    clinic.receive("AMOX", 500)
    clinic.dispense("AMOX", 21, visit=Visit(number="0042", prescriber="DR-7"))
    clinic.receive("PARA", 3000, "P7")
    return clinic


def save(
    clinic: ReadyClinic, folder: Path, keys: tuple[KeyFile, bytes] | None
) -> backing_up.BackupMade:
    key_file, master = (keys[0].to_bytes(), keys[1]) if keys else (b"", None)
    clinic.now += HOUR
    return back_up(
        clinic.database, master, key_file, folder, clinic.now, clinic.today, state=folder / "state"
    )


def test_it_holds_every_row(worked: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes]) -> None:
    made = save(worked, stick, keys)
    found: dict[str, list[rows.Row]] = {table: [] for table in rows.tables_in_order()}
    facts = backing_up.read_backup(
        made.path, keys[1], lambda header: None, lambda part, more: found[part.table].extend(more)
    )
    with worked.database.read() as connection:
        there = {table: list(rows.rows_of(connection, table)) for table in found}
    assert found == there
    assert facts.header.heads == made.heads
    assert [head.seq for head in made.heads] == [worked.value("SELECT last_seq FROM stream")]
    assert state_of(worked.database, stick / "state").last_file == made.path.name


def test_a_stick_tells_nothing(
    worked: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes]
) -> None:
    made = save(worked, stick, keys)
    content = made.path.read_bytes()
    for word in (b"Al-Zuhoor", b"AMOX", b"capsule", b"DR-7", b"pharmacist", b"stream", b"0042"):
        assert word not in content
        assert word not in made.path.name.encode()
    assert BackupName.read(made.path.name) is not None
    assert wrapping_of(made.path).key_file == keys[0].to_bytes()


def test_without_the_key_it_stays_shut(
    worked: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes]
) -> None:
    made = save(worked, stick, keys)
    with pytest.raises(Refused) as nobody:
        verify_backup(made.path, None)
    assert nobody.value.trouble is Trouble.LOCKED
    with pytest.raises(Refused, match="damaged"):
        verify_backup(made.path, bytes(32))


def test_a_plain_database_has_plain_backups(worked: ReadyClinic, stick: Path) -> None:
    made = save(worked, stick, None)
    assert not made.locked
    assert not verify_backup(made.path, None).locked


def test_the_folder_keeps_what_the_rotation_keeps(
    file_clinic: ReadyClinic,
    stick: Path,
    keys: tuple[KeyFile, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backing_up, "keep", lambda names: frozenset(sorted(names)[-2:]))
    (stick / "photo.jpg").write_bytes(b"not ours")
    other = "ffffffff-000001-20260101T000000Z.amana"
    (stick / other).write_bytes(b"of another clinic")
    made = [save(file_clinic, stick, keys) for _ in range(4)]
    with file_clinic.database.read() as connection:
        mark = mark_of(connection)
    assert [path for _, path in backups_in(stick, mark)] == [made[3].path, made[2].path]
    assert (stick / "photo.jpg").exists()
    assert (stick / other).exists()


def test_a_missing_stick_is_told(file_clinic: ReadyClinic, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Put the stick in"):
        save(file_clinic, tmp_path / "gone", None)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "no room"), (errno.EIO, "pulled out"), (errno.EROFS, "Choose another")],
)
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "sync_folder"])
def test_a_stick_that_fails_midway_keeps_the_older_backups(
    file_clinic: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes],
    monkeypatch: pytest.MonkeyPatch, code: int, words: str, call: str,
) -> None:  # fmt: skip
    older = save(file_clinic, stick, keys)
    before = older.path.read_bytes()

    def fail(*args: object, **more: object) -> None:
        raise OSError(code, os.strerror(code))

    places: dict[str, Callable[[], None]] = {
        "write": lambda: monkeypatch.setattr(backing_up, "write_body", fail),
        "fsync": lambda: monkeypatch.setattr(os, "fsync", fail),
        "replace": lambda: monkeypatch.setattr(Path, "replace", fail),
        "sync_folder": lambda: monkeypatch.setattr(backing_up, "sync_folder", fail),
    }
    places[call]()
    with pytest.raises(Refused, match=words):
        save(file_clinic, stick, keys)
    monkeypatch.undo()
    assert older.path.read_bytes() == before
    assert not list(stick.glob(".*.part"))
    assert verify_backup(older.path, keys[1]).size == older.size


def test_a_stick_that_gives_back_something_else_is_caught(
    file_clinic: ReadyClinic,
    stick: Path,
    keys: tuple[KeyFile, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = backing_up.verify_backup

    def fade(path: Path, master: bytes | None) -> backing_up.BackupFacts:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        return real(path, master)

    monkeypatch.setattr(backing_up, "verify_backup", fade)
    with pytest.raises(Refused, match="came back different"):
        save(file_clinic, stick, keys)
    assert backups_in(stick) == []


def test_what_was_interrupted_long_ago_is_cleared(
    file_clinic: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes]
) -> None:
    with file_clinic.database.read() as connection:
        mark = mark_of(connection)
    old, new = stick / f".{mark}-x.part", stick / f".{mark}-y.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    save(file_clinic, stick, keys)
    assert not old.exists()
    assert new.exists()


def test_the_clinic_works_on_while_a_backup_is_made(
    file_clinic: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes]
) -> None:
    file_clinic.receive("AMOX", 500)
    seen: list[int] = []

    def meanwhile(done: int, all_: int) -> None:
        if not seen:
            file_clinic.dispense("AMOX", 10)
        seen.append(done)

    key_file, master = keys
    made = back_up(file_clinic.database, master, key_file.to_bytes(), stick, file_clinic.now,
                   file_clinic.today, progress=meanwhile, state=stick / "state")  # fmt: skip
    assert seen
    assert made.heads[0].seq == 1
    assert file_clinic.value("SELECT last_seq FROM stream") == 2


def test_an_older_copy_pushes_no_newer_backup_off_the_stick(
    file_clinic: ReadyClinic, stick: Path, keys: tuple[KeyFile, bytes], tmp_path: Path
) -> None:
    file_clinic.receive("AMOX", 500)
    older = tmp_path / "older.db"
    file_clinic.database.close()
    shutil.copyfile(file_clinic.database.address, older)
    file_clinic.database = open_database(file_clinic.database.address)
    file_clinic.dispense("AMOX", 5)
    save(file_clinic, stick, keys)
    file_clinic.database.close()
    file_clinic.database = open_database(older)
    with pytest.raises(Refused, match="newer than this database"):
        save(file_clinic, stick, keys)
    assert len(backups_in(stick)) == 1
    for damage in (b"", b"\xff" * 900, b"0" * 32 + b" 1 2 3\n"):
        next(stick.glob("*.seen")).write_bytes(damage)
        save(file_clinic, stick, keys)
