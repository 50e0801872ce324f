"""Verify the seals of documents, batches and orders: all of it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.sentence import Sentence, sentence
from inventory.services import chain, particulars

_DOCUMENTS = text("""
SELECT d.id, d.uid, d.kind, d.number, d.request, d.happened_on, d.recorded_at, d."user", d.party,
  d.reference, d.reason, d.note, d.reverses_id, d.after_seq, d.seal, c.uid AS clinic_uid,
  s.uid AS stream_uid, f.uid AS reverses_uid, COALESCE(p.hash, e.hash) AS head, s.parent_uid,
  s.parent_seq
FROM document d LEFT JOIN clinic c ON c.id = d.clinic_id LEFT JOIN stream s ON s.id = d.stream_id
LEFT JOIN document f ON f.id = d.reverses_id
LEFT JOIN movement p ON p.clinic_id = d.clinic_id AND p.stream_id = d.stream_id
  AND p.seq = d.after_seq
LEFT JOIN security_event e ON e.clinic_id = d.clinic_id AND e.stream_id = d.stream_id
  AND e.seq = d.after_seq
ORDER BY d.id
""")
_LOTS = text("""
SELECT l.id, l.uid, l.number, l.expiry, l.expiry_precision, l.made_on, l.maker, l.source, l.seal,
  c.uid AS clinic_uid, i.uid AS item_uid, i.code
FROM lot l LEFT JOIN clinic c ON c.id = l.clinic_id LEFT JOIN item i ON i.id = l.item_id
ORDER BY l.id
""")
_CAME_WITH = text("""
SELECT d.number FROM movement m JOIN document d ON d.id = m.document_id
WHERE m.lot_id = :lot ORDER BY m.stream_id, m.seq LIMIT 1
""")
_BATCH = 5000
_document_fields = attrgetter(*chain.DOCUMENT_FIELDS[:-1])
_lot_fields = attrgetter(*chain.LOT_FIELDS)


def broken_documents(connection: Connection) -> Iterator[Sentence]:
    """A sentence for each document that does not say what it said when it was written."""
    says = particulars.of_all(connection)
    for row in connection.execute(_DOCUMENTS.execution_options(yield_per=_BATCH)):
        head = row.head
        if row.after_seq == 0:
            head = chain.start(row.clinic_uid, row.stream_uid, row.parent_uid, row.parent_seq)
        loose = head is None or (row.reverses_id is not None and row.reverses_uid is None)
        if loose or _seal(head, row, says.get(row.id, ())) != row.seal:
            yield sentence(
                "{document}: its heading, or what is written with it, was changed afterwards.",
                document=row.number,
            )


def _seal(head: bytes, row: Row[Any], says: tuple[Any, ...]) -> bytes:
    return chain.seal_document(bytes(head), (*_document_fields(row), says))


def broken_orders(connection: Connection) -> Iterator[Sentence]:
    """A sentence for each order that is not as it was printed."""
    for number in particulars.changed_orders(connection):
        yield sentence("{document}: the order was changed after it was printed.", document=number)


def broken_lots(connection: Connection) -> Iterator[Sentence]:
    """A sentence for each batch that is not what came in, with the document it came with."""
    rows = connection.execute(_LOTS.execution_options(yield_per=_BATCH))
    broken = [row for row in rows if chain.seal_lot(_lot_fields(row)) != row.seal]
    for row in broken:
        document = connection.scalar(_CAME_WITH, {"lot": row.id})
        yield sentence(
            "{document}: batch {lot} of {code} was changed after it was written.",
            document=document or "?", lot=row.number, code=row.code or "?",
        )  # fmt: skip
