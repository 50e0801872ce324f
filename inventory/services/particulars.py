"""What a document says besides its movements, in the form in which its seal covers it.

A receipt and its lines, and the demand that could not be met. Of a printed order, all its lines.
Particulars of a visit are left out: a person's may have to be removed one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from inventory.services import chain
from inventory.storage.statement import Statement

Says = tuple[Any, ...]

_LINE = ("line", "item_uid", "lot_uid", "pack_size", "ordered", "on_waybill", "received", "damaged",
         "status", "reason", "note")  # fmt: skip
_NAMED = Statement("""
SELECT i.uid, (SELECT uid FROM lot WHERE id = :lot) FROM item i WHERE i.id = :item
""")
_ORDER_UID = Statement("SELECT uid FROM requisition WHERE id = :id")
_RECEIPTS = Statement("""
SELECT t.document_id, t.supplier, t.source, t.waybill, q.uid
FROM receipt t LEFT JOIN requisition q ON q.id = t.requisition_id
""")
_RECEIPT_LINES = Statement("""
SELECT t.document_id, t.line, i.uid, l.uid, t.pack_size, t.ordered, t.on_waybill, t.received,
  t.damaged, t.status, t.reason, t.note
FROM receipt_line t LEFT JOIN item i ON i.id = t.item_id LEFT JOIN lot l ON l.id = t.lot_id
ORDER BY t.document_id, t.line
""")
_UNMET = Statement("""
SELECT t.document_id, i.uid, t.quantity
FROM unmet_demand t LEFT JOIN item i ON i.id = t.item_id ORDER BY t.document_id, i.uid
""")
# Written out: a column that a later version adds is not in the seals of orders before it.
_ORDER_LINE = (
    "opening", "received", "consumed", "adjusted", "closing", "days_out", "amc", "average",
    "months_counted", "maximum", "on_hand", "at_risk", "on_order", "pack_size", "proposed_packs",
    "packs", "reason", "note", "changed_by", "price", "added",
)  # fmt: skip
_ORDERS = Statement("""
SELECT q.id, q.seal, q.head, q.state, q.number, q.uid, c.uid, q.supplier, q.kinds, q.made_on,
  q.needed_by, q.period_start, q.period_end, q.emergency, q."user"
FROM requisition q JOIN clinic c ON c.id = q.clinic_id
WHERE :only = 0 OR q.id = :only ORDER BY q.id
""")
_ORDER_LINES = Statement(f"""
SELECT i.uid, {", ".join(f"t.{name}" for name in _ORDER_LINE)}
FROM requisition_line t JOIN item i ON i.id = t.item_id
WHERE t.requisition_id = :order ORDER BY i.uid
""")


def of_receipt(
    connection: Connection, supplier: str, source: str, waybill: str, order_id: int | None,
    rows: Iterable[Mapping[str, Any]],
) -> Says:  # fmt: skip
    """Of a delivery that is about to be written; `rows` as they go into `receipt_line`."""
    order = None
    if order_id is not None:
        ((order,),) = _ORDER_UID.rows(connection, {"id": order_id})
    lines = []
    for row in rows:
        item, lot = _NAMED.rows(connection, {"item": row["item_id"], "lot": row["lot_id"]})[0]
        named = {**row, "item_uid": item, "lot_uid": lot}
        lines.append(tuple(named[name] for name in _LINE))
    return _says((supplier, source, waybill, order), lines, ())


def of_unmet(connection: Connection, unmet: Mapping[int, int]) -> Says:
    """Of demand that is about to be written: quantity by item."""
    pairs = [
        (_NAMED.rows(connection, {"item": item, "lot": None})[0][0], quantity)
        for item, quantity in unmet.items()
    ]
    return _says(None, (), sorted(pairs))


def of_all(connection: Connection) -> Mapping[int, Says]:
    """Of every document that has any, as it is written now."""
    receipts = {row[0]: row[1:] for row in _RECEIPTS.each(connection, {})}
    lines: dict[int, list[Says]] = defaultdict(list)
    for row in _RECEIPT_LINES.each(connection, {}):
        lines[row[0]].append(row[1:])
    unmet: dict[int, list[Says]] = defaultdict(list)
    for row in _UNMET.each(connection, {}):
        unmet[row[0]].append(row[1:])
    return {
        document: _says(receipts.get(document), lines.get(document, ()), unmet.get(document, ()))
        for document in receipts.keys() | lines.keys() | unmet.keys()
    }


def seal_of_order(connection: Connection, order_id: int) -> bytes:
    """The seal of an order as it is written now; `head` must be set."""
    (row,) = _ORDERS.rows(connection, {"only": order_id})
    return _seal_of(connection, row)


def changed_orders(connection: Connection) -> list[str]:
    """Numbers of the printed orders that are not as they were printed."""
    return [
        row[4] or "?"
        for row in _ORDERS.rows(connection, {"only": 0})
        if (row[1] is not None or row[3] != "draft")
        and (row[2] is None or row[1] is None or bytes(row[1]) != _seal_of(connection, row))
    ]


def _seal_of(connection: Connection, row: tuple[Any, ...]) -> bytes:
    lines = _ORDER_LINES.rows(connection, {"order": row[0]})
    return chain.seal_order(bytes(row[2]), (*row[4:], lines))


def _says(receipt: Says | None, lines: Sequence[Says], unmet: Sequence[Says]) -> Says:
    return receipt, lines, unmet
