"""Dates as spreadsheets write them: whose order of day and month, and which month."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from datetime import date

from inventory.domain.expiry import EARLIEST_YEAR, Expiry, parse_expiry
from inventory.domain.months import Month
from inventory.domain.quantity import fold_digits, unmarked
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused
from inventory.domain.typed_date import typed_parts
from inventory.exchange.month_names import in_english

_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_CLOCK = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[AaPp][Mm])?$")
_RUN_TOGETHER = re.compile(r"(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?")


class DayOrder(enum.Enum):
    """How a column writes days: 31/01/2027, 01/31/2027, or both, so that 03/04 says nothing."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    MIXED = "mixed"


def day_order(cells: Iterable[str]) -> DayOrder:
    """What the dates that can only be read one way say about the others in the column."""
    day_first = month_first = False
    for cell in cells:
        found = _NUMERIC.match(_tidy(cell))
        if found is not None:
            day_first |= int(found[1]) > 12 >= int(found[2])
            month_first |= int(found[2]) > 12 >= int(found[1])
    if day_first and month_first:
        return DayOrder.MIXED
    return DayOrder.MONTH_FIRST if month_first else DayOrder.DAY_FIRST


def read_expiry(text: str, order: DayOrder, today: date) -> Expiry:
    """An expiry out of a cell. Raises Refused when it is none or could be two."""
    return parse_expiry(_day_first(text, order), today)


def read_month(text: str, today: date) -> Month:
    """A month out of a cell: 2026-11, 11/2026, Nov 2026, 202611 or a day in it.

    Raises Refused when it is none, or has not begun.
    """
    month = _month(text)
    if month > Month.of(today):
        raise Refused("{month} has not come yet.", month=month.iso)
    return month


def _month(text: str) -> Month:
    tidy = _tidy(text)
    found = _RUN_TOGETHER.fullmatch(tidy)
    if found is not None:
        return Month(int(found[1]), int(found[2]))
    parts = typed_parts(tidy)
    if parts is not None:
        month, year = int(parts[1]), int(parts[2])
        year += EARLIEST_YEAR if len(parts[2]) == 2 else 0
        if 1 <= month <= 12 and year >= EARLIEST_YEAR:
            return Month(year, month)
    raise Refused("A month is written like 2026-11, not {typed}.", typed=quoted(text))


def _tidy(text: str) -> str:
    """Digits folded, the time of day dropped, the month in English, 20270331 cut at its joints."""
    tidy = _CLOCK.sub("", unmarked(fold_digits(text)).strip())
    return in_english(tidy)


def _day_first(text: str, order: DayOrder) -> str:
    tidy = _tidy(text)
    run = _RUN_TOGETHER.fullmatch(tidy)
    if run is not None and run[3] is not None:
        return f"{run[1]}-{run[2]}-{run[3]}"
    found = _NUMERIC.fullmatch(tidy)
    if found is None or order is DayOrder.DAY_FIRST:
        return tidy
    first, second, year = found.groups()
    if order is DayOrder.MIXED and int(first) <= 12 and int(second) <= 12 and first != second:
        raise Refused(
            "{typed} can be read in two ways, and this column writes dates both ways. "
            "Write it like 2027-03-31.",
            typed=quoted(text),
        )
    if order is DayOrder.MIXED and int(first) > 12:
        return tidy
    return f"{second}/{first}/{year}"
