"""The tables as the program knows them are the tables that the migrations make."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from inventory.storage import opening, upgrading
from inventory.storage.database import Database
from inventory.storage.tables import FACTS, metadata


def test_the_migrated_schema_is_the_one_the_program_knows(database: Database) -> None:
    # Alembic takes an empty default on SQLite for none; PostgreSQL tells them apart.
    defaults = not database.is_file
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": defaults}
        )
        assert compare_metadata(context, metadata) == []


def test_names_of_constraints_agree(database: Database) -> None:
    with database.read() as connection:
        looked = inspect(connection)
        name_of = connection.dialect.identifier_preparer.format_constraint
        for table in metadata.tables.values():
            on_columns = {one for column in table.columns for one in column.constraints}
            known = {name_of(constraint) for constraint in table.constraints | on_columns}
            assert _names(looked, table.name) == known, table.name


def test_sqlite_tables_are_strict_and_the_ledger_lies_in_its_own_order(
    file_database: Database,
) -> None:
    with file_database.read() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    ours = {row["name"]: row for row in rows if row["name"] in metadata.tables}
    assert ours.keys() == metadata.tables.keys()
    assert [name for name, row in ours.items() if not row["strict"]] == []
    without = {name for name, row in ours.items() if row["wr"]}
    wanted = {t.name for t in metadata.tables.values()
              if not t.dialect_options["sqlite"]["with_rowid"]}  # fmt: skip
    assert without == wanted


def test_every_fact_is_guarded(database: Database) -> None:
    with database.read() as connection:
        guarded = _guarded(connection)
    for fact in FACTS:
        assert guarded[fact] >= {"UPDATE", "DELETE"}
    assert "INSERT" in guarded["movement"]


def test_the_newest_version_is_the_one_the_program_works_with() -> None:
    names = sorted(path.stem.split("_")[0] for path in upgrading.VERSIONS[0].glob("[0-9]*.py"))
    assert tuple(names) == opening.KNOWN


def _names(looked: Any, table: str) -> set[str]:
    found = {looked.get_pk_constraint(table)["name"]}
    for several in (looked.get_unique_constraints, looked.get_foreign_keys,
                    looked.get_check_constraints):  # fmt: skip
        found |= {one["name"] for one in several(table)}
    return found


def _guarded(connection: Connection) -> dict[str, set[str]]:
    """Verbs that a trigger watches, by table."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master "
                                       "WHERE type = 'trigger'"))  # fmt: skip
        pairs = [(table, sql.split(" BEFORE ")[1].split()[0]) for table, sql in rows]
    else:
        pairs = [
            (table, verb)
            for table, verb in connection.execute(
                text("SELECT event_object_table, event_manipulation "
                     "FROM information_schema.triggers")
            )
        ]  # fmt: skip
    found: dict[str, set[str]] = {}
    for table, verb in pairs:
        found.setdefault(table, set()).add(verb)
    return found
