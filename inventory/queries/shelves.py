"""What stands on the shelf, batch by batch, and what of it a past day could give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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

_LAST_DAY = Statement("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")
_SINCE = Statement("""
SELECT lot_id, place_id, status, sum(quantity) FROM movement
WHERE clinic_id = :clinic AND item_id = :item AND happened_on > :day
GROUP BY lot_id, place_id, status, happened_on ORDER BY happened_on DESC
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


def shelves_on(connection: Connection, clinic_id: int, item_id: int, day: date) -> list[Shelf]:
    """The same for something that happened on `day`.

    When the ledger has gone on since, each gives at most the smallest balance it closed with on
    any day from `day` until now: more than that was not there, or is accounted for already.
    """
    standing = shelves(connection, clinic_id, item_id)
    ((last,),) = _LAST_DAY.rows(connection, {"clinic": clinic_id})
    if last is None or day.isoformat() >= last:
        return standing
    return lowest_since(connection, clinic_id, item_id, day, standing)


def lowest_since(
    connection: Connection, clinic_id: int, item_id: int, day: date, standing: list[Shelf]
) -> list[Shelf]:
    """Each shelf with the smallest balance it had at the close of any day from `day` until now."""
    balance = {_key(shelf): shelf.quantity for shelf in standing}
    lowest = dict(balance)
    given = {"clinic": clinic_id, "item": item_id, "day": day.isoformat()}
    for lot_id, place_id, status, change in _SINCE.rows(connection, given):
        key = (lot_id, place_id, status)
        if key in balance:
            balance[key] -= int(change)
            lowest[key] = min(lowest[key], balance[key])
    return [
        replace(shelf, quantity=lowest[_key(shelf)])
        for shelf in standing
        if lowest[_key(shelf)] > 0
    ]


def _key(shelf: Shelf) -> tuple[int, int, str]:
    return shelf.lot_id, shelf.place_id, shelf.status.value
