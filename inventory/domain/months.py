"""Calendar months: consumption is counted by them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused

_ISO = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year; months sort as they follow each other."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and date.min.year <= self.year <= date.max.year):
            raise ValueError(f"no month {self.month} in year {self.year}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_iso(cls, text: str) -> Month:
        """Read "2026-11"; Refused when it is not a month."""
        found = _ISO.fullmatch(text.strip())
        if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
            raise Refused("A month is written like 2026-11, not {typed}.", typed=quoted(text))
        return cls(int(found[1]), int(found[2]))

    @property
    def iso(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def days(self) -> int:
        return monthrange(self.year, self.month)[1]

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    def next(self, n: int = 1) -> Month:
        """The month `n` months later."""
        count = self.year * 12 + self.month - 1 + n
        return Month(count // 12, count % 12 + 1)

    def before(self, n: int = 1) -> Month:
        """The month `n` months earlier."""
        return self.next(-n)

    def __str__(self) -> str:
        return self.iso


def window(today: date, n: int) -> tuple[Month, ...]:
    """The last `n` complete months before the month of `today`, oldest first."""
    current = Month.of(today)
    return tuple(current.before(k) for k in range(n, 0, -1))
