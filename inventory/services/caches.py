"""The caches that the ledger keeps in the same transaction as the movement.

`stock` is the sum of movements; `month_use` what was received, consumed and adjusted in a month;
`usable_day` the net change of usable, unexpired stock on a day. A batch leaves the usable stock
on the day after its expiry without anyone moving it, so each movement also writes its opposite
there. Days out of stock follow by walking back from today's stock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from inventory.domain.movements import MOVEMENTS, Column
from inventory.domain.sentence import Refused, counted
from inventory.domain.status import Status
from inventory.queries.items import item_by_id
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from inventory.services.ledger import Entry

_ADD = Statement("""
INSERT INTO stock (clinic_id, item_id, lot_id, place_id, status, quantity)
VALUES (:clinic, :item, :lot, :place, :status, :quantity)
ON CONFLICT (clinic_id, item_id, lot_id, place_id, status)
DO UPDATE SET quantity = stock.quantity + excluded.quantity RETURNING quantity
""")
_TAKE = Statement("""
UPDATE stock SET quantity = quantity + :quantity
WHERE clinic_id = :clinic AND item_id = :item AND lot_id = :lot AND place_id = :place
  AND status = :status AND quantity + :quantity >= 0 RETURNING quantity
""")
_THERE = Statement("""
SELECT quantity FROM stock WHERE clinic_id = :clinic AND item_id = :item AND lot_id = :lot
  AND place_id = :place AND status = :status
""")
_SINCE = Statement("""
SELECT sum(quantity) FROM movement
WHERE clinic_id = :clinic AND item_id = :item AND happened_on > :day AND lot_id = :lot
  AND place_id = :place AND status = :status
GROUP BY happened_on ORDER BY happened_on DESC
""")
_MONTH = {
    column: Statement(f"""
INSERT INTO month_use (clinic_id, month, item_id, {column.value})
VALUES (:clinic, :month, :item, :quantity)
ON CONFLICT (clinic_id, month, item_id)
DO UPDATE SET {column.value} = month_use.{column.value} + excluded.{column.value}
""")
    for column in Column
    if column is not Column.NONE
}
_FIRST = Statement("""
INSERT INTO first_day (clinic_id, item_id, day) VALUES (:clinic, :item, :day)
ON CONFLICT (clinic_id, item_id)
DO UPDATE SET day = excluded.day WHERE excluded.day < first_day.day
""")
_KEEP = """
ON CONFLICT (clinic_id, day, item_id)
DO UPDATE SET change = usable_day.change + excluded.change
"""
_DAY = Statement(f"""
INSERT INTO usable_day (clinic_id, day, item_id, change) VALUES (:clinic, :day, :item, :change)
{_KEEP}
""")
_DAY_AND_END = Statement(f"""
INSERT INTO usable_day (clinic_id, day, item_id, change)
VALUES (:clinic, :day, :item, :change), (:clinic, :gone, :item, :back)
{_KEEP}
""")


def move_stock(connection: Connection, clinic_id: int, entry: Entry, lot: str) -> int:
    """Change the stock and return the new balance. Raises Refused rather than go below zero."""
    key = {"clinic": clinic_id, "item": entry.item_id, "lot": entry.lot_id,
           "place": entry.place_id, "status": entry.status.value,
           "quantity": entry.quantity}  # fmt: skip
    row = (_ADD if entry.quantity > 0 else _TAKE).row(connection, key)
    if row is not None:
        return int(row[0])
    del key["quantity"]
    there = _THERE.row(connection, key)
    raise Refused(counted(
        "Only {there} of {item}, batch {lot}, are here; {n} was asked for.",
        "Only {there} of {item}, batch {lot}, are here; {n} were asked for.",
        -entry.quantity, there=int(there[0]) if there else 0,
        item=item_by_id(connection, entry.item_id).names, lot=lot))  # fmt: skip


def check_past(
    connection: Connection, clinic_id: int, day: date, entry: Entry, lot: str, balance: int
) -> None:
    """What goes out on a day before the last on record was there then and at every close since.

    `balance` is what is left now. Raises Refused with what could go out that day.
    """
    given = {"clinic": clinic_id, "item": entry.item_id, "lot": entry.lot_id,
             "place": entry.place_id, "status": entry.status.value,
             "day": day.isoformat()}  # fmt: skip
    lowest = balance
    for (change,) in _SINCE.rows(connection, given):
        balance -= int(change)
        lowest = min(lowest, balance)
    if lowest < 0:
        raise Refused(counted(
            "Only {there} of {item}, batch {lot}, can go out on {day}; {n} was asked for.",
            "Only {there} of {item}, batch {lot}, can go out on {day}; {n} were asked for.",
            -entry.quantity, there=max(0, lowest - entry.quantity), day=day,
            item=item_by_id(connection, entry.item_id).names, lot=lot))  # fmt: skip


def note_use(
    connection: Connection, clinic_id: int, happened_on: date, entry: Entry, expiry: str | None
) -> None:
    """Keep the monthly and daily roll-ups. A reversal counts on the day of what it takes back."""
    if entry.status is not Status.USABLE:
        return
    kind, day = entry.kind, happened_on
    if entry.reverses is not None:
        kind, day = entry.reverses.kind, entry.reverses.happened_on
    column = MOVEMENTS[kind].column
    if column is not Column.NONE:
        sign = -1 if column is Column.CONSUMED else 1
        _MONTH[column].run(
            connection,
            {"clinic": clinic_id, "month": day.isoformat()[:7], "item": entry.item_id,
             "quantity": sign * entry.quantity},
        )  # fmt: skip
    _note_days(connection, clinic_id, day.isoformat(), entry, expiry)


def _note_days(
    connection: Connection, clinic_id: int, day: str, entry: Entry, expiry: str | None
) -> None:
    """Daily change of usable, unexpired stock, and the item's first day on record."""
    where = {"clinic": clinic_id, "item": entry.item_id, "day": day}
    _FIRST.run(connection, where)
    if expiry is not None and day > expiry:
        return
    change = {**where, "change": entry.quantity}
    gone = day_after(expiry)
    if gone is None:
        _DAY.run(connection, change)
    else:
        _DAY_AND_END.run(connection, {**change, "gone": gone, "back": -entry.quantity})


def day_after(expiry: str | None) -> str | None:
    """The day from which a batch has left the usable stock; None when it never does."""
    last = date.max if expiry is None else day_of(expiry)
    return None if last == date.max else (last + timedelta(days=1)).isoformat()
