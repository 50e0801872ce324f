"""Walk the whole ledger once: verify the chain and work out what every cache should hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.movements import MOVEMENTS, Column
from inventory.domain.sentence import N_, Sentence, sentence
from inventory.domain.status import Status
from inventory.services import chain
from inventory.services.caches import day_after

_WALK = text("""
SELECT m.seq, m.uid, m.line, m.kind, m.item_id, m.lot_id, m.place_id, m.status, m.quantity,
  m.balance_after, m.happened_on, m.recorded_at, m.clock_back, m."user", m.reason, m.note,
  m.reverses_uid, m.previous_hash, m.hash, :clinic_uid AS clinic_uid, :stream_uid AS stream_uid,
  d.seal AS sealed, d.number AS document, i.uid AS item_uid, l.seal AS lot_sealed,
  l.expiry AS lot_expiry, p.uid AS place_uid, r.kind AS reversed_kind,
  r.happened_on AS reversed_on
FROM movement m LEFT JOIN document d ON d.id = m.document_id LEFT JOIN item i ON i.id = m.item_id
LEFT JOIN lot l ON l.id = m.lot_id LEFT JOIN place p ON p.id = m.place_id
LEFT JOIN movement r ON r.uid = m.reverses_uid AND m.reverses_uid <> ''
WHERE m.clinic_id = :clinic AND m.stream_id = :stream ORDER BY m.seq
""")
_BATCH = 5000
_NAMED_BY_SEAL = {"document_seal": "sealed", "lot_seal": "lot_sealed"}
_fields = attrgetter(*(_NAMED_BY_SEAL.get(name, name) for name in chain.MOVEMENT_FIELDS))
_CHANGED = N_(
    "{document}, line {line} (movement {seq}): what it says was changed after it was written."
)
_WRONG_BALANCE = N_(
    "{document}, line {line} (movement {seq}): the balance written then is not what the "
    "movements before it give."
)

StockKey = tuple[int, int, int, int, str]
MonthKey = tuple[int, str, int]
_USE = {kind.value: traits.column for kind, traits in MOVEMENTS.items()}


@dataclass(slots=True)
class Expected:
    """What the caches should hold, by their keys. `trusted` while no quantity is in doubt."""

    stock: dict[StockKey, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[MonthKey, dict[Column, int]] = field(
        default_factory=lambda: defaultdict(lambda: dict.fromkeys(Column, 0))
    )
    days: dict[tuple[int, str, int], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[tuple[int, int], str] = field(default_factory=dict)
    trusted: bool = True
    _told: dict[StockKey, int] = field(default_factory=dict)

    def add(self, clinic_id: int, row: Row[Any]) -> bool:
        """Count one movement in; False when it leaves another balance than was written.

        A wrong balance is told once, not again at every later movement of the same stock.
        """
        key = (clinic_id, row.item_id, row.lot_id, row.place_id, row.status)
        self.stock[key] += row.quantity
        if row.status == Status.USABLE:
            self._use(clinic_id, row)
        off = row.balance_after - self.stock[key]
        if off == self._told.get(key, 0):
            return True
        self._told[key] = off
        return False

    def _use(self, clinic_id: int, row: Row[Any]) -> None:
        kind, month_of = row.reversed_kind or row.kind, row.reversed_on or row.happened_on
        column = _USE.get(kind, Column.NONE)
        if column is not Column.NONE:
            sign = -1 if column is Column.CONSUMED else 1
            self.months[clinic_id, month_of[:7], row.item_id][column] += sign * row.quantity
        known = self.first.get((clinic_id, row.item_id), row.happened_on)
        self.first[clinic_id, row.item_id] = min(known, row.happened_on)
        if row.lot_expiry is not None and row.happened_on > row.lot_expiry:
            return
        self.days[clinic_id, row.happened_on, row.item_id] += row.quantity
        gone = day_after(row.lot_expiry)
        if gone is not None:
            self.days[clinic_id, gone, row.item_id] -= row.quantity


def walk(connection: Connection, stream: Row[Any], expected: Expected) -> Iterator[Sentence]:
    """Verify one stream and feed `expected`; yields a sentence per thing that is wrong."""
    head, seq = chain.start(stream.clinic_uid, stream.uid, stream.parent_uid, stream.parent_seq), 0
    given = {"clinic": stream.clinic_id, "stream": stream.id, "clinic_uid": stream.clinic_uid,
             "stream_uid": stream.uid}  # fmt: skip
    for row in connection.execute(_WALK.execution_options(yield_per=_BATCH), given):
        seq += 1
        if row.seq != seq:
            expected.trusted = False
            yield _missing(row, seq)
            seq = row.seq
        if bytes(row.previous_hash) != head or _hash(row) != bytes(row.hash):
            yield _place(row, _CHANGED)
        head = bytes(row.hash)
        if not expected.add(stream.clinic_id, row):
            expected.trusted = False
            yield _place(row, _WRONG_BALANCE)
    if seq != stream.last_seq or head != bytes(stream.head):
        expected.trusted = False
        yield sentence("{clinic}: the end of the ledger is not where it was left; {count} "
                       "movements are there, {expected} were written.",
                       clinic=stream.name, count=seq, expected=stream.last_seq)  # fmt: skip


def _hash(row: Row[Any]) -> bytes:
    fields = (part.hex() if isinstance(part, bytes) else part for part in _fields(row))
    return chain.link(bytes(row.previous_hash), fields)


def _place(row: Row[Any], text: str) -> Sentence:
    return Sentence(text, {"document": row.document or "?", "line": row.line, "seq": str(row.seq)})


def _missing(row: Row[Any], seq: int) -> Sentence:
    return sentence(
        "Before {document}: movements {first} to {last} are missing from the ledger.",
        document=row.document or "?",
        first=str(seq),
        last=str(row.seq - 1),
    )

