"""Bring an older database up to date without risk.

A file is copied aside and the copy verified before anything is changed. The change itself is one
transaction: interrupted, the old database is there as it was.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage.database import Database, connect
from inventory.storage.tables import FACTS

SCRIPTS = Path(__file__).parent / "migrations"
VERSIONS = [SCRIPTS / "versions"]


def migrate(connection: Connection, version: str = "head") -> None:
    """Make the tables, or change them, up to a version, in the open transaction."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder) for folder in VERSIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def upgrade(database: Database, version: str, key: bytes | None) -> None:
    """Bring an older database up to date. Raises Refused, changing nothing, when that fails."""
    if database.is_file:
        copy_aside(database, version, key)
    else:
        _check_owner(database)
    with database.reshape() as connection:
        known = _kept(connection)
        before = _facts(connection, known)
        migrate(connection)
        if _facts(connection, known) != before or _loose_ends(connection):
            raise Refused(
                "{file} could not be brought up to date, so nothing was changed. "
                "Use the version of Amana that made it.",
                file=database.name,
            ).because(Trouble.UPGRADE_FAILED)


def _check_owner(database: Database) -> None:
    """On a server the tables belong to who set it up: a desk may not change them."""
    asked = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'stream'::regclass"
    with database.read() as connection:
        if not connection.scalar(text(asked)):
            raise Refused(
                "The database must be brought up to date by the person who set up the server: "
                "run serve-setup again."
            )


def copy_aside(database: Database, version: str, key: bytes | None) -> Path:
    """A verified copy beside the file."""
    source = Path(database.address)
    made = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    copy = source.with_name(f"{source.stem}-version-{version}-{made}{source.suffix}")
    try:
        with database.driver() as raw:
            raw.execute("VACUUM INTO ?", (str(copy),))
        with copy.open("rb+") as written:
            os.fsync(written.fileno())
        if not _same(database, copy, key):
            raise Refused("The copy of {file} before the upgrade is not sound, so nothing was "
                          "changed.", file=database.name).because(
                              Trouble.UPGRADE_FAILED)  # fmt: skip
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _same(database: Database, copy: Path, key: bytes | None) -> bool:
    copied = connect(copy, key=key)
    try:
        with copied.read() as there, database.read() as here:
            sound = there.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            known = _kept(here)
            return sound and _facts(there, known) == _facts(here, known)
    finally:
        copied.close()


def _kept(connection: Connection) -> list[str]:
    """The tables of facts that this version has."""
    there = set(inspect(connection).get_table_names())
    return [table for table in FACTS if table in there]


def _facts(connection: Connection, known: list[str]) -> list[object]:
    """What must not change: how many facts there are, and where the ledgers end."""
    counts = [connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in known]
    heads = connection.execute(text("SELECT uid, last_seq, head FROM stream ORDER BY uid"))
    return [*counts, *(tuple(row) for row in heads)]


def _loose_ends(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    return bool(connection.exec_driver_sql("PRAGMA foreign_key_check").first())
