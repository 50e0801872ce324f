"""The only door to movements.

`begin` locks the clinic's stream, so that everything a use case reads afterwards stays true until
it commits; `post` writes one document and its movements, and keeps every cache in the same
transaction: stock, monthly use, daily usable stock, the head of the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, text
from uuid6 import uuid7

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MOVEMENTS, MovementKind
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.services import caches, chain, numbering


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
    """What a document says about itself."""

    kind: DocumentKind
    happened_on: date
    party: str = ""
    reference: str = ""
    reason: str = ""
    note: str = ""
    reverses_id: int | None = None


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


_STREAM = """
SELECT s.id, s.uid, c.uid AS clinic_uid, s.last_seq, s.head, s.last_recorded_at, s.last_day
FROM stream s JOIN clinic c ON c.id = s.clinic_id
WHERE s.clinic_id = :clinic AND s.open = 1
"""
_LOCK = {"sqlite": text(_STREAM), "postgresql": text(_STREAM + " FOR UPDATE OF s")}
_ALREADY = text("SELECT id, number FROM document WHERE clinic_id = :clinic AND request = :request")
_DOCUMENT = text("""
INSERT INTO document (uid, clinic_id, kind, number, request, happened_on, recorded_at, "user",
  party, reference, reason, note, reverses_id)
VALUES (:uid, :clinic, :kind, :number, :request, :happened_on, :now, :user,
  :party, :reference, :reason, :note, :reverses) RETURNING id
""")
_NAMED = text("""
SELECT i.uid AS item_uid, i.code, i.name_en, i.name_ar, i.name_ckb, i.name_fr,
  l.uid AS lot_uid, l.number, l.expiry, l.expiry_precision, l.maker, l.source, p.uid AS place_uid
FROM lot l JOIN item i ON i.id = l.item_id, place p
WHERE l.id = :lot AND l.clinic_id = :clinic AND l.item_id = :item
  AND p.id = :place AND p.clinic_id = :clinic
""")
_MOVEMENT = text("""
INSERT INTO movement (clinic_id, stream_id, seq, uid, document_id, line, kind, item_id, lot_id,
  place_id, status, quantity, balance_after, happened_on, recorded_at, clock_back, "user",
  reason, note, reverses_uid, previous_hash, hash)
VALUES (:clinic, :stream, :seq, :uid, :document, :line, :kind, :item, :lot, :place, :status,
  :quantity, :balance, :happened_on, :now, :clock_back, :user, :reason, :note, :reverses_uid,
  :previous, :hash)
""")
_ADVANCE = text("""
UPDATE stream SET last_seq = :seq, head = :head, last_recorded_at = :at, last_day = :day
WHERE id = :stream
""")


def begin(connection: Connection, clinic_id: int) -> Stream:
    """Lock the clinic's stream until commit: one writer at a time for one clinic."""
    row = connection.execute(_LOCK[connection.dialect.name], {"clinic": clinic_id}).one_or_none()
    if row is None:
        raise Refused("This clinic is not in this database. Nothing was changed.")
    return Stream(row.id, row.uid, row.clinic_uid, row.last_seq, bytes(row.head),
                  row.last_recorded_at, date.fromisoformat(row.last_day))  # fmt: skip


def already(connection: Connection, stamp: Stamp) -> Posted | None:
    """What this request posted the first time, if there was a first time."""
    row = connection.execute(
        _ALREADY, {"clinic": stamp.clinic_id, "request": stamp.request}
    ).one_or_none()
    return None if row is None else Posted(row.id, row.number, again=True)


def post(
    connection: Connection, stamp: Stamp, heading: Heading, entries: Sequence[Entry]
) -> Posted:
    """Write a document and its movements.

    Raises Refused when a balance would fall below zero, the day is in the future, or a quantity
    is out of bounds. A request that was posted before returns the first document unchanged.
    """
    stream = begin(connection, stamp.clinic_id)
    before = already(connection, stamp)
    if before is not None:
        return before
    if heading.happened_on > stream.day(stamp):
        raise Refused("{day} has not come yet. Check the date.", day=heading.happened_on)
    number = numbering.take(connection, stamp, heading.kind.prefix)
    document_uid = uuid7().hex
    document_id: int = connection.execute(
        _DOCUMENT,
        {"uid": document_uid, "clinic": stamp.clinic_id, "kind": heading.kind.value,
         "number": number, "request": stamp.request,
         "happened_on": heading.happened_on.isoformat(), "now": stamp.now, "user": stamp.user,
         "party": heading.party, "reference": heading.reference, "reason": heading.reason,
         "note": heading.note, "reverses": heading.reverses_id},
    ).scalar_one()  # fmt: skip
    writer = _Writer(connection, stamp, stream, heading, document_id, document_uid, number)
    for entry in entries:
        writer.add(entry)
    writer.close()
    return Posted(document_id, number)


class _Writer:
    """Writes the movements of one document, carrying the head of the chain along."""

    def __init__(
        self,
        connection: Connection,
        stamp: Stamp,
        stream: Stream,
        heading: Heading,
        document_id: int,
        document_uid: str,
        number: str,
    ) -> None:
        self.connection, self.stamp, self.stream, self.heading = connection, stamp, stream, heading
        self.document_id, self.document_uid, self.number = document_id, document_uid, number
        self.seq, self.head = stream.last_seq, stream.head
        self.clock_back = int(stamp.now < stream.last_recorded_at or stamp.today < stream.last_day)

    def add(self, entry: Entry) -> None:
        if entry.quantity == 0 or abs(entry.quantity) > MAX_QUANTITY:
            raise Refused("The quantity must be between 1 and {most}.", most=MAX_QUANTITY)
        named = self._named(entry)
        self._check_expiry(entry, named)
        balance = caches.move_stock(self.connection, self.stamp.clinic_id, entry, named)
        caches.note_use(self.connection, self.stamp.clinic_id, self.heading.happened_on, entry,
                        named.expiry)  # fmt: skip
        self.seq += 1
        values = self._values(entry, balance)
        self.head = chain.link(self.head, self._fields(values, named))
        self.connection.execute(_MOVEMENT, {**values, "hash": self.head})

    def close(self) -> None:
        self.connection.execute(
            _ADVANCE,
            {"seq": self.seq, "head": self.head, "stream": self.stream.id,
             "at": max(self.stamp.now, self.stream.last_recorded_at),
             "day": self.stream.day(self.stamp).isoformat()},
        )  # fmt: skip

    def _named(self, entry: Entry) -> Row[tuple[str, ...]]:
        row = self.connection.execute(
            _NAMED,
            {"lot": entry.lot_id, "item": entry.item_id, "place": entry.place_id,
             "clinic": self.stamp.clinic_id},
        ).one_or_none()  # fmt: skip
        if row is None:
            raise Refused("That batch is not in this clinic. Nothing was changed.")
        return row

    def _check_expiry(self, entry: Entry, named: Row[tuple[str, ...]]) -> None:
        """Below the screen: what has expired or is held can never be dispensed."""
        if not MOVEMENTS[entry.kind].consumption or entry.quantity > 0:
            return
        day = self.heading.happened_on
        if day == self.stamp.today:
            day = self.stream.day(self.stamp)
        if named.expiry is not None and date.fromisoformat(named.expiry) < day:
            raise Refused("{lot} expired {expiry} and cannot be dispensed.",
                          lot=named.number, expiry=caches.expiry_of(named))  # fmt: skip
        if entry.status is not Status.USABLE:
            raise Refused("{lot} is held and cannot be dispensed.", lot=named.number)

    def _values(self, entry: Entry, balance: int) -> dict[str, object]:
        return {
            "clinic": self.stamp.clinic_id, "stream": self.stream.id, "seq": self.seq,
            "uid": uuid7().hex, "document": self.document_id, "line": entry.line,
            "kind": entry.kind.value, "item": entry.item_id, "lot": entry.lot_id,
            "place": entry.place_id, "status": entry.status.value, "quantity": entry.quantity,
            "balance": balance, "happened_on": self.heading.happened_on.isoformat(),
            "now": self.stamp.now, "clock_back": self.clock_back, "user": self.stamp.user,
            "reason": entry.reason, "note": entry.note,
            "reverses_uid": entry.reverses.uid if entry.reverses else "", "previous": self.head,
        }  # fmt: skip

    def _fields(self, v: dict[str, object], named: Row[tuple[str, ...]]) -> tuple[object, ...]:
        return (
            self.stream.clinic_uid, self.stream.uid, v["seq"], v["uid"], self.document_uid,
            self.number, self.heading.kind.value, self.heading.party, self.heading.reference,
            v["line"], v["kind"], named.item_uid, named.lot_uid, named.number, named.expiry,
            named.expiry_precision, named.maker, named.source, named.place_uid, v["status"],
            v["quantity"], v["balance"], v["happened_on"], v["now"], v["clock_back"], v["user"],
            v["reason"], v["note"], v["reverses_uid"],
        )  # fmt: skip
