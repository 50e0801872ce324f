"""Column types that mean the same on SQLite (STRICT tables) and PostgreSQL."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

Count = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of smallest units, or of milliseconds."""


class Day(TypeDecorator[date]):
    """A calendar day, kept as ISO text: it sorts, compares and reads the same everywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)
