"""Open or make a database, and bring an older one up to date without risk.

A newer or foreign file is refused politely. An older one is copied aside and the copy checked
before anything is changed.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from inventory.domain.sentence import Refused
from inventory.storage.database import APPLICATION_ID, Database, connect, require_local
from inventory.storage.tables import FACTS

CURRENT: Final = "0001"
KNOWN: Final = ("0001",)


def create_database(address: str | Path, *, key: bytes | None = None) -> Database:
    """Make a new, empty database. Raises Refused when there is one already."""
    if "://" not in str(address):
        path = Path(address).expanduser()
        require_local(path)
        if path.exists() and path.stat().st_size > 0:
            raise Refused("{file} is there already. Nothing was changed.", file=path.name)
    database = connect(address, key=key)
    try:
        if not database.is_file:
            with database.read() as connection:
                if inspect(connection).has_table("alembic_version"):
                    raise Refused("{file} is there already. Nothing was changed.",
                                  file=database.name)  # fmt: skip
        _prepare_file(database)
        with database.write() as connection:
            _migrate(connection)
    except BaseException:
        database.close()
        raise
    return database


def open_database(address: str | Path, *, key: bytes | None = None) -> Database:
    """Open an existing database, migrating an older one. Raises Refused with the reason."""
    if "://" not in str(address):
        path = Path(address).expanduser()
        if not path.is_file():
            raise Refused("There is no database at {file}.", file=str(path))
    database = connect(address, key=key)
    try:
        version = _version(database)
        if version not in KNOWN:
            raise Refused(
                "{file} was made by a newer Amana. Install that version to open it; "
                "nothing was changed.",
                file=database.name,
            )
        if database.is_file and os.access(database.address, os.W_OK):
            with database.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        if version != CURRENT:
            _upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def _version(database: Database) -> str:
    with database.read() as connection:
        if database.is_file and _pragma(connection, "application_id") != APPLICATION_ID:
            raise Refused("{file} is not an Amana database. Nothing was changed.",
                          file=database.name)  # fmt: skip
        if not inspect(connection).has_table("alembic_version"):
            raise Refused("{file} is not an Amana database. Nothing was changed.",
                          file=database.name)  # fmt: skip
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _prepare_file(database: Database) -> None:
    if not database.is_file:
        return
    with database._guarded():
        raw = database.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA application_id={APPLICATION_ID}")
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.close()
        finally:
            raw.close()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _upgrade(database: Database) -> None:
    if database.is_file:
        _copy_aside(database)
    with database.write() as connection:
        _migrate(connection)


def _copy_aside(database: Database) -> Path:
    """A checked copy beside the file, made before an upgrade touches it."""
    source = Path(database.address)
    made = datetime.now().strftime("%Y%m%d-%H%M%S")
    copy = source.with_name(f"{source.stem}-before-upgrade-{made}{source.suffix}")
    raw = database.engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(copy),))
    finally:
        raw.close()
    checked = connect(copy)
    try:
        with checked.read() as there, database.read() as here:
            sound = there.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
            same = all(_rows(there, table) == _rows(here, table) for table in FACTS)
    finally:
        checked.close()
    if not (sound and same):
        copy.unlink()
        raise Refused("The copy of {file} before the upgrade is not sound, so nothing was "
                      "changed.", file=database.name)  # fmt: skip
    return copy


def _rows(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def discard(address: str | Path) -> None:
    """Remove a database file that was made a moment ago and could not be filled."""
    if "://" in str(address):
        return
    for ending in ("", "-wal", "-shm"):
        Path(f"{Path(address).expanduser()}{ending}").unlink(missing_ok=True)
