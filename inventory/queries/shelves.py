"""What stands on the shelf, batch by batch."""

from __future__ import annotations

from sqlalchemy import Connection

from inventory.domain.fefo import Shelf
from inventory.domain.status import Status
from inventory.storage.statement import Statement
from inventory.storage.types import expiry_of

_SHELVES = Statement("""
SELECT s.lot_id, s.place_id, l.number, l.expiry, l.expiry_precision, s.status, s.quantity
FROM stock s JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
WHERE s.clinic_id = :clinic AND s.item_id = :item AND s.quantity > 0
ORDER BY l.expiry IS NULL, l.expiry, l.id, p.rank, p.id, s.status
""")


def shelves(connection: Connection, clinic_id: int, item_id: int) -> list[Shelf]:
    """Every batch, place and status of one item with stock, earliest expiry first."""
    rows = _SHELVES.rows(connection, {"clinic": clinic_id, "item": item_id})
    return [
        Shelf(lot_id, place_id, number, expiry_of(last_day, precision), Status(status), quantity,
              order)
        for order, (lot_id, place_id, number, last_day, precision, status, quantity)
        in enumerate(rows)
    ]  # fmt: skip
