"""Orders as they were saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow, all_items
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ORDERS = """
SELECT id, number, state, supplier, kinds, made_on, needed_by, period_start, period_end, emergency,
  "user", head, budget
FROM requisition
"""
_OF_CLINIC = Statement(_ORDERS + "WHERE clinic_id = :clinic ORDER BY id DESC")
_BY_ID = Statement(_ORDERS + "WHERE id = :order")
_NUMBERED = Statement(_ORDERS + "WHERE clinic_id = :clinic AND number = :number")
_LINES = Statement("""
SELECT l.item_id, l.opening, l.received, l.consumed, l.adjusted, l.closing, l.days_out, l.amc,
  l.average, l.months_counted, l.maximum, l.on_hand, l.at_risk, l.on_order, l.pack_size,
  l.proposed_packs, l.packs, l.reason, l.note, l.changed_by, l.price, l.added, COALESCE((
    SELECT sum(x.received) FROM receipt_line x JOIN receipt r ON r.document_id = x.document_id
    WHERE r.requisition_id = l.requisition_id AND x.item_id = l.item_id
      AND NOT EXISTS (SELECT 1 FROM document d WHERE d.reverses_id = x.document_id)), 0)
FROM requisition_line l JOIN item i ON i.id = l.item_id
WHERE l.requisition_id = :order ORDER BY i.code
""")
WAITING = ("printed", "partly_received")


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
    found = [_order(row) for row in _OF_CLINIC.rows(connection, {"clinic": clinic_id})]
    return [order for order in found if order.state in WAITING or not open_only]


def order_by_id(connection: Connection, order_id: int) -> OrderRow:
    (row,) = _BY_ID.rows(connection, {"order": order_id})
    return _order(row)


def order_numbered(connection: Connection, clinic_id: int, number: str) -> OrderRow:
    """Raises Refused when the clinic has no such order."""
    row = _NUMBERED.row(connection, {"clinic": clinic_id, "number": number.strip()})
    if row is None:
        raise Refused("There is no order {number} in this clinic.", number=number)
    return _order(row)


def order_lines(connection: Connection, order_id: int) -> list[OrderLineRow]:
    """The lines of an order, in order of code."""
    by_id = {item.id: item for item in all_items(connection, inactive=True)}
    rows = _LINES.rows(connection, {"order": order_id})
    return [_line(by_id[row[0]], row[1:]) for row in rows]


def _order(row: tuple[Any, ...]) -> OrderRow:
    (order, number, state, supplier, kinds, made_on, needed_by, first, last, emergency, user, head,
     budget) = row  # fmt: skip
    return OrderRow(
        order, number or "", state, supplier, tuple(kinds.split(",")) if kinds else (),
        day_of(made_on), day_of(needed_by) if needed_by else None, day_of(first), day_of(last),
        bool(emergency), user, None if head is None else bytes(head), budget,
    )  # fmt: skip


def _line(item: ItemRow, said: tuple[Any, ...]) -> OrderLineRow:
    (opening, received, consumed, adjusted, closing, days_out, amc, average, months_counted,
     maximum, on_hand, at_risk, on_order, pack_size, proposed_packs, packs, reason, note,
     changed_by, price, added, came) = said  # fmt: skip
    return OrderLineRow(
        item, opening, received, consumed, adjusted, closing, days_out, amc, average,
        months_counted, maximum, on_hand, at_risk, on_order, pack_size, proposed_packs, packs,
        reason, note, changed_by, price, bool(added), int(came),
    )  # fmt: skip
