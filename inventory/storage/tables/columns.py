"""How tables and their commonest columns are written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

from inventory.storage.tables.types import Count

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def table(name: str, *parts: Any, rowid: bool = True) -> Table:
    """A table, STRICT on SQLite; without `rowid` it is kept in the order of its primary key."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def words(name: str, **more: Any) -> Column[str]:
    """Text that is empty when there is none."""
    return Column(name, Text, nullable=False, server_default="", **more)


def whole(name: str, default: int = 0) -> Column[int]:
    """A whole number with a default."""
    return Column(name, Count, nullable=False, server_default=str(default))


def local_id() -> Column[int]:
    """The key inside this database."""
    return Column("id", Integer, primary_key=True)


def uid() -> Column[str]:
    """The identity that means the same in every database: 32 hex digits of a UUIDv7."""
    return Column("uid", Text, nullable=False, unique=True)


def of(other: str, **more: Any) -> Column[int]:
    """A reference to the local id of another table."""
    return Column(
        f"{other}_id", Integer, ForeignKey(f"{other}.id"), nullable=more.pop("null", False), **more
    )
