"""Every row of a database out and in again, on either engine, so that nothing is different.

Ids, hashes and days are carried as they are kept: whole numbers, text, bytes or nothing. What is
written with these functions passes every guard of the database it goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice

from sqlalchemy import Connection, LargeBinary, Table, Text
from sqlalchemy.exc import DBAPIError

from inventory.storage import tables
from inventory.storage.statement import Statement

Value = int | str | bytes | None
Row = tuple[Value, ...]

_AT_ONCE = 5000


def tables_in_order() -> tuple[str, ...]:
    """Every table, those that are named before those that name them."""
    return tuple(table.name for table in tables.metadata.sorted_tables)


def columns_of(table: str) -> tuple[str, ...]:
    """The columns that a row of the table has, in order."""
    return tuple(column.name for column in _table(table).columns)


def bytes_of(table: str) -> frozenset[str]:
    """Those of its columns that hold bytes."""
    columns = _table(table).columns
    return frozenset(column.name for column in columns if isinstance(column.type, LargeBinary))


def rows_of(connection: Connection, table: str) -> Iterator[Row]:
    """All rows in the order of their key, one after the other, however many there are."""
    return _select(table, connection.dialect.name).each(connection, {})


def count_of(connection: Connection, table: str) -> int:
    """How many rows there are."""
    ((number,),) = Statement(f"SELECT count(*) FROM {_quoted(table)}").rows(connection, {})
    return int(number)


def write_rows(
    connection: Connection,
    table: str,
    rows: Iterable[Sequence[Value]],
    columns: Sequence[str] = (),
) -> int:
    """Write rows as `rows_of` gives them, and tell how many; call `settle` after the last table.

    `columns` are given when they are not those of today's version.
    """
    named = tuple(columns) or columns_of(table)
    write = _copy if connection.dialect.name == "postgresql" else _insert
    written, source = 0, iter(rows)
    while batch := list(islice(source, _AT_ONCE)):
        with _in_one_form(connection, table):
            write(connection, table, named, batch)
        written += len(batch)
    return written


def settle(connection: Connection) -> None:
    """A server goes on counting ids after the last one that was written."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.metadata.sorted_tables:
        if table.autoincrement_column is not None and "id" in table.columns:
            Statement(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"coalesce(max(id), 1), max(id) IS NOT NULL) FROM {_quoted(table.name)}"
            ).rows(connection, {})


def _insert(
    connection: Connection, table: str, columns: Sequence[str], rows: list[Sequence[Value]]
) -> None:
    given = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {_quoted(table)} ({_list(columns)}) VALUES ({given})"
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().executemany(sql, rows)


def _copy(
    connection: Connection, table: str, columns: Sequence[str], rows: list[Sequence[Value]]
) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    with (
        raw.cursor() as cursor,
        cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


@contextmanager
def _in_one_form(connection: Connection, table: str) -> Iterator[None]:
    """The driver's errors come out as those of SQLAlchemy, as everywhere."""
    base = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except base as fault:
        raise DBAPIError.instance(table, {}, fault, base, dialect=connection.dialect) from fault


@lru_cache
def _select(table: str, dialect: str) -> Statement:
    key = ", ".join(_in_bytes(column, dialect) for column in _table(table).primary_key.columns)
    return Statement(f"SELECT {_list(columns_of(table))} FROM {_quoted(table)} ORDER BY {key}")


def _in_bytes(column: object, dialect: str) -> str:
    """Text sorts by its bytes on both engines, whatever language the server speaks."""
    name, kind = _quoted(getattr(column, "name", "")), getattr(column, "type", None)
    text = isinstance(getattr(kind, "impl", kind), Text)
    return f'{name} COLLATE "C"' if text and dialect == "postgresql" else name


def _table(name: str) -> Table:
    return tables.metadata.tables[name]


def _list(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'
