"""Batches: the same number with another expiry, maker or source is another batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text
from uuid6 import uuid7

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused

MOST_NUMBER = 40
_FIND = text("""
SELECT id FROM lot WHERE clinic_id = :clinic AND item_id = :item AND number = :number
  AND COALESCE(expiry, '') = :expiry_or_none AND expiry_precision = :precision
  AND maker = :maker AND source = :source
""")
_ADD = text("""
INSERT INTO lot (uid, clinic_id, item_id, number, expiry, expiry_precision, made_on, maker, source)
VALUES (:uid, :clinic, :item, :number, :expiry, :precision, :made_on, :maker, :source)
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
    number = checked_number(facts.number)
    expiry = None if facts.expiry is None else facts.expiry.last_day.isoformat()
    values = {
        "clinic": clinic_id, "item": item_id, "number": number,
        "expiry_or_none": expiry or "", "maker": facts.maker, "source": facts.source,
        "precision": "" if facts.expiry is None else facts.expiry.precision.value,
    }  # fmt: skip
    found = connection.execute(_FIND, values).scalar_one_or_none()
    if found is not None:
        return int(found)
    del values["expiry_or_none"]
    made = None if facts.made_on is None else facts.made_on.isoformat()
    return int(
        connection.execute(
            _ADD, {**values, "uid": uuid7().hex, "expiry": expiry, "made_on": made}
        ).scalar_one()
    )


def checked_number(number: str) -> str:
    """A batch number as the pack prints it: printable, at most 40 characters."""
    tidy = number.strip()
    if len(tidy) > MOST_NUMBER:
        raise Refused("The batch number is longer than {most} characters.", most=MOST_NUMBER)
    if not tidy.isprintable():
        raise Refused("The batch number has a character that cannot be printed. Type it again.")
    return tidy
