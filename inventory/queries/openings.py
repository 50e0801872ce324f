"""What was opened with on the first day, and what paper reported of the months before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.months import Month

CORRECTS_OPENING = "OPN"
"""The reference of an adjustment that corrects opening stock."""

# What reversed documents wrote does not count, and neither do the reversals.
_OPENED = text("""
SELECT i.code, l.number, l.expiry, l.expiry_precision, p.name AS place, m.item_id, m.lot_id,
  m.place_id, m.status, sum(m.quantity) AS quantity,
  (SELECT s.quantity FROM stock s WHERE s.clinic_id = m.clinic_id AND s.item_id = m.item_id
    AND s.lot_id = m.lot_id AND s.place_id = m.place_id AND s.status = m.status) AS on_hand
FROM document d JOIN movement m ON m.document_id = d.id JOIN item i ON i.id = m.item_id
JOIN lot l ON l.id = m.lot_id JOIN place p ON p.id = m.place_id
LEFT JOIN document r ON r.reverses_id = d.id
WHERE d.clinic_id = :clinic AND m.clinic_id = :clinic AND r.id IS NULL
  AND (d.kind = 'opening' OR (d.kind = 'adjustment' AND d.reference = :corrects))
GROUP BY m.clinic_id, i.code, l.number, l.expiry, l.expiry_precision, p.name, m.item_id, m.lot_id,
  m.place_id, m.status
""")
_REPORTED = text("""
SELECT i.code, r.month, r.opening, r.received, r.consumed, r.adjusted, r.closing, r.days_out
FROM reported_month r JOIN item i ON i.id = r.item_id WHERE r.clinic_id = :clinic
""")
_BEGAN = text("""
SELECT i.code, f.day FROM first_day f JOIN item i ON i.id = f.item_id WHERE f.clinic_id = :clinic
""")


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One batch at one place: opened with `quantity`, of which `on_hand` are still there."""

    code: str
    lot: str
    expiry: Expiry | None
    place: str
    status: str
    quantity: int
    on_hand: int
    item_id: int
    lot_id: int
    place_id: int


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """One month of one item as paper reported it; adjustments are signed."""

    code: str
    month: Month
    opening: int
    received: int
    consumed: int
    adjustments: int
    closing: int
    days_out: int


def opened_rows(connection: Connection, clinic_id: int) -> list[OpenedRow]:
    """Opening stock with its corrections, of documents that were not reversed."""
    given = {"clinic": clinic_id, "corrects": CORRECTS_OPENING}
    return [
        OpenedRow(
            row.code,
            row.number,
            _expiry(row),
            row.place,
            row.status,
            int(row.quantity),
            int(row.on_hand or 0),
            row.item_id,
            row.lot_id,
            row.place_id,
        )
        for row in connection.execute(_OPENED, given)
    ]


def reported_rows(connection: Connection, clinic_id: int) -> list[ReportedRow]:
    """All months that were reported before Amana."""
    return [
        ReportedRow(row.code, Month.from_iso(row.month), *row[2:])
        for row in connection.execute(_REPORTED, {"clinic": clinic_id})
    ]


def first_months(connection: Connection, clinic_id: int) -> dict[str, Month]:
    """The month of the first movement of each item that has one, by code."""
    rows = connection.execute(_BEGAN, {"clinic": clinic_id})
    return {row.code: Month.of(date.fromisoformat(row.day)) for row in rows}


def _expiry(row: Any) -> Expiry | None:
    if row.expiry is None:
        return None
    return Expiry(date.fromisoformat(row.expiry), Precision(row.expiry_precision))
