"""The only door to movements.

`begin` locks the clinic's stream, so that everything a use case reads afterwards stays true until
it commits; `post` writes one document and its movements, and keeps every cache in the same
transaction: stock, monthly use, daily usable stock, the head of the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.documents import DocumentKind
from inventory.domain.item import check_words
from inventory.domain.movements import MovementKind
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.services import chain, numbering
from inventory.services.movement_writer import MovementWriter
from inventory.storage.moved import check_not_moved
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

FIRST_YEAR = 2000
MOST_PARTY = 200
MOST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement to post; `quantity` is signed, in smallest units."""

    kind: MovementKind
    item_id: int
    lot_id: int
    place_id: int
    quantity: int
    status: Status = Status.USABLE
    line: int = 0
    reason: str = ""
    note: str = ""
    reverses: Reversed | None = None


@dataclass(frozen=True, slots=True)
class Reversed:
    """The movement that an entry takes back."""

    uid: str
    kind: MovementKind
    happened_on: date


@dataclass(frozen=True, slots=True)
class Heading:
    """What a document says about itself; `says` is sealed with it, see particulars."""

    kind: DocumentKind
    happened_on: date
    party: str = ""
    reference: str = ""
    reason: str = ""
    note: str = ""
    reverses_id: int | None = None
    says: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """A document that is in the ledger; `again` when this request had posted it before."""

    document_id: int
    number: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """The stream a clinic's movements go to, locked for this transaction."""

    id: int
    uid: str
    clinic_uid: str
    last_seq: int
    head: bytes
    last_recorded_at: int
    last_day: date

    def day(self, stamp: Stamp) -> date:
        """Today, or the last day on record when the clock was set back."""
        return max(stamp.today, self.last_day)

    def happened_on(self, stamp: Stamp, day: date) -> date:
        """The day something happened: a clock set back is not obeyed when it means today."""
        return self.day(stamp) if day == stamp.today else day

    def clock_back(self, stamp: Stamp) -> bool:
        return stamp.now < self.last_recorded_at or stamp.today < self.last_day


_OPEN_STREAM = """
SELECT s.id, s.uid, c.uid, s.last_seq, s.head, s.last_recorded_at, s.last_day
FROM stream s JOIN clinic c ON c.id = s.clinic_id
WHERE s.clinic_id = :clinic AND s.open = 1
"""
# Who waits for a row on a server may be overtaken again and again; the lock before it has a queue.
_STREAM = {
    "sqlite": Statement(_OPEN_STREAM),
    "postgresql": Statement(
        f"""
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(1095585345, CAST(:clinic AS integer)))
{_OPEN_STREAM} AND (SELECT count(*) FROM turn) = 1
""",
        lock="FOR UPDATE OF s",
    ),
}
_ALREADY = Statement(
    "SELECT id, number FROM document WHERE clinic_id = :clinic AND request = :request"
)
_REVERSED_UID = Statement("SELECT uid FROM document WHERE id = :id")
_DOCUMENT = Statement("""
INSERT INTO document (uid, clinic_id, kind, number, request, happened_on, recorded_at, "user",
  party, reference, reason, note, reverses_id, stream_id, after_seq, seal)
VALUES (:uid, :clinic, :kind, :number, :request, :happened_on, :now, :user,
  :party, :reference, :reason, :note, :reverses, :stream, :after_seq, :seal) RETURNING id
""")
_ADVANCE = Statement("""
UPDATE stream SET last_seq = :seq, head = :head, last_recorded_at = :at, last_day = :day
WHERE id = :stream
""")


def begin(connection: Connection, clinic_id: int) -> Stream:
    """Lock the clinic's stream until commit: one writer at a time for one clinic."""
    row = _STREAM[connection.dialect.name].row(connection, {"clinic": clinic_id})
    if row is None:
        check_not_moved(connection)
        raise Refused("This clinic is not in this database. Nothing was changed.")
    stream_id, uid, clinic_uid, last_seq, head, last_at, last_day = row
    return Stream(stream_id, uid, clinic_uid, last_seq, head, last_at, day_of(last_day))


def already(connection: Connection, stamp: Stamp) -> Posted | None:
    """What this request posted the first time, if there was a first time."""
    row = _ALREADY.row(connection, {"clinic": stamp.clinic_id, "request": stamp.request})
    return None if row is None else Posted(row[0], row[1], again=True)


def post(
    connection: Connection,
    stamp: Stamp,
    heading: Heading,
    entries: Sequence[Entry],
    stream: Stream | None = None,
) -> Posted:
    """Write a document and its movements.

    Raises Refused when a balance would fall below zero, the day is in the future, or a quantity
    is out of bounds. A request that was posted before returns the first document unchanged.
    `stream` is given by who has begun and knows that this request is new.
    """
    if stream is None:
        stream = begin(connection, stamp.clinic_id)
        before = already(connection, stamp)
        if before is not None:
            return before
    day = stream.happened_on(stamp, heading.happened_on)
    check_day(day, stream.day(stamp))
    _check(heading)
    number = numbering.take(connection, stamp.clinic_id, heading.kind.prefix, stream.day(stamp))
    document_id, seal = _write_document(connection, stamp, stream, heading, day, number)
    writer = MovementWriter(connection, stamp, stream, document_id, seal, day)
    for entry in entries:
        writer.add(entry)
    advance(connection, stream, stamp, writer.seq, writer.head)
    return Posted(document_id, number)


def advance(connection: Connection, stream: Stream, stamp: Stamp, seq: int, head: bytes) -> None:
    """The stream now ends in `head` at number `seq`."""
    _ADVANCE.run(
        connection,
        {"seq": seq, "head": head, "stream": stream.id,
         "at": max(stamp.now, stream.last_recorded_at), "day": stream.day(stamp).isoformat()},
    )  # fmt: skip


def check_day(day: date, today: date) -> None:
    """Something can have happened on that day. Raises Refused."""
    if day > today:
        raise Refused("{day} has not come yet. Check the date.", day=day)
    if day.year < FIRST_YEAR:
        raise Refused("{day} is too long ago. Check the date.", day=day)


def _check(heading: Heading) -> None:
    check_words(heading.party, MOST_PARTY)
    check_words(heading.reference, MOST_PARTY)
    check_words(heading.reason, MOST_PARTY)
    check_words(heading.note, MOST_NOTE)


def _write_document(
    connection: Connection, stamp: Stamp, stream: Stream, heading: Heading, day: date, number: str
) -> tuple[int, bytes]:
    """The new document's id and seal."""
    uid, happened_on, reverses_uid = uuid7().hex, day.isoformat(), None
    if heading.reverses_id is not None:
        (reverses_uid,) = _REVERSED_UID.rows(connection, {"id": heading.reverses_id})[0]
    seal = chain.seal_document(
        stream.head,
        (stream.clinic_uid, stream.uid, stream.last_seq, uid, heading.kind.value, number,
         stamp.request, happened_on, stamp.now, stamp.user, heading.party, heading.reference,
         heading.reason, heading.note, reverses_uid, heading.says),
    )  # fmt: skip
    ((document_id,),) = _DOCUMENT.rows(
        connection,
        {"uid": uid, "clinic": stamp.clinic_id, "kind": heading.kind.value, "number": number,
         "request": stamp.request, "happened_on": happened_on, "now": stamp.now,
         "user": stamp.user, "party": heading.party, "reference": heading.reference,
         "reason": heading.reason, "note": heading.note, "reverses": heading.reverses_id,
         "stream": stream.id, "after_seq": stream.last_seq, "seal": seal},
    )  # fmt: skip
    return document_id, seal
