"""Deliveries that are on the shelf: one with its lines, the last ones, what is known of a batch."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry, Precision
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.documents import DocumentRow, document_by_id, document_numbered
from inventory.storage.types import day_of

_RECEIPT = text("""
SELECT r.supplier, r.source, r.waybill, q.number AS order_number FROM receipt r
LEFT JOIN requisition q ON q.id = r.requisition_id WHERE r.document_id = :document
""")
_LINES = text("""
SELECT l.item_id, i.name_en, i.name_ar, i.name_ckb, i.name_fr, i.unit, i.kind, b.number AS lot,
  b.expiry, b.expiry_precision, l.pack_size, l.ordered, l.received, l.damaged, l.status
FROM receipt_line l JOIN item i ON i.id = l.item_id LEFT JOIN lot b ON b.id = l.lot_id
WHERE l.document_id = :document ORDER BY l.line
""")
_LAST = text("""
SELECT id FROM document WHERE clinic_id = :clinic AND kind = :kind ORDER BY id DESC LIMIT :most
""")
_EXPIRY = text("""
SELECT expiry, expiry_precision FROM lot WHERE clinic_id = :clinic AND item_id = :item
  AND lower(number) = lower(:number) AND expiry IS NOT NULL ORDER BY id DESC LIMIT 1
""")
_SUPPLIERS = text("""
SELECT r.supplier FROM receipt r JOIN document d ON d.id = r.document_id
WHERE d.clinic_id = :clinic AND r.supplier <> '' GROUP BY r.supplier ORDER BY max(d.id) DESC
LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A line of a goods-received note; `quantity` is what came in good condition."""

    item_id: int
    names: Names
    unit: str
    kind: str
    lot: str
    expiry: Expiry | None
    pack_size: int
    ordered: int | None
    quantity: int
    damaged: int
    status: Status


@dataclass(frozen=True, slots=True)
class ReceivedNote:
    """A goods-received note."""

    document: DocumentRow
    supplier: str
    source: str
    waybill: str
    order: str
    lines: tuple[ReceivedLine, ...]


def note_numbered(connection: Connection, clinic_id: int, number: str) -> ReceivedNote:
    """Raises Refused when the clinic has no goods-received note of that number."""
    document = document_numbered(connection, clinic_id, number)
    if document.kind is not DocumentKind.RECEIPT:
        raise Refused("{number} is not a goods-received note.", number=number)
    return _note(connection, document)


def last_notes(connection: Connection, clinic_id: int, most: int) -> list[ReceivedNote]:
    """The last goods-received notes, the newest first."""
    values = {"clinic": clinic_id, "kind": DocumentKind.RECEIPT.value, "most": most}
    ids = connection.scalars(_LAST, values).all()
    return [_note(connection, document_by_id(connection, found)) for found in ids]


def known_expiry(
    connection: Connection, clinic_id: int, item_id: int, lot: str
) -> Expiry | None:
    """The expiry that a batch of an item came with before; None when it never came."""
    values = {"clinic": clinic_id, "item": item_id, "number": lot.strip()}
    row = connection.execute(_EXPIRY, values).one_or_none()
    return None if row is None else Expiry(day_of(row.expiry), Precision(row.expiry_precision))


def suppliers(connection: Connection, clinic_id: int, most: int = 20) -> list[str]:
    """Who delivered here before, the last one first."""
    return list(connection.scalars(_SUPPLIERS, {"clinic": clinic_id, "most": most}))


def _note(connection: Connection, document: DocumentRow) -> ReceivedNote:
    receipt = connection.execute(_RECEIPT, {"document": document.id}).one()
    lines = []
    for row in connection.execute(_LINES, {"document": document.id}):
        expiry = None
        if row.expiry is not None:
            expiry = Expiry(day_of(row.expiry), Precision(row.expiry_precision))
        names = Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr)
        lines.append(
            ReceivedLine(
                row.item_id, names, row.unit, row.kind, row.lot or "", expiry, row.pack_size,
                row.ordered, row.received, row.damaged, Status(row.status),
            )
        )  # fmt: skip
    return ReceivedNote(
        document, receipt.supplier, receipt.source, receipt.waybill, receipt.order_number or "",
        tuple(lines),
    )  # fmt: skip
