"""How does this computer's clock stand to what the ledger has seen?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inventory.domain.clock import Clock, judge
from inventory.domain.sentence import Sentence, sentence
from inventory.queries.clinics import ledger_day
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LAST = Statement("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")


def last_day(connection: Connection, clinic_id: int) -> date | None:
    """The last day on record; None while nothing was written."""
    ((last,),) = _LAST.rows(connection, {"clinic": clinic_id})
    return day_of(last) if last and day_of(last) != date.min else None


def clock_set_back(connection: Connection, clinic_id: int, today: date) -> Sentence | None:
    """What to tell people when it stands before the last day; None while all is well."""
    last = ledger_day(connection, clinic_id, today)
    if last == today:
        return None
    return sentence(
        "The clock of this computer stands at {day}, before the last day on record {last}. "
        "Check the date.",
        day=today, last=last,
    )  # fmt: skip


def clock_doubt(connection: Connection, clinic_id: int, today: date) -> Sentence | None:
    """What to tell people before they begin; None when the date is likely right."""
    last = last_day(connection, clinic_id)
    match judge(today, last):
        case Clock.BACK:
            return clock_set_back(connection, clinic_id, today)
        case Clock.BEFORE_PROGRAM:
            return sentence(
                "The clock of this computer stands at {day}, before this program was made. "
                "Check the date.",
                day=today,
            )  # fmt: skip
        case Clock.AHEAD:
            return sentence(
                "Nothing was written since {last}, and the clock of this computer stands at "
                "{day}. Check the date before you begin.",
                day=today, last=last,
            )  # fmt: skip
    return None
