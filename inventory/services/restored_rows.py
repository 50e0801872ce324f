"""Put the rows of a backup into a new database, whatever version of Amana wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, inspect

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services.backing_up import BackupFacts, read_backup
from inventory.services.totals import is_totals
from inventory.storage import rows
from inventory.storage.backup_format import Header, Part, Value, damaged
from inventory.storage.opening import KNOWN
from inventory.storage.upgrading import migrate

_OWN = "alembic_version"


@dataclass(frozen=True, slots=True)
class Filling:
    """`version` is what `create_database` is to make before `fill` is called.

    Named even when it is today's: references are then proven once by `check`, not row by row.
    """

    facts: BackupFacts
    version: str

    def fill(self, connection: Connection, master: bytes | None) -> None:
        """Every row, as it was; brought up to date. Raises Refused."""
        _check_tables(connection, self.facts.header)
        read_backup(self.facts.path, master, partial(_same, self.facts.header),
                    partial(_write, connection))  # fmt: skip
        if self.version != KNOWN[-1]:
            migrate(connection)
        rows.settle(connection)


def fill_from(facts: BackupFacts) -> Filling:
    """Raises Refused when a newer Amana made the backup."""
    schema = facts.header.schema
    if is_totals(facts.header):
        raise Refused("This file holds totals of the stock, not a backup.").because(
            Trouble.BACKUP_FOREIGN
        )
    if schema in KNOWN:
        return Filling(facts, schema)
    if schema > KNOWN[-1]:
        raise Refused(
            "This backup was made by a newer Amana. Install that version to restore it."
        ).because(Trouble.BACKUP_FOREIGN)
    raise damaged()


def _check_tables(connection: Connection, header: Header) -> None:
    """The backup holds exactly the tables and columns of its version."""
    schema = inspect(connection)
    there = {name: {column["name"] for column in schema.get_columns(name)}
             for name in schema.get_table_names() if name != _OWN}  # fmt: skip
    if {part.table: set(part.columns) for part in header.parts} != there:
        raise damaged()


def _same(expected: Header, found: Header) -> None:
    if found != expected:
        raise damaged()


def _write(connection: Connection, part: Part, batch: list[tuple[Value, ...]]) -> None:
    rows.write_rows(connection, part.table, batch, part.columns)
