"""Documents of the ledger and their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry, Precision
from inventory.domain.movements import MovementKind
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.storage.types import day_of


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A posted document. `reversed_by` is the number of the document that took it back."""

    id: int
    number: str
    kind: DocumentKind
    happened_on: date
    recorded_at: int
    user: str
    party: str
    reference: str
    reason: str
    note: str
    reverses: str | None
    reversed_by: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One movement of a document; quantity is signed."""

    uid: str
    line: int
    kind: MovementKind
    item_id: int
    code: str
    names: Names
    unit: str
    lot_id: int
    lot: str
    expiry: Expiry | None
    place_id: int
    status: Status
    quantity: int
    happened_on: date
    reason: str
    reverses_uid: str


_DOCUMENT = """
SELECT d.id, d.number, d.kind, d.happened_on, d.recorded_at, d."user", d.party, d.reference,
  d.reason, d.note, d.clinic_id, f.number AS reverses, r.number AS reversed_by
FROM document d LEFT JOIN document f ON f.id = d.reverses_id
LEFT JOIN document r ON r.reverses_id = d.id
"""
_NUMBERED = text(_DOCUMENT + "WHERE d.clinic_id = :clinic AND d.number = :number")
_BY_ID = text(_DOCUMENT + "WHERE d.id = :id")
_OF_DAY = text(
    _DOCUMENT + "WHERE d.clinic_id = :clinic AND d.happened_on = :day ORDER BY d.id DESC"
)
_LAST = text(_DOCUMENT + "WHERE d.clinic_id = :clinic ORDER BY d.id DESC LIMIT :most")
_LINES = text("""
SELECT m.uid, m.line, m.kind, m.item_id, i.code, i.name_en, i.name_ar, i.name_ckb, i.name_fr,
  i.unit, m.lot_id, l.number AS lot, l.expiry, l.expiry_precision, m.place_id, m.status,
  m.quantity, m.happened_on, m.reason, m.reverses_uid
FROM movement m JOIN item i ON i.id = m.item_id JOIN lot l ON l.id = m.lot_id
WHERE m.document_id = :document ORDER BY m.seq
""")


def document_numbered(connection: Connection, clinic_id: int, number: str) -> DocumentRow:
    """Raises Refused when the clinic has no such document."""
    row = connection.execute(
        _NUMBERED, {"clinic": clinic_id, "number": number.strip()}
    ).one_or_none()
    if row is None:
        raise Refused("There is no document {number} in this clinic.", number=number)
    return _document(row)


def document_by_id(
    connection: Connection, document_id: int, clinic_id: int | None = None
) -> DocumentRow:
    """Raises Refused when there is none, or it is not the given clinic's."""
    row = connection.execute(_BY_ID, {"id": document_id}).one_or_none()
    if row is None or clinic_id not in (None, row.clinic_id):
        raise Refused("That document is not in this clinic.")
    return _document(row)


def documents_of_day(connection: Connection, clinic_id: int, day: date) -> list[DocumentRow]:
    """The day's list, last first."""
    rows = connection.execute(_OF_DAY, {"clinic": clinic_id, "day": day.isoformat()})
    return [_document(row) for row in rows]


def last_documents(connection: Connection, clinic_id: int, most: int = 50) -> list[DocumentRow]:
    rows = connection.execute(_LAST, {"clinic": clinic_id, "most": most})
    return [_document(row) for row in rows]


def lines_of(connection: Connection, document_id: int) -> list[LineRow]:
    """The movements of a document in ledger order."""
    return [_line(row) for row in connection.execute(_LINES, {"document": document_id})]


def _document(row: Row[Any]) -> DocumentRow:
    return DocumentRow(
        row.id, row.number, DocumentKind(row.kind), day_of(row.happened_on), row.recorded_at,
        row.user, row.party, row.reference, row.reason, row.note, row.reverses, row.reversed_by,
    )  # fmt: skip


def _line(row: Row[Any]) -> LineRow:
    expiry = None
    if row.expiry is not None:
        expiry = Expiry(day_of(row.expiry), Precision(row.expiry_precision))
    return LineRow(
        row.uid, row.line, MovementKind(row.kind), row.item_id, row.code,
        Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr), row.unit, row.lot_id,
        row.lot, expiry, row.place_id, Status(row.status), row.quantity,
        day_of(row.happened_on), row.reason, row.reverses_uid,
    )  # fmt: skip
