"""Does this computer's clock stand before what the ledger has seen?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inventory.domain.sentence import Sentence, sentence
from inventory.queries.clinics import ledger_day

if TYPE_CHECKING:
    from sqlalchemy import Connection


def clock_set_back(connection: Connection, clinic_id: int, today: date) -> Sentence | None:
    """What to tell people when it does; None while all is well."""
    last = ledger_day(connection, clinic_id, today)
    if last == today:
        return None
    return sentence(
        "The clock of this computer stands at {day}, before the last day on record {last}. "
        "Check the date.",
        day=today, last=last,
    )  # fmt: skip
