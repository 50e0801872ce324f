"""The measured databases are locked with a key, as a clinic's are; `--plain` measures without."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.stamp import Stamp
from inventory.queries.people import person_by_id
from inventory.services.people import add_person
from inventory.storage.database import Database
from inventory.storage.key_file import KeyFile, copy_path, database_key, key_path, new_keys
from inventory.storage.opening import create_database, open_database
from inventory.storage.stretching import FLOOR, calibrated, stretch
from tests.benchmarks.decade import TODAY
from tests.benchmarks.timing import Result, took

NAME, PASSWORD = "bench", "bench with a key"


def make(path: Path, *, locked: bool) -> tuple[Database, bytes]:
    """A new database, and the key that `let_in` takes; a plain one's is empty."""
    if not locked:
        return create_database(path), b""
    keys, master = new_keys()
    database = create_database(path, key=database_key(master))
    keys.write(key_path(path))
    return database, master


def let_in(connection: Connection, path: Path, clinic_id: int, master: bytes) -> None:
    """The one person who works there; nobody in a plain one."""
    if not master:
        return
    stamp = Stamp(clinic_id, NAME, TODAY, 0, uuid7().hex)
    person = person_by_id(connection, add_person(connection, stamp, NAME, (), PASSWORD))
    keys = KeyFile.read(key_path(path))
    keys.with_password(master, person.uid, NAME, PASSWORD, FLOOR).write(key_path(path))


def opened(path: Path) -> Database:
    """Open it with the password where there is one."""
    if not key_path(path).exists():
        return open_database(path)
    master = KeyFile.read(key_path(path)).unlock(NAME, PASSWORD).master
    return open_database(path, key=database_key(master))


def rename(path: Path, to: Path) -> None:
    """With its keys."""
    for place in (key_path, lambda file: copy_path(key_path(file))):
        if place(path).exists():
            place(path).rename(place(to))
    path.rename(to)


def copy(path: Path, to: Path) -> None:
    """With its keys."""
    shutil.copyfile(path, to)
    if key_path(path).exists():
        shutil.copyfile(key_path(path), key_path(to))


def remove(path: Path) -> None:
    """With its keys."""
    for place in (path, key_path(path), copy_path(key_path(path))):
        place.unlink(missing_ok=True)


def measure(times: int) -> list[Result]:
    """What a password costs here: each guess costs a thief as much."""
    cost, salt = calibrated(), os.urandom(16)
    spent = min(took(lambda: stretch(PASSWORD, salt, cost)) for _ in range(max(2, times // 2)))
    said = f"a password, {cost.memory // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes"
    return [Result("password_ms", said, spent, "ms", 1000)]
