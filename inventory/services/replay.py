"""Walk the whole ledger once: verify the chain and work out what every cache should hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row

from inventory.domain.movements import MOVEMENTS, Column
from inventory.domain.sentence import N_, Sentence, sentence
from inventory.domain.status import Status
from inventory.services import chain
from inventory.services.caches import day_after
from inventory.storage.statement import Statement

_day_after = lru_cache(maxsize=65536)(day_after)

# The fields of the chain in their order, then what the caches are made of.
_WALK = Statement("""
SELECT m.seq, m.uid, d.seal, m.line, m.kind, i.uid, l.seal, p.uid, m.status, m.quantity,
  m.balance_after, m.happened_on, m.recorded_at, m.clock_back, m."user", m.reason, m.note,
  m.reverses_uid, m.previous_hash, m.hash, d.number, m.item_id, m.lot_id, m.place_id, l.expiry,
  r.kind, r.happened_on
FROM movement m LEFT JOIN document d ON d.id = m.document_id LEFT JOIN item i ON i.id = m.item_id
LEFT JOIN lot l ON l.id = m.lot_id LEFT JOIN place p ON p.id = m.place_id
LEFT JOIN movement r ON r.uid = m.reverses_uid AND m.reverses_uid <> ''
WHERE m.clinic_id = :clinic AND m.stream_id = :stream ORDER BY m.seq
""")
# The same of the security log: eight fields, then the hashes.
_EVENTS = Statement("""
SELECT seq, uid, kind, "user", second, says, recorded_at, clock_back, previous_hash, hash
FROM security_event WHERE clinic_id = :clinic AND stream_id = :stream ORDER BY seq
""")
_EVENT_COLUMNS = 10
_CHANGED = N_(
    "{document}, line {line} (movement {seq}): what it says was changed after it was written."
)
_WRONG_BALANCE = N_(
    "{document}, line {line} (movement {seq}): the balance written then is not what the "
    "movements before it give."
)

StockKey = tuple[int, int, int, int, str]
MonthKey = tuple[int, str, int]
_COLUMN = {kind.value: traits.column for kind, traits in MOVEMENTS.items()}
_NO_USE = dict.fromkeys(Column, 0)


@dataclass(slots=True)
class Expected:
    """What the caches should hold, by their keys. `trusted` while no quantity is in doubt."""

    stock: dict[StockKey, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[MonthKey, dict[Column, int]] = field(
        default_factory=lambda: defaultdict(_NO_USE.copy)
    )
    days: dict[tuple[int, str, int], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[tuple[int, int], str] = field(default_factory=dict)
    trusted: bool = True
    _told: dict[StockKey, int] = field(default_factory=dict)

    def add(self, key: StockKey, quantity: int, balance: int) -> bool:
        """Count one movement in; False when it leaves another balance than was written.

        A wrong balance is told once, not again at every later movement of the same stock.
        """
        self.stock[key] += quantity
        off = balance - self.stock[key]
        if off == self._told.get(key, 0):
            return True
        self._told[key] = off
        return False

    def use(
        self, clinic_id: int, item: int, quantity: int, kind: str, day: str, expiry: str | None
    ) -> None:
        """Count a movement of usable stock into the roll-ups; a reversal on what it reverses."""
        column = _COLUMN.get(kind, Column.NONE)
        if column is not Column.NONE:
            sign = -1 if column is Column.CONSUMED else 1
            self.months[clinic_id, day[:7], item][column] += sign * quantity
        if day < self.first.setdefault((clinic_id, item), day):
            self.first[clinic_id, item] = day
        if expiry is not None and day > expiry:
            return
        self.days[clinic_id, day, item] += quantity
        gone = _day_after(expiry)
        if gone is not None:
            self.days[clinic_id, gone, item] -= quantity


def walk(connection: Connection, stream: Row[Any], expected: Expected) -> Iterator[Sentence]:
    """Verify one stream and feed `expected`; yields a sentence per thing that is wrong."""
    head, seq = chain.start(stream.clinic_uid, stream.uid, stream.parent_uid, stream.parent_seq), 0
    uids = (stream.clinic_uid, stream.uid)
    here = {"clinic": stream.clinic_id, "stream": stream.id}
    rows = merge(
        _WALK.each(connection, here), _EVENTS.each(connection, here), key=itemgetter(0)
    )
    for row in rows:
        seq += 1
        if row[0] != seq:
            expected.trusted = False
            yield _gap(row, seq)
            seq = row[0]
        if len(row) == _EVENT_COLUMNS:
            previous, written = row[8:]
            if previous != head or chain.link_event(previous, (*uids, *row[:8])) != written:
                yield sentence(
                    "Entry {seq} of the security log was changed after it was written.",
                    seq=str(seq),
                )
        else:
            previous, written = row[18:20]
            if previous != head or chain.link(previous, (*uids, *_fields(row))) != written:
                yield _place(_CHANGED, row)
            yield from _count_in(stream.clinic_id, row, expected)
        head = written
    if seq != stream.last_seq or head != bytes(stream.head):
        expected.trusted = False
        yield sentence("{clinic}: the end of the ledger is not where it was left; {count} "
                       "entries are there, {expected} were written.",
                       clinic=stream.name, count=seq, expected=stream.last_seq)  # fmt: skip


def _gap(row: tuple[Any, ...], seq: int) -> Sentence:
    document = None if len(row) == _EVENT_COLUMNS else row[20]
    return sentence(
        "Before {document}: entries {first} to {last} are missing from the ledger.",
        document=document or "?", first=str(seq), last=str(row[0] - 1),
    )  # fmt: skip


def _count_in(clinic: int, row: tuple[Any, ...], expected: Expected) -> Iterator[Sentence]:
    """Feed a movement to what the caches should hold; tells when its balance is wrong."""
    kind, status, quantity, balance, day = row[4], *row[8:12]
    item, lot, place, expiry, reversed_kind, reversed_on = row[21:]
    if not expected.add((clinic, item, lot, place, status), quantity, balance):
        expected.trusted = False
        yield _place(_WRONG_BALANCE, row)
    if status == Status.USABLE:
        expected.use(clinic, item, quantity, reversed_kind or kind, reversed_on or day, expiry)


def _fields(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The fields of the chain, seals as hex; what is not there any more is no seal at all."""
    document, lot = row[2], row[6]
    return (*row[:2], document and document.hex(), *row[3:6], lot and lot.hex(), *row[7:18])


def _place(text: str, row: tuple[Any, ...]) -> Sentence:
    return Sentence(text, {"document": row[20] or "?", "line": row[3], "seq": str(row[0])})
