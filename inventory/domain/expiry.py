"""Expiry dates with the precision the pack prints, and the life that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from inventory.domain.months import Month
from inventory.domain.quotation import quoted
from inventory.domain.sentence import N_, Refused
from inventory.domain.typed_date import typed_parts

DAYS_IN_MONTH = Fraction(487, 16)  # 30.4375, a year of 365.25 days in twelve

EARLIEST_YEAR = 2000
YEARS_BACK = 10
YEARS_AHEAD = 20

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


class Precision(StrEnum):
    """Whether the pack says a day or only a month."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, order=True)
class Expiry:
    """The last day of use. "03/2027" is usable through 31 March 2027 and prints as 03/2027."""

    last_day: date
    precision: Precision = Precision.DAY

    @classmethod
    def of_day(cls, day: date) -> Expiry:
        return cls(day, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> Expiry:
        return cls(Month(year, month).last_day, Precision.MONTH)

    @classmethod
    def from_iso(cls, text: str) -> Expiry:
        """Read "2027-03" or "2027-03-31"; Refused otherwise."""
        found = _ISO.fullmatch(text.strip())
        try:
            if found is None:
                raise ValueError(text)
            if found[3] is None:
                return cls.of_month(int(found[1]), int(found[2]))
            return cls.of_day(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            raise Refused(
                "An expiry is written like 2027-03 or 2027-03-31, not {typed}.", typed=quoted(text)
            ) from None

    @property
    def iso(self) -> str:
        """As it is stored: a month only has no day."""
        whole = self.last_day.isoformat()
        return whole[:7] if self.precision is Precision.MONTH else whole

    def expired_on(self, day: date) -> bool:
        return day > self.last_day

    def days_left(self, day: date) -> int:
        """Days from `day` to the last day of use; negative once expired."""
        return (self.last_day - day).days

    def months_left(self, day: date) -> Fraction:
        """`days_left` in months of 30.4375 days."""
        return self.days_left(day) / DAYS_IN_MONTH

    def __str__(self) -> str:
        return self.iso


_NOT_RIGHT = N_("{expiry} cannot be right. Check the pack.")


def check_expiry(expiry: Expiry | None, today: date) -> None:
    """Raises Refused for an expiry so long ago or so far off that the pack was misread."""
    if expiry is not None and not _likely(expiry.last_day.year, today):
        raise Refused(_NOT_RIGHT, expiry=expiry)


def _likely(year: int, today: date) -> bool:
    return today.year - YEARS_BACK <= year <= today.year + YEARS_AHEAD


def parse_expiry(text: str, today: date) -> Expiry:
    """Read a typed expiry; Refused, naming why, when it cannot be one.

    Day before month before year, unless a four-digit year comes first. Without a day, or with
    day 00, it lasts to the end of the month.
    """
    if not text.strip():
        raise Refused("Write the month and year like 09/2028, or the day too.")
    parts = typed_parts(text)
    if parts is None:
        raise Refused(
            "{typed} is not a date. Write the month and year like 09/2028, or the day too.",
            typed=quoted(text),
        )
    day, month, year = (int(part) for part in parts)
    year += EARLIEST_YEAR if len(parts[2]) == 2 else 0
    if not 1 <= month <= 12:
        raise Refused(
            "There is no month {month}. Write the day, then the month, then the year.",
            month=month,
        )
    if not _likely(year, today):
        raise Refused(_NOT_RIGHT, expiry=quoted(text))
    if day == 0:
        return Expiry.of_month(year, month)
    try:
        return Expiry.of_day(date(year, month, day))
    except ValueError:
        raise Refused("{month} has no day {day}.", month=f"{month:02}/{year}", day=day) from None


@dataclass(frozen=True, slots=True)
class ShelfLifeRule:
    """What must be left at receipt: enough months, or enough of the whole life in percent.

    None switches that half off; both off accepts anything not expired.
    """

    min_months: Fraction | None = None
    min_percent: int | None = None


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """A judgement at receipt. `percent_left` is None when the day it was made is unknown."""

    months_left: Fraction
    passes: bool
    expired: bool
    percent_left: Fraction | None = None


def judge_shelf_life(
    expiry: Expiry, made: date | None, today: date, rule: ShelfLifeRule
) -> ShelfLife:
    """Whether enough life is left on the day of receipt."""
    months = expiry.months_left(today)
    percent = _percent_left(expiry, made, today)
    expired = expiry.expired_on(today)
    tests = []
    if rule.min_months is not None:
        tests.append(months >= rule.min_months)
    if rule.min_percent is not None and percent is not None:
        tests.append(percent >= rule.min_percent)
    return ShelfLife(months, not expired and (any(tests) or not tests), expired, percent)


def _percent_left(expiry: Expiry, made: date | None, today: date) -> Fraction | None:
    whole = 0 if made is None else expiry.days_left(made)
    return Fraction(expiry.days_left(today) * 100, whole) if whole > 0 else None
