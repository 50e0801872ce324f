"""Orders as they were saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, text

from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow, all_items
from inventory.storage import tables

REQ = tables.requisition.c
_LINES = text("""
SELECT l.*, COALESCE((
    SELECT sum(x.received) FROM receipt_line x JOIN receipt r ON r.document_id = x.document_id
    WHERE r.requisition_id = l.requisition_id AND x.item_id = l.item_id
      AND NOT EXISTS (SELECT 1 FROM document d WHERE d.reverses_id = x.document_id)), 0) AS came
FROM requisition_line l JOIN item i ON i.id = l.item_id
WHERE l.requisition_id = :order ORDER BY i.code
""")


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order; `state` is draft, printed, partly_received or closed."""

    id: int
    number: str
    state: str
    supplier: str
    kinds: tuple[str, ...]
    made_on: date
    needed_by: date | None
    period_start: date
    period_end: date
    emergency: bool
    user: str
    head: bytes | None
    budget: int | None


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A line as it was saved: the form's columns, the proposal and what is asked for.

    Units except `proposed_packs` and `packs`. `came` has been received against this order.
    """

    item: ItemRow
    opening: int
    received: int
    consumed: int
    adjusted: int
    closing: int
    days_out: int
    amc: str
    average: int
    months_counted: int
    maximum: int
    on_hand: int
    at_risk: int
    on_order: int
    pack_size: int
    proposed_packs: int
    packs: int
    reason: str
    note: str
    changed_by: str
    price: int | None
    added: bool
    came: int

    @property
    def requested(self) -> int:
        return self.packs * self.pack_size

    @property
    def to_come(self) -> int:
        return max(0, self.requested - self.came)


def orders(connection: Connection, clinic_id: int, *, open_only: bool = False) -> list[OrderRow]:
    """Orders of a clinic, newest first; only those that still wait for goods if asked."""
    query = select(tables.requisition).where(REQ.clinic_id == clinic_id).order_by(REQ.id.desc())
    if open_only:
        query = query.where(REQ.state.in_(("printed", "partly_received")))
    return [_order(row) for row in connection.execute(query)]


def order_by_id(connection: Connection, order_id: int) -> OrderRow:
    return _order(connection.execute(select(tables.requisition).where(REQ.id == order_id)).one())


def order_numbered(connection: Connection, clinic_id: int, number: str) -> OrderRow:
    """Raises Refused when the clinic has no such order."""
    row = connection.execute(
        select(tables.requisition).where(REQ.clinic_id == clinic_id, REQ.number == number.strip())
    ).one_or_none()
    if row is None:
        raise Refused("There is no order {number} in this clinic.", number=number)
    return _order(row)


def order_lines(connection: Connection, order_id: int) -> list[OrderLineRow]:
    """The lines of an order, in order of code."""
    by_id = {item.id: item for item in all_items(connection, inactive=True)}
    rows = connection.execute(_LINES, {"order": order_id})
    return [_line(row, by_id[row.item_id]) for row in rows]


def _order(row: Row[Any]) -> OrderRow:
    return OrderRow(
        row.id, row.number or "", row.state, row.supplier,
        tuple(row.kinds.split(",")) if row.kinds else (), row.made_on, row.needed_by,
        row.period_start, row.period_end, bool(row.emergency), row.user,
        None if row.head is None else bytes(row.head), row.budget,
    )  # fmt: skip


def _line(row: Row[Any], item: ItemRow) -> OrderLineRow:
    return OrderLineRow(
        item, row.opening, row.received, row.consumed, row.adjusted, row.closing, row.days_out,
        row.amc, row.average, row.months_counted, row.maximum, row.on_hand, row.at_risk,
        row.on_order, row.pack_size, row.proposed_packs, row.packs, row.reason, row.note,
        row.changed_by, row.price, bool(row.added), int(row.came),
    )  # fmt: skip
