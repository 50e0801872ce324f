"""What stands on the shelf, batch by batch."""

from __future__ import annotations

from sqlalchemy import Connection, text

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.fefo import Shelf
from inventory.domain.status import Status
from inventory.storage.types import day_of

_SHELVES = text("""
SELECT s.lot_id, s.place_id, l.number, l.expiry, l.expiry_precision, s.status, s.quantity,
  p.rank
FROM stock s JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
WHERE s.clinic_id = :clinic AND s.item_id = :item AND s.quantity > 0
ORDER BY l.expiry, l.id, p.rank
""")


def shelves(connection: Connection, clinic_id: int, item_id: int) -> list[Shelf]:
    """Every batch, place and status of one item with stock, earliest expiry first."""
    rows = connection.execute(_SHELVES, {"clinic": clinic_id, "item": item_id})
    return [
        Shelf(
            lot_id=row.lot_id,
            place_id=row.place_id,
            lot=row.number,
            expiry=None if row.expiry is None else
            Expiry(day_of(row.expiry), Precision(row.expiry_precision)),
            status=Status(row.status),
            quantity=row.quantity,
            order=order,
        )
        for order, row in enumerate(rows)
    ]  # fmt: skip
