"""The day's list: what was dispensed, visit by visit, last first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.names import Names
from inventory.queries.documents import DocumentRow, document_by_id, document_numbered

_DAY = "d.clinic_id = :clinic AND d.kind = 'dispense' AND d.happened_on = :day"
_DOCUMENTS = text(f"SELECT d.id FROM document d WHERE {_DAY} ORDER BY d.id DESC")
_HOW_MANY = text(f"SELECT count(*) FROM document d WHERE {_DAY}")
_GIVEN = text("""
SELECT m.document_id, m.line, m.item_id, i.name_en, i.name_ar, i.name_ckb, i.name_fr, i.unit,
  i.kind, -sum(m.quantity) AS quantity
FROM movement m JOIN item i ON i.id = m.item_id WHERE m.document_id = :document
GROUP BY m.document_id, m.line, m.item_id, i.name_en, i.name_ar, i.name_ckb, i.name_fr, i.unit,
  i.kind
ORDER BY m.line
""")
_UNMET = text("""
SELECT u.item_id, i.name_en, i.name_ar, i.name_ckb, i.name_fr, i.unit, i.kind, u.quantity
FROM unmet_demand u JOIN item i ON i.id = u.item_id WHERE u.document_id = :document
ORDER BY u.item_id
""")
_VISIT = text("SELECT number FROM visit WHERE document_id = :document")


@dataclass(frozen=True, slots=True)
class Given:
    """An item of a visit with all its batches added up; quantity in smallest units."""

    item_id: int
    names: Names
    unit: str
    kind: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Dispensing:
    """A visit of the day: `given` was dispensed, `unmet` was written down as not given."""

    document: DocumentRow
    visit: str
    given: tuple[Given, ...]
    unmet: tuple[Given, ...]


def visits_of_day(connection: Connection, clinic_id: int, day: date) -> int:
    """How many dispensings the day has."""
    found: int = connection.execute(
        _HOW_MANY, {"clinic": clinic_id, "day": day.isoformat()}
    ).scalar_one()
    return found


def day_list(connection: Connection, clinic_id: int, day: date) -> list[Dispensing]:
    """Every dispensing of the day, the last one first, reversed ones too."""
    ids = connection.scalars(_DOCUMENTS, {"clinic": clinic_id, "day": day.isoformat()}).all()
    return [_dispensing(connection, document_by_id(connection, found)) for found in ids]


def dispensing_numbered(connection: Connection, clinic_id: int, number: str) -> Dispensing:
    """One dispensing of any day. Raises Refused when the clinic has no such document."""
    return _dispensing(connection, document_numbered(connection, clinic_id, number))


def _dispensing(connection: Connection, document: DocumentRow) -> Dispensing:
    key = {"document": document.id}
    visit: str | None = connection.execute(_VISIT, key).scalar_one_or_none()
    return Dispensing(
        document,
        visit or "",
        tuple(_given(row) for row in connection.execute(_GIVEN, key)),
        tuple(_given(row) for row in connection.execute(_UNMET, key)),
    )


def _given(row: Row[Any]) -> Given:
    names = Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr)
    return Given(row.item_id, names, row.unit, row.kind, int(row.quantity))
