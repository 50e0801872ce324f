"""The caches that the ledger keeps in the same transaction as the movement.

`stock` is the sum of movements; `month_use` what was received, consumed and adjusted in a month;
`usable_day` the net change of usable, unexpired stock on a day. A batch leaves the usable stock
on the day after its expiry without anyone moving it, so each movement also writes its opposite
there. Days out of stock follow by walking back from today's stock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, text

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.movements import MOVEMENTS, Column
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.status import Status

if TYPE_CHECKING:
    from inventory.services.ledger import Entry

_ADD = text("""
INSERT INTO stock (clinic_id, item_id, lot_id, place_id, status, quantity)
VALUES (:clinic, :item, :lot, :place, :status, :quantity)
ON CONFLICT (clinic_id, item_id, lot_id, place_id, status)
DO UPDATE SET quantity = stock.quantity + excluded.quantity RETURNING quantity
""")
_TAKE = text("""
UPDATE stock SET quantity = quantity + :quantity
WHERE clinic_id = :clinic AND item_id = :item AND lot_id = :lot AND place_id = :place
  AND status = :status AND quantity + :quantity >= 0 RETURNING quantity
""")
_THERE = text("""
SELECT quantity FROM stock WHERE clinic_id = :clinic AND item_id = :item AND lot_id = :lot
  AND place_id = :place AND status = :status
""")
_MONTH = {
    column: text(f"""
INSERT INTO month_use (clinic_id, month, item_id, {column.value})
VALUES (:clinic, :month, :item, :quantity)
ON CONFLICT (clinic_id, month, item_id)
DO UPDATE SET {column.value} = month_use.{column.value} + excluded.{column.value}
""")
    for column in Column
    if column is not Column.NONE
}
_DAY = text("""
INSERT INTO usable_day (clinic_id, day, item_id, change) VALUES (:clinic, :day, :item, :change)
ON CONFLICT (clinic_id, day, item_id)
DO UPDATE SET change = usable_day.change + excluded.change
""")
_FIRST = text("""
INSERT INTO first_day (clinic_id, item_id, day) VALUES (:clinic, :item, :day)
ON CONFLICT (clinic_id, item_id)
DO UPDATE SET day = CASE WHEN excluded.day < first_day.day THEN excluded.day ELSE first_day.day END
""")


def expiry_of(row: Row[Any]) -> Expiry | None:
    """The expiry of a lot row that has `expiry` (ISO text) and `expiry_precision`."""
    if row.expiry is None:
        return None
    return Expiry(date.fromisoformat(row.expiry), Precision(row.expiry_precision))


def names_of(row: Row[Any]) -> Names:
    return Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr)


def move_stock(connection: Connection, clinic_id: int, entry: Entry, named: Row[Any]) -> int:
    """Change the stock and return the new balance. Raises Refused rather than go below zero."""
    key = {"clinic": clinic_id, "item": entry.item_id, "lot": entry.lot_id,
           "place": entry.place_id, "status": entry.status.value,
           "quantity": entry.quantity}  # fmt: skip
    if entry.quantity > 0:
        return int(connection.execute(_ADD, key).scalar_one())
    balance = connection.execute(_TAKE, key).scalar_one_or_none()
    if balance is not None:
        return int(balance)
    del key["quantity"]
    there = connection.execute(_THERE, key).scalar_one_or_none() or 0
    raise Refused("Only {there} of {item}, batch {lot}, are here; {asked} were asked for.",
                  there=int(there), asked=-entry.quantity, item=names_of(named),
                  lot=named.number)  # fmt: skip


def note_use(
    connection: Connection, clinic_id: int, happened_on: date, entry: Entry, expiry: str | None
) -> None:
    """Keep the monthly and daily roll-ups. A reversal nets the month of what it takes back."""
    if entry.status is not Status.USABLE:
        return
    kind, month_of = entry.kind, happened_on
    if entry.reverses is not None:
        kind, month_of = entry.reverses.kind, entry.reverses.happened_on
    column = MOVEMENTS[kind].column
    if column is not Column.NONE:
        sign = -1 if column is Column.CONSUMED else 1
        connection.execute(
            _MONTH[column],
            {"clinic": clinic_id, "month": month_of.isoformat()[:7], "item": entry.item_id,
             "quantity": sign * entry.quantity},
        )  # fmt: skip
    note_days(connection, clinic_id, happened_on, entry.item_id, entry.quantity, expiry)


def note_days(
    connection: Connection,
    clinic_id: int,
    happened_on: date,
    item_id: int,
    quantity: int,
    expiry: str | None,
) -> None:
    """Daily change of usable, unexpired stock, and the item's first day on record."""
    where = {"clinic": clinic_id, "item": item_id}
    connection.execute(_FIRST, {**where, "day": happened_on.isoformat()})
    last = date.fromisoformat(expiry) if expiry is not None else date.max
    if happened_on > last:
        return
    days = [{**where, "day": happened_on.isoformat(), "change": quantity}]
    if last < date.max:
        gone = (last + timedelta(days=1)).isoformat()
        days.append({**where, "day": gone, "change": -quantity})
    connection.execute(_DAY, days)
