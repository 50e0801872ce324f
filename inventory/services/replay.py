"""Walk the whole ledger once: verify the chain and work out what every cache should hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.movements import MOVEMENTS, Column, MovementKind
from inventory.domain.sentence import Sentence, sentence
from inventory.domain.status import Status
from inventory.services import chain
from inventory.storage.types import day_of

_WALK = text("""
SELECT m.seq, m.uid, m.line, m.kind, m.item_id, m.lot_id, m.place_id, m.status, m.quantity,
  m.balance_after, m.happened_on, m.recorded_at, m.clock_back, m."user", m.reason, m.note,
  m.reverses_uid, m.previous_hash, m.hash, c.uid AS clinic_uid, s.uid AS stream_uid,
  d.uid AS document_uid, d.number AS document_number, d.kind AS document_kind,
  d.party AS document_party, d.reference AS document_reference, i.uid AS item_uid,
  l.uid AS lot_uid, l.number AS lot_number, l.expiry AS lot_expiry,
  l.expiry_precision AS lot_precision, l.maker AS lot_maker, l.source AS lot_source,
  p.uid AS place_uid, r.kind AS reversed_kind, r.happened_on AS reversed_on
FROM movement m JOIN clinic c ON c.id = m.clinic_id JOIN stream s ON s.id = m.stream_id
JOIN document d ON d.id = m.document_id JOIN item i ON i.id = m.item_id
JOIN lot l ON l.id = m.lot_id JOIN place p ON p.id = m.place_id
LEFT JOIN movement r ON r.uid = m.reverses_uid
WHERE m.clinic_id = :clinic AND m.stream_id = :stream ORDER BY m.seq
""")
_BATCH = 5000

StockKey = tuple[int, int, int, int, str]
MonthKey = tuple[int, str, int]


@dataclass(slots=True)
class Expected:
    """What the caches should hold, by their keys."""

    stock: dict[StockKey, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[MonthKey, dict[Column, int]] = field(
        default_factory=lambda: defaultdict(lambda: dict.fromkeys(Column, 0))
    )
    days: dict[tuple[int, str, int], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, clinic_id: int, row: Row[Any]) -> int:
        """Count one movement in; returns the balance it should have left."""
        key = (clinic_id, row.item_id, row.lot_id, row.place_id, row.status)
        self.stock[key] += row.quantity
        if row.status == Status.USABLE:
            self._use(clinic_id, row)
        return self.stock[key]

    def _use(self, clinic_id: int, row: Row[Any]) -> None:
        kind, month_of = row.reversed_kind or row.kind, row.reversed_on or row.happened_on
        column = MOVEMENTS[MovementKind(kind)].column
        if column is not Column.NONE:
            sign = -1 if column is Column.CONSUMED else 1
            self.months[clinic_id, month_of[:7], row.item_id][column] += sign * row.quantity
        known = self.first.get((clinic_id, row.item_id), row.happened_on)
        self.first[clinic_id, row.item_id] = min(known, row.happened_on)
        last = row.lot_expiry
        if last is not None and row.happened_on > last:
            return
        self.days[clinic_id, row.happened_on, row.item_id] += row.quantity
        if last is not None and last != date.max.isoformat():
            gone = (day_of(last) + timedelta(days=1)).isoformat()
            self.days[clinic_id, gone, row.item_id] -= row.quantity


def walk(connection: Connection, stream: Row[Any], expected: Expected) -> Iterator[Sentence]:
    """Verify one stream and feed `expected`; yields a sentence per thing that is wrong."""
    head, seq = chain.start(stream.clinic_uid, stream.uid, stream.parent_uid, stream.parent_seq), 0
    rows = connection.execute(
        _WALK.execution_options(yield_per=_BATCH), {"clinic": stream.clinic_id, "stream": stream.id}
    )
    for row in rows:
        seq += 1
        if row.seq != seq:
            yield sentence(
                "{document}: movements {first} to {last} are missing from the ledger.",
                document=row.document_number,
                first=str(seq),
                last=str(row.seq - 1),
            )
            seq = row.seq
        linked = bytes(row.previous_hash) == head
        head = chain.link(bytes(row.previous_hash), _fields(row))
        if not linked or head != bytes(row.hash):
            yield sentence(
                "{document}, movement {seq}: what it says was changed after it was written.",
                document=row.document_number,
                seq=str(row.seq),
            )
        head = bytes(row.hash)
        if expected.add(stream.clinic_id, row) != row.balance_after:
            yield sentence("{document}, movement {seq}: the balance written then is not what the "
                           "movements before it give.",
                           document=row.document_number, seq=str(row.seq))  # fmt: skip
    if seq != stream.last_seq or head != bytes(stream.head):
        yield sentence("{clinic}: the end of the ledger is not where it was left; {count} "
                       "movements are there, {expected} were written.",
                       clinic=stream.name, count=seq, expected=stream.last_seq)  # fmt: skip


def _fields(row: Row[Any]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in chain.MOVEMENT_FIELDS)
