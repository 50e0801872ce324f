"""Which clock can be believed: the ledger's last day counts, and a person may set it right."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from inventory.domain.troubles import Trouble

RELEASED = date(2026, 11, 1)
"""No computer that runs this program can truly stand before this day."""

SILENT_DAYS = 4
"""Longer than any weekend: after so many days without an entry the date is asked about."""


class Clock(StrEnum):
    """How the clock of this computer stands to what the ledger has seen."""

    FINE = "fine"
    BEFORE_PROGRAM = "before_program"
    BACK = "back"
    AHEAD = "ahead"

    @property
    def trouble(self) -> Trouble | None:
        """What is told about it; None when it can be believed."""
        return _TROUBLES.get(self)


_TROUBLES = {
    Clock.BEFORE_PROGRAM: Trouble.CLOCK_BACK,
    Clock.BACK: Trouble.CLOCK_BACK,
    Clock.AHEAD: Trouble.CLOCK_AHEAD,
}


def judge(today: date, last: date | None) -> Clock:
    """`last` is the last day on record; None while nothing was written."""
    if today < RELEASED:
        return Clock.BEFORE_PROGRAM
    if last is None:
        return Clock.FINE
    if today < last:
        return Clock.BACK
    return Clock.AHEAD if (today - last).days > SILENT_DAYS else Clock.FINE
