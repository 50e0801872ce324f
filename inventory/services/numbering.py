"""Printed numbers without gaps, one run per clinic, prefix and year: GRN-2026-00012."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from inventory.storage.statement import Statement

_TAKE = Statement("""
INSERT INTO number_counter (clinic_id, prefix, year, last) VALUES (:clinic, :prefix, :year, 1)
ON CONFLICT (clinic_id, prefix, year) DO UPDATE SET last = number_counter.last + 1 RETURNING last
""")


def take(connection: Connection, clinic_id: int, prefix: str, day: date) -> str:
    """The next number of the year of `day`, taken in the transaction that uses it: a rollback
    gives it back."""
    ((last,),) = _TAKE.rows(connection, {"clinic": clinic_id, "prefix": prefix, "year": day.year})
    return f"{prefix}-{day.year}-{last:05d}"
