"""How soon a batch expires, as every pharmacy sorts it: expired, under 3 months, 3 to 6 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inventory.domain.expiry import DAYS_IN_MONTH, Expiry
from inventory.domain.rounding import down


class Window(StrEnum):
    """Soonest first; each batch is in exactly one."""

    EXPIRED = "expired"
    UNDER_3_MONTHS = "under_3_months"
    UNDER_6_MONTHS = "under_6_months"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows as they lie on one day. Months are of 30.4375 days, as everywhere."""

    today: date
    three: date
    six: date

    @classmethod
    def on(cls, today: date) -> Windows:
        three, six = (timedelta(days=down(DAYS_IN_MONTH * months)) for months in (3, 6))
        return cls(today, today + three, today + six)

    def of(self, expiry: Expiry | None) -> Window:
        """Which one a batch is in; without an expiry it is far away."""
        if expiry is None or expiry.last_day > self.six:
            return Window.LATER
        if expiry.last_day > self.three:
            return Window.UNDER_6_MONTHS
        return Window.UNDER_3_MONTHS if expiry.last_day >= self.today else Window.EXPIRED
