"""Printed numbers without gaps, one run per clinic, prefix and year: GRN-2026-00012."""

from __future__ import annotations

from sqlalchemy import Connection, text

from inventory.domain.stamp import Stamp

_TAKE = text("""
INSERT INTO number_counter (clinic_id, prefix, year, last) VALUES (:clinic, :prefix, :year, 1)
ON CONFLICT (clinic_id, prefix, year) DO UPDATE SET last = number_counter.last + 1 RETURNING last
""")


def take(connection: Connection, stamp: Stamp, prefix: str) -> str:
    """The next number, taken in the transaction that uses it: a rollback gives it back."""
    year = stamp.today.year
    last: int = connection.execute(
        _TAKE, {"clinic": stamp.clinic_id, "prefix": prefix, "year": year}
    ).scalar_one()
    return f"{prefix}-{year}-{last:05d}"
