"""The way out after a clock that was far ahead: a person says that the date is right again.

What was written meanwhile stays as it is, with the days it claims; the chain is not touched. Only
the day from which the ledger goes on comes back, so that stock is not held to be expired.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from inventory.domain.clock import RELEASED
from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.clock import last_day
from inventory.services import ledger, security_log
from inventory.services.permits import needs_second, permitted
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

_LATER = Statement("""
SELECT count(*), max(happened_on) FROM document WHERE clinic_id = :clinic AND happened_on > :day
""")
_COME_BACK = Statement("""
UPDATE stream SET last_day = :day, last_recorded_at = :now
WHERE clinic_id = :clinic AND last_day > :day
""")
# The last day on record is at least the last day that something claims since the clock was
# accepted for the last time.
_WRONG_DAYS = Statement("""
SELECT c.name, max(m.happened_on) FROM stream s JOIN clinic c ON c.id = s.clinic_id
JOIN movement m ON m.clinic_id = s.clinic_id AND m.stream_id = s.id AND m.happened_on > s.last_day
WHERE s.open = 1 AND m.seq > (SELECT coalesce(max(e.seq), 0) FROM security_event e
  WHERE e.clinic_id = s.clinic_id AND e.stream_id = s.id AND e.kind = :accepted)
GROUP BY c.name ORDER BY c.name
""")


@dataclass(frozen=True, slots=True)
class ClockAccepted:
    """The day the ledger stood at, the day it goes on from, and how many papers claim later."""

    was: date
    day: date
    later: int


def entries_later(connection: Connection, clinic_id: int, today: date) -> tuple[int, date | None]:
    """How many documents claim a day that has not come yet, and the last such day."""
    ((count, last),) = _LATER.rows(connection, {"clinic": clinic_id, "day": today.isoformat()})
    return int(count), day_of(last) if last else None


@permitted(Permission.CONTINUE)
def accept_clock(connection: Connection, stamp: Stamp) -> ClockAccepted:
    """Go on from the day the clock shows now. Raises Refused when it is not behind the ledger."""
    ledger.begin(connection, stamp.clinic_id)
    was = last_day(connection, stamp.clinic_id)
    if was is None or stamp.today >= was:
        raise Refused("The clock is not behind the last day on record. Nothing was changed.")
    if stamp.today < RELEASED:
        raise Refused("{day} is before this program was made. Set the date of the computer first.",
                      day=stamp.today)  # fmt: skip
    needs_second(connection, stamp, Permission.CONTINUE)
    later, _ = entries_later(connection, stamp.clinic_id, stamp.today)
    security_log.record(
        connection, stamp, SecurityEvent.CLOCK_ACCEPTED,
        {"was": was.isoformat(), "day": stamp.today.isoformat(), "later": later},
        second=stamp.second,
    )  # fmt: skip
    _COME_BACK.run(
        connection,
        {"clinic": stamp.clinic_id, "day": stamp.today.isoformat(), "now": stamp.now},
    )
    return ClockAccepted(was, stamp.today, later)


def broken_days(connection: Connection) -> Iterator[Sentence]:
    """A sentence per clinic whose last day on record was put back by nobody the log knows."""
    accepted = {"accepted": SecurityEvent.CLOCK_ACCEPTED.value}
    for name, day in _WRONG_DAYS.rows(connection, accepted):
        yield sentence(
            "{clinic}: the last day on record is {day} and was changed.",
            clinic=name, day=day_of(day),
        )  # fmt: skip
