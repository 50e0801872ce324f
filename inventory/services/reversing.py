"""Take a document back: every movement again, the other way round, naming the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, select

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MovementKind
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.documents import (
    LineRow,
    document_by_id,
    document_numbered,
    lines_of,
)
from inventory.services import ledger, second_person
from inventory.services.cancelling import cancel_order, is_order
from inventory.services.ledger import Entry, Heading, Posted, Reversed
from inventory.services.ordering import follow_receipts
from inventory.services.permits import permitted, require
from inventory.storage import tables
from inventory.storage.statement import Statement

_THERE = Statement("""
SELECT quantity FROM stock WHERE clinic_id = :clinic AND item_id = :item AND lot_id = :lot
  AND place_id = :place AND status = :status
""")


# What somebody must be able to do to take such a document back.
TO_REVERSE: Mapping[DocumentKind, Permission] = MappingProxyType({
    DocumentKind.DISPENSE: Permission.DISPENSE,
    DocumentKind.RECEIPT: Permission.RECEIVE,
    DocumentKind.OPENING: Permission.OPEN_STOCK,
    DocumentKind.ADJUSTMENT: Permission.ADJUST,
    DocumentKind.STATUS: Permission.RELEASE,
    DocumentKind.TRANSFER: Permission.MOVE,
})  # fmt: skip


@permitted(*TO_REVERSE.values(), Permission.ORDER)
def reverse(
    connection: Connection, stamp: Stamp, number: str, reason: str, note: str = ""
) -> Posted:
    """Reverse the document with that number, once; a printed order is cancelled.

    Raises Refused when it was reversed before, is itself a reversal, has no reason, or what it
    brought in has been used since; NeedsSecond when it is large or of a controlled item.
    """
    stream = ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    if not reason.strip():
        raise Refused("A reversal needs a reason.")
    number = number.strip()
    if is_order(number):
        return cancel_order(connection, stamp, stream, number, reason, note)
    document = document_numbered(connection, stamp.clinic_id, number)
    if document.kind is DocumentKind.REVERSAL:
        raise Refused("{number} is itself a reversal. Enter the document again instead.",
                      number=number)  # fmt: skip
    if document.reversed_by is not None:
        raise Refused("{number} was already reversed by {other}.",
                      number=number, other=document.reversed_by)  # fmt: skip
    require(connection, stamp, TO_REVERSE[document.kind])
    lines = lines_of(connection, document.id)
    _check_still_there(connection, stamp.clinic_id, number, lines)
    entries = [
        Entry(MovementKind.REVERSAL, line.item_id, line.lot_id, line.place_id, -line.quantity,
              line.status, line.line, reason, reverses=Reversed(line.uid, line.kind,
                                                                 line.happened_on))
        for line in lines
    ]  # fmt: skip
    heading = Heading(DocumentKind.REVERSAL, stamp.today, party=document.party,
                      reference=document.number, reason=reason, note=note,
                      reverses_id=document.id)  # fmt: skip
    net = second_person.net(entries)
    consent = second_person.for_changes(connection, stamp, net, reason)
    posted = ledger.post(connection, stamp, heading, entries, stream)
    order_id = connection.scalar(
        select(tables.receipt.c.requisition_id).where(
            tables.receipt.c.document_id == document.id)
    )  # fmt: skip
    if order_id is not None:
        follow_receipts(connection, order_id)
    consent.record(connection, stamp, posted.number)
    return posted


@permitted(*TO_REVERSE.values(), Permission.ORDER)
def reverse_by_id(connection: Connection, stamp: Stamp, document_id: int, reason: str) -> Posted:
    """The same, for a page that holds the document's id."""
    number = document_by_id(connection, document_id, stamp.clinic_id).number
    return reverse(connection, stamp, number, reason)


def _check_still_there(
    connection: Connection, clinic_id: int, number: str, lines: Sequence[LineRow]
) -> None:
    """What a document brought to a shelf can be taken back only while it is still there."""
    brought: dict[tuple[int, int, str], int] = {}
    for line in lines:
        key = (line.lot_id, line.place_id, line.status.value)
        brought[key] = brought.get(key, 0) + line.quantity
    for line in lines:
        lot_id, place_id, status = key = (line.lot_id, line.place_id, line.status.value)
        row = _THERE.row(connection, {"clinic": clinic_id, "item": line.item_id, "lot": lot_id,
                                      "place": place_id, "status": status})  # fmt: skip
        there = row[0] if row else 0
        if brought[key] > there:
            raise Refused(
                "{number} cannot be reversed: of the {brought} {item}, batch {lot}, only {there} "
                "are still where it put them.",
                number=number, brought=brought[key], item=line.names, lot=line.lot, there=there,
            )  # fmt: skip
