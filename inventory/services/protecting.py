"""Lock a plain database file with a key.

A locked file is written beside the plain one, compared with it row by row, and takes its name in
one step. Until that step the plain file is the database, after it the locked one; the plain one
is kept under another name until somebody says that it may go.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.login import Login
from inventory.domain.passwords import checked_password
from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics, setting
from inventory.queries.people import PersonRow, has_people, person_by_id
from inventory.services import people, security_log
from inventory.services.clinics import checked_name
from inventory.services.permits import Consent, ask_second, require
from inventory.storage.database import connect
from inventory.storage.key_file import database_key, key_path, new_keys
from inventory.storage.key_place import PLAIN, set_aside, start_of
from inventory.storage.opening import discard, open_database, sync_folder
from inventory.storage.sqlite_file import APPLICATION_ID, JOURNAL

_BLOCK: Final = 1024 * 1024
_KINDS: Final = ("not-protected", "version", "before-restore")
_Q: Final = '"'


@dataclass(frozen=True, slots=True)
class Protected:
    """`old_file_kept` can still be read by anybody who has it, until `forget_old`."""

    database: str
    old_file_kept: Path


@dataclass(frozen=True, slots=True)
class _Change:
    """What is written into the locked file before anybody sees it."""

    stamp: Stamp
    person: PersonRow | None
    login: Login
    consent: Consent


def protect(
    address: str | Path, name: str, password: str, today: date, now: int, second: str = ""
) -> Protected:
    """Lock the file; `name` becomes its first person, or is one who may change its protection.

    Raises Refused; then the plain file is what it was. Somebody who signs in for the first time
    afterwards does so while the database is open: see `door.confirm`.
    """
    path = Path(address).expanduser()
    login = Login(checked_name(name), checked_password(password))
    change = _agreed(path, login, today, now, second)
    draft = path.with_name(f"{path.name}.part")
    keys, master = new_keys()
    try:
        discard(draft)
        before = _lock_into(path, draft, database_key(master))
        person = _fill(draft, database_key(master), change)
        keys = keys.with_password(master, person.uid, person.name, password)
        _make_durable(draft)
        set_aside(path)
        keys.write(key_path(path))
        kept = _swap(path, draft, before, now)
    except OSError as fault:
        raise Refused("{file} cannot be locked in this folder: {reason}. Nothing was changed.",
                      file=path.name, reason=fault.strerror or str(fault)) from fault  # fmt: skip
    finally:
        discard(draft)
    return Protected(str(path), kept)


def plain_copies(address: str | Path) -> list[Path]:
    """Older files beside a database that anybody can read."""
    path = Path(address).expanduser()
    found = [copy for kind in _KINDS
             for copy in path.parent.glob(f"{path.stem}-{kind}-*{path.suffix}")]  # fmt: skip
    return sorted(copy for copy in found if start_of(copy) == PLAIN)


def forget_old(copy: Path) -> None:
    """Write over a plain file and delete it.

    A disk keeps what is overwritten; a stick or an SSD may keep the old blocks for a while, so
    this is no proof that nobody can read it. Raises Refused.
    """
    if not any(f"-{kind}-" in copy.name for kind in _KINDS) or start_of(copy) != PLAIN:
        raise Refused("{file} is not an older file without a key. Nothing was deleted.",
                      file=copy.name)  # fmt: skip
    try:
        if copy.stat().st_nlink == 1:
            _overwrite(copy)
        discard(copy)
        sync_folder(copy.parent)
    except OSError as fault:
        raise Refused("{file} cannot be deleted: {reason}.", file=copy.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip


def _agreed(path: Path, login: Login, today: date, now: int, second: str) -> _Change:
    """Whether this file can be locked by that person. Raises Refused, or NeedsSecond."""
    if start_of(path) not in (PLAIN, b""):
        raise Refused("{file} is locked with a key already. Nothing was changed.", file=path.name)
    database = open_database(path)
    try:
        with database.read() as connection:
            return _checked(connection, login, today, now, second)
    finally:
        database.close()


def _checked(connection: Connection, login: Login, today: date, now: int, second: str) -> _Change:
    if setting(connection, 0, "practice", False):
        raise Refused("The practice clinic needs no key: nothing in it is real.")
    there = clinics(connection)
    if not there:
        raise Refused("There is no clinic here yet.")
    person = None
    if has_people(connection):
        person = people.authenticate(connection, login.name, login.password)
    user = login.name if person is None else person.name
    stamp = Stamp(there[0].id, user, today, now, uuid7().hex, second)
    require(connection, stamp, Permission.PROTECTION)
    return _Change(stamp, person, login, ask_second(connection, stamp, Permission.PROTECTION))


def _lock_into(path: Path, draft: Path, key: bytes) -> tuple[int, int]:
    """Write everything into a locked file and compare the two; how the plain one stands."""
    with (
        connect(path).guarded(),
        closing(sqlcipher3.connect(str(path), isolation_level=None, timeout=1)) as raw,
    ):
        # Nobody else has it open, and everything is in the one file.
        raw.execute("PRAGMA locking_mode=EXCLUSIVE")
        raw.execute("PRAGMA journal_mode=DELETE")
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("COMMIT")
        ((version,),) = raw.execute("PRAGMA user_version")
        raw.execute("ATTACH ? AS locked KEY ?", (str(draft), f"x'{key.hex()}'"))
        raw.execute("SELECT sqlcipher_export('locked')")
        raw.execute(f"PRAGMA locked.application_id={APPLICATION_ID}")
        raw.execute(f"PRAGMA locked.user_version={version}")
        same = _same(raw)
        raw.execute("DETACH locked")
    if not same:
        raise Refused("The locked file is not the same as {file}. Nothing was changed.",
                      file=path.name)  # fmt: skip
    return _standing(path)


def _same(raw: Any) -> bool:
    """Whether the locked file is sound and holds every row that the plain one holds."""
    if [row[0] for row in raw.execute("PRAGMA locked.integrity_check")] != ["ok"]:
        return False
    schema = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
    here = raw.execute(schema.format("main")).fetchall()
    if here != raw.execute(schema.format("locked")).fetchall():
        return False
    tables = [name for kind, name, _table, _sql in here if kind == "table"]
    return all(_same_rows(raw, f"{_Q}{name}{_Q}") for name in tables)


def _same_rows(raw: Any, table: str) -> bool:
    # Two files of one schema are walked in one order; sorting a million rows would take minutes.
    here = raw.cursor().execute(f"SELECT * FROM main.{table}")
    there = raw.cursor().execute(f"SELECT * FROM locked.{table}")
    while rows := here.fetchmany(1000):
        if rows != there.fetchmany(1000):
            return False
    return not there.fetchmany(1)


def _fill(draft: Path, key: bytes, change: _Change) -> PersonRow:
    """Who can open it, and the event in the security log."""
    database = connect(draft, key=key)
    try:
        with database.write() as connection:
            person = change.person or _first(connection, change)
            change.consent.record(connection, change.stamp)
            security_log.record(connection, change.stamp, SecurityEvent.PROTECTED)
        with database.driver() as raw:
            raw.execute(f"PRAGMA journal_mode={JOURNAL}")
    finally:
        database.close()
    return person


def _first(connection: Connection, change: _Change) -> PersonRow:
    login = change.login
    person_id = people.add_person(connection, change.stamp, login.name, (), login.password)
    return person_by_id(connection, person_id)


def _swap(path: Path, draft: Path, before: tuple[int, int], now: int) -> Path:
    """The locked file takes the name; the plain one has another before that."""
    if _standing(path) != before:
        raise Refused("Another program is using {file}. Nothing was changed; try again.",
                      file=path.name).because(Trouble.BUSY)  # fmt: skip
    made = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%d-%H%M%S-%f")
    kept = path.with_name(f"{path.stem}-not-protected-{made}{path.suffix}")
    for name in plain_copies(path):
        if name.samefile(path):
            name.unlink()
    try:
        os.link(path, kept)
    except OSError:
        # Some disks know only one name for a file.
        shutil.copyfile(path, kept)
        _make_durable(kept)
    sync_folder(path.parent)
    draft.replace(path)
    # An earlier try that was killed may have left pages of the plain file beside it.
    for ending in ("-journal", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    sync_folder(path.parent)
    return kept


def _standing(path: Path) -> tuple[int, int]:
    there = path.stat()
    return there.st_size, there.st_mtime_ns


def _make_durable(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
    left = path.stat().st_size
    with path.open("rb+", buffering=0) as file:
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        os.fsync(file.fileno())
