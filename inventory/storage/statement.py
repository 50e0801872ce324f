"""SQL that goes to the driver as it is written.

A statement through SQLAlchemy costs ten times what SQLite needs to run it; a dispensing has a
dozen. Values are named `:name`; days go in and come out as ISO text, hashes as bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

Values = Mapping[str, Any]

_AT_ONCE = 5000

_NAME = re.compile(r"(?<![:\w]):([a-z_]+)")


class Statement:
    """One statement for both engines; `lock` is added on PostgreSQL only."""

    __slots__ = ("_texts",)

    def __init__(self, sql: str, lock: str = "") -> None:
        plain = " ".join(sql.split())
        named = _NAME.sub(r"%(\1)s", f"{plain} {lock}".strip().replace("%", "%%"))
        self._texts = {"sqlite": plain, "postgresql": named}

    def rows(self, connection: Connection, values: Values) -> Sequence[tuple[Any, ...]]:
        """Every row it returns. Raises DBAPIError as SQLAlchemy would."""
        dialect = connection.dialect
        sql = self._texts[dialect.name]
        raw: Any = connection.connection.dbapi_connection
        try:
            rows: list[tuple[Any, ...]] = raw.execute(sql, values).fetchall()
        except dialect.loaded_dbapi.Error as fault:
            raise _wrapped(dialect, sql, values, fault) from fault
        return rows

    def row(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """The first row, if there is one."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def each(self, connection: Connection, values: Values) -> Iterator[tuple[Any, ...]]:
        """One row after the other, however many there are, without holding them all."""
        from uuid import uuid4

        dialect = connection.dialect
        sql = self._texts[dialect.name]
        raw: Any = connection.connection.dbapi_connection
        server = {"name": f"amana_{uuid4().hex}"} if dialect.name == "postgresql" else {}
        fault_of_driver = dialect.loaded_dbapi.Error
        try:
            cursor = raw.cursor(**server)
            try:
                cursor.execute(sql, values)
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from rows
            finally:
                # Who stopped half-way through may have closed the database before.
                with suppress(fault_of_driver):
                    cursor.close()
        except fault_of_driver as fault:
            raise _wrapped(dialect, sql, values, fault) from fault

    def many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it once for each of the rows."""
        dialect = connection.dialect
        sql = self._texts[dialect.name]
        raw: Any = connection.connection.dbapi_connection
        try:
            raw.cursor().executemany(sql, rows)
        except dialect.loaded_dbapi.Error as fault:
            raise _wrapped(dialect, sql, {}, fault) from fault

    def run(self, connection: Connection, values: Values) -> None:
        """For what returns nothing."""
        dialect = connection.dialect
        sql = self._texts[dialect.name]
        raw: Any = connection.connection.dbapi_connection
        try:
            raw.execute(sql, values)
        except dialect.loaded_dbapi.Error as fault:
            raise _wrapped(dialect, sql, values, fault) from fault


def _wrapped(dialect: Any, sql: str, values: Values, fault: Exception) -> BaseException:
    from sqlalchemy.exc import DBAPIError

    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, dict(values), fault, base, dialect=dialect)
