"""Batches: the same number with another expiry, maker or source is another batch.

A number that differs only by case or by the width of its letters is the same; the first spelling
stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.batch_number import batch_key
from inventory.domain.expiry import Expiry
from inventory.domain.item import check_words
from inventory.domain.sentence import Refused
from inventory.services import chain
from inventory.storage.statement import Statement

MOST_NUMBER = 40
MOST_WORDS = 200
_FIND = Statement("""
SELECT id, number FROM lot WHERE clinic_id = :clinic AND item_id = :item
  AND COALESCE(expiry, '') = :expiry AND expiry_precision = :precision
  AND maker = :maker AND source = :source ORDER BY id
""")
_UIDS = Statement("SELECT c.uid, i.uid FROM clinic c, item i WHERE c.id = :clinic AND i.id = :item")
_ADD = Statement("""
INSERT INTO lot (uid, clinic_id, item_id, number, expiry, expiry_precision, made_on, maker,
  source, seal)
VALUES (:uid, :clinic, :item, :number, :expiry, :precision, :made_on, :maker, :source, :seal)
RETURNING id
""")


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What the pack and the waybill say of a batch."""

    number: str = ""
    expiry: Expiry | None = None
    made_on: date | None = None
    maker: str = ""
    source: str = ""


def find_or_add(connection: Connection, clinic_id: int, item_id: int, facts: LotFacts) -> int:
    """The id of the batch, made when it is new. The stream must be locked."""
    check_words(facts.maker, MOST_WORDS)
    check_words(facts.source, MOST_WORDS)
    number = checked_number(facts.number)
    values: dict[str, object] = {
        "clinic": clinic_id, "item": item_id, "number": number,
        "expiry": "" if facts.expiry is None else facts.expiry.last_day.isoformat(),
        "precision": "" if facts.expiry is None else facts.expiry.precision.value,
        "maker": facts.maker, "source": facts.source,
    }  # fmt: skip
    key = batch_key(number)
    for lot_id, known in _FIND.rows(connection, values):
        if batch_key(known) == key:
            return int(lot_id)
    return _add(connection, values, facts.made_on)


def _add(connection: Connection, values: dict[str, object], made_on: date | None) -> int:
    uids = _UIDS.row(connection, {"clinic": values["clinic"], "item": values["item"]})
    if uids is None:
        raise Refused("That item is not in the list any more.")
    uid, made = uuid7().hex, None if made_on is None else made_on.isoformat()
    expiry = values["expiry"] or None
    seal = chain.seal_lot(
        (*uids, uid, values["number"], expiry, values["precision"], made, values["maker"],
         values["source"])
    )  # fmt: skip
    new = {**values, "uid": uid, "expiry": expiry, "made_on": made, "seal": seal}
    ((lot_id,),) = _ADD.rows(connection, new)
    return int(lot_id)


def checked_number(number: str) -> str:
    """A batch number as the pack prints it: printable, at most 40 characters."""
    tidy = number.strip()
    if len(tidy) > MOST_NUMBER:
        raise Refused("The batch number is longer than {most} characters.", most=MOST_NUMBER)
    if not tidy.isprintable():
        raise Refused("The batch number has a character that cannot be printed. Type it again.")
    return tidy
