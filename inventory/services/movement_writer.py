"""Writes the movements of one document, carrying the head of the chain along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.item import check_words
from inventory.domain.movements import MOVEMENTS
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.services import caches, chain
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from inventory.services.ledger import Entry, Stream

MOST_REASON = 200
MOST_NOTE = 1000

_NAMED = Statement("""
SELECT i.uid, l.seal, l.number, l.expiry, l.expiry_precision, p.uid
FROM lot l JOIN item i ON i.id = l.item_id, place p
WHERE l.id = :lot AND l.clinic_id = :clinic AND l.item_id = :item
  AND p.id = :place AND p.clinic_id = :clinic
""")
_MOVEMENT = Statement("""
INSERT INTO movement (clinic_id, stream_id, seq, uid, document_id, line, kind, item_id, lot_id,
  place_id, status, quantity, balance_after, happened_on, recorded_at, clock_back, "user",
  reason, note, reverses_uid, previous_hash, hash)
VALUES (:clinic, :stream, :seq, :uid, :document, :line, :kind, :item, :lot, :place, :status,
  :quantity, :balance, :happened_on, :now, :clock_back, :user, :reason, :note, :reverses_uid,
  :previous, :hash)
""")


class MovementWriter:
    """`seq` and `head` stand where the last movement left them."""

    def __init__(
        self,
        connection: Connection,
        stamp: Stamp,
        stream: Stream,
        document_id: int,
        document_seal: bytes,
        day: date,
    ) -> None:
        self.connection, self.stamp, self.stream, self.day = connection, stamp, stream, day
        self.document_id, self.document_seal = document_id, document_seal.hex()
        self.seq, self.head = stream.last_seq, stream.head
        self.clock_back = int(stream.clock_back(stamp))
        self.happened_on = day.isoformat()

    def add(self, entry: Entry) -> None:
        """Write one movement. Raises Refused when the stock, its state or its size forbid it."""
        _check(entry)
        item_uid, lot_seal, lot, expiry, precision, place_uid = self._named(entry)
        self._check_dispensable(entry, lot, expiry, precision)
        balance = caches.move_stock(self.connection, self.stamp.clinic_id, entry, lot)
        if entry.quantity < 0 and self.day < self.stream.last_day:
            caches.check_past(self.connection, self.stamp.clinic_id, self.day, entry, lot, balance)
        caches.note_use(self.connection, self.stamp.clinic_id, self.day, entry, expiry)
        self.seq += 1
        uid, previous = uuid7().hex, self.head
        reverses = entry.reverses.uid if entry.reverses else ""
        self.head = chain.link(
            previous,
            (self.stream.clinic_uid, self.stream.uid, self.seq, uid, self.document_seal,
             entry.line, entry.kind.value, item_uid, lot_seal.hex(), place_uid,
             entry.status.value, entry.quantity, balance, self.happened_on, self.stamp.now,
             self.clock_back, self.stamp.user, entry.reason, entry.note, reverses),
        )  # fmt: skip
        _MOVEMENT.run(
            self.connection,
            {"clinic": self.stamp.clinic_id, "stream": self.stream.id, "seq": self.seq,
             "uid": uid, "document": self.document_id, "line": entry.line,
             "kind": entry.kind.value, "item": entry.item_id, "lot": entry.lot_id,
             "place": entry.place_id, "status": entry.status.value, "quantity": entry.quantity,
             "balance": balance, "happened_on": self.happened_on, "now": self.stamp.now,
             "clock_back": self.clock_back, "user": self.stamp.user, "reason": entry.reason,
             "note": entry.note, "reverses_uid": reverses, "previous": previous,
             "hash": self.head},
        )  # fmt: skip

    def _named(self, entry: Entry) -> tuple[Any, ...]:
        row = _NAMED.row(
            self.connection,
            {"lot": entry.lot_id, "item": entry.item_id, "place": entry.place_id,
             "clinic": self.stamp.clinic_id},
        )  # fmt: skip
        if row is None:
            raise Refused("That batch is not in this clinic. Nothing was changed.")
        return row

    def _check_dispensable(
        self, entry: Entry, lot: str, expiry: str | None, precision: str
    ) -> None:
        """Below the screen: what has expired or is held can never be dispensed."""
        if not MOVEMENTS[entry.kind].consumption:
            return
        if expiry is not None and expiry < self.happened_on:
            raise Refused("{lot} expired {expiry} and cannot be dispensed.", lot=lot,
                          expiry=Expiry(day_of(expiry), Precision(precision)))  # fmt: skip
        if entry.status is not Status.USABLE:
            raise Refused("{lot} is held and cannot be dispensed.", lot=lot)


def _check(entry: Entry) -> None:
    """The size is possible, and the sign is the one of its kind; a reversal has either."""
    sign = MOVEMENTS[entry.kind].sign
    wrong = entry.quantity == 0 or entry.quantity * sign < 0
    if wrong or abs(entry.quantity) > MAX_QUANTITY:
        raise Refused("The quantity must be between 1 and {most}.", most=MAX_QUANTITY)
    check_words(entry.reason, MOST_REASON)
    check_words(entry.note, MOST_NOTE)
