"""Take a document back: every movement again, the other way round, naming the first."""

from __future__ import annotations

from sqlalchemy import Connection, select

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MovementKind
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.documents import document_by_id, document_numbered, lines_of
from inventory.services import ledger
from inventory.services.ledger import Entry, Heading, Posted, Reversed
from inventory.services.ordering import follow_receipts
from inventory.storage import tables


def reverse(
    connection: Connection, stamp: Stamp, number: str, reason: str, note: str = ""
) -> Posted:
    """Reverse the document with that number, once.

    Raises Refused when it was reversed before, is itself a reversal, has no reason, or what it
    brought in has been used since.
    """
    ledger.begin(connection, stamp.clinic_id)
    before = ledger.already(connection, stamp)
    if before is not None:
        return before
    if not reason.strip():
        raise Refused("A reversal needs a reason.")
    document = document_numbered(connection, stamp.clinic_id, number)
    if document.kind is DocumentKind.REVERSAL:
        raise Refused("{number} is itself a reversal. Enter the document again instead.",
                      number=number)  # fmt: skip
    if document.reversed_by is not None:
        raise Refused("{number} was already reversed by {other}.",
                      number=number, other=document.reversed_by)  # fmt: skip
    entries = [
        Entry(MovementKind.REVERSAL, line.item_id, line.lot_id, line.place_id, -line.quantity,
              line.status, line.line, reason, reverses=Reversed(line.uid, line.kind,
                                                                 line.happened_on))
        for line in lines_of(connection, document.id)
    ]  # fmt: skip
    heading = Heading(DocumentKind.REVERSAL, stamp.today, party=document.party,
                      reference=document.number, reason=reason, note=note,
                      reverses_id=document.id)  # fmt: skip
    posted = ledger.post(connection, stamp, heading, entries)
    order_id = connection.scalar(
        select(tables.receipt.c.requisition_id).where(
            tables.receipt.c.document_id == document.id)
    )  # fmt: skip
    if order_id is not None:
        follow_receipts(connection, order_id)
    return posted


def reverse_by_id(connection: Connection, stamp: Stamp, document_id: int, reason: str) -> Posted:
    """The same, for a page that holds the document's id."""
    return reverse(connection, stamp, document_by_id(connection, document_id).number, reason)
