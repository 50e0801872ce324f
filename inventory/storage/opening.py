"""Open or make a database.

A new one is made under another name and gets its own when it is whole, so nothing half made is
ever found. A newer or foreign one is refused politely; an older one is brought up to date.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble as T
from inventory.storage import faults
from inventory.storage.database import Database, connect
from inventory.storage.moved import moved_to
from inventory.storage.sqlite_file import APPLICATION_ID, JOURNAL
from inventory.storage.statement import Statement
from inventory.storage.unfinished import check_unfinished

if TYPE_CHECKING:
    from sqlalchemy import Connection

KNOWN = ("0001", "0002")
"""The versions this program can open, oldest first; the last is the one it works with."""

_MADE_BY = Statement("PRAGMA application_id")
_CLINIC = Statement("SELECT 1 FROM clinic LIMIT 1")
_VERSION = Statement("SELECT version_num FROM alembic_version")
_TABLES = {
    "sqlite": Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"),
    "postgresql": Statement("""
SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = :name
"""),
}

Fill = Callable[["Connection"], object]


def create_database(
    address: str | Path,
    *,
    key: bytes | None = None,
    fill: Fill | None = None,
    just_before: Callable[[], None] | None = None,
    version: str = "head",
) -> Database:
    """Make a new database; `fill` writes its first rows before anybody sees it.

    Where `fill` is given tables of an older `version`, it brings them up to date itself.
    `just_before` writes what has to be there when a file gets its name: the key that opens it.

    Raises Refused when there is one already or it cannot be made; then nothing is left behind.
    """
    if "://" in str(address):
        return _create_on_server(str(address), fill, version)
    path = Path(address).expanduser()
    if not path.parent.is_dir():
        raise Refused("There is no folder {folder}. Nothing was made.", folder=str(path.parent))
    if path.exists() and (not path.is_file() or path.stat().st_size > 0):
        raise Refused("{file} is there already. Nothing was changed.", file=path.name)
    draft = path.with_name(f"{path.name}.part")
    try:
        discard(draft)
        _make_file(draft, path.name, key, fill, version)
        if just_before is not None:
            just_before()
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as fault:
        raise Refused(
            "{file} cannot be made in this folder: {reason}.",
            file=path.name, reason=fault.strerror or str(fault),
        ) from fault  # fmt: skip
    finally:
        discard(draft)
    return connect(path, key=key)


def _make_file(path: Path, name: str, key: bytes | None, fill: Fill | None, version: str) -> None:
    database = connect(path, key=key, name=name)
    begin = database.write if version == "head" else database.reshape
    try:
        with begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            _migrate(connection, version)
            if fill is not None:
                fill(connection)
        with database.driver() as raw:
            raw.execute(f"PRAGMA journal_mode={JOURNAL}")
    finally:
        database.close()


def _create_on_server(address: str, fill: Fill | None, version: str) -> Database:
    database = connect(address)
    try:
        with database.write() as connection:
            if not _has(connection, "alembic_version"):
                _migrate(connection, version)
            elif fill is None or _holds_clinic(connection):
                raise Refused("{file} is there already. Nothing was changed.", file=database.name)
            if fill is not None:
                fill(connection)
    except BaseException:
        database.close()
        raise
    return database


def _holds_clinic(connection: Connection) -> bool:
    """Tables that serve-setup prepared and nobody used yet are filled, not refused."""
    return _CLINIC.row(connection, {}) is not None


def open_database(address: str | Path, *, key: bytes | None = None) -> Database:
    """Open an existing database, migrating an older one. Raises Refused with the reason."""
    if "://" not in str(address):
        path = Path(address).expanduser()
        if not path.is_file():
            raise Refused("There is no database at {file}.", file=str(path)).because(T.MISSING)
        with _disk_in_words(path):
            check_unfinished(path)
    database = connect(address, key=key)
    try:
        version, database.moved_to = _first_look(database)
        if version not in KNOWN and version.isdecimal() and version > KNOWN[-1]:
            raise Refused(
                "{file} was made by a newer Amana. Install that version to open it; "
                "nothing was changed.",
                file=database.name,
            ).because(T.NEWER)
        if version not in KNOWN:
            raise _foreign(database)
        if version != KNOWN[-1]:
            if database.look_only:
                raise faults.read_only(database.name)
            from inventory.storage.upgrading import upgrade

            upgrade(database, version, key)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _disk_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise faults.failing(path.name) from fault


def version_of(database: Database) -> str:
    """The version of the schema. Raises Refused when it is another program's database."""
    return _first_look(database)[0]


def _first_look(database: Database) -> tuple[str, str]:
    """The version of the schema, and where the data were moved to if they were."""
    with database.read() as connection:
        if database.is_file and _MADE_BY.row(connection, {}) != (APPLICATION_ID,):
            raise _foreign(database)
        if not (_has(connection, "alembic_version") and _has(connection, "stream")):
            raise _foreign(database)
        ((version,),) = _VERSION.rows(connection, {})
        return str(version), moved_to(connection) or ""


def _foreign(database: Database) -> Refused:
    return Refused(
        "{file} is not an Amana database. Nothing was changed.", file=database.name
    ).because(T.FOREIGN)


def _has(connection: Connection, table: str) -> bool:
    return _TABLES[connection.dialect.name].row(connection, {"name": table}) is not None


def _migrate(connection: Connection, version: str) -> None:
    # Alembic is loaded only when a schema is made or changed.
    from inventory.storage.upgrading import migrate

    migrate(connection, version)


def discard(address: str | Path) -> None:
    """Remove a database file that was made a moment ago, and what SQLite keeps beside it."""
    if "://" in str(address):
        return
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{Path(address).expanduser()}{ending}").unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where folders can be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
