"""The names of months and days, and how a language puts a date together.

Names are CLDR's (through Babel, loaded at first use); English needs no Babel.
Month numbers are 1-12, weekday numbers are Python's: Monday 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from inventory.language.tongue import TONGUES

FIRST_WEEKDAY = 5
"""The week begins on Saturday."""

_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

# The two-word months are too long for a table cell.
_NARROW: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "ar": {1: "ك2", 10: "ت1", 11: "ت2", 12: "ك1"},
        "ckb": {1: "ک2", 10: "ت1", 11: "ت2", 12: "ک1"},
    }
)
# CLDR spells January and December of the same word differently.
_CORRECTED: Mapping[str, Mapping[int, str]] = MappingProxyType({"ckb": {12: "کانوونی یەکەم"}})


@dataclass(frozen=True, slots=True)
class Calendar:
    """Month names 1-12 and day names 0-6 at their usual, long and narrow lengths."""

    months: tuple[str, ...]
    long_months: tuple[str, ...]
    narrow_months: tuple[str, ...]
    days: tuple[str, ...]
    long_days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Patterns with {day}, {month} and {year}."""

    full: str = "{day} {month} {year}"
    day: str = "{day} {month}"
    month: str = "{month} {year}"


_ORDERS: Mapping[str, DateOrder] = MappingProxyType(
    {"ckb": DateOrder("{day}ی {month}ی {year}", "{day}ی {month}", "{month}ی {year}")}
)
_PLAIN_ORDER = DateOrder()


@cache
def calendar(code: str) -> Calendar:
    """The names of one language."""
    if code == "en":
        return _english()
    from babel import Locale  # slow to import and not needed in English

    # Babel types its locale data as object.
    data = cast(Any, Locale.parse(TONGUES[code].locale))
    corrected = _CORRECTED.get(code, {})
    short = _months(data.months["format"]["abbreviated"], corrected)
    narrow = _NARROW.get(code, {})
    return Calendar(
        short,
        _months(data.months["format"]["wide"], corrected),
        tuple(narrow.get(number, name) for number, name in enumerate(short, 1)),
        tuple(data.days["format"]["abbreviated"][number] for number in range(7)),
        tuple(data.days["format"]["wide"][number] for number in range(7)),
    )


def _english() -> Calendar:
    months, days = tuple(_ENGLISH_MONTHS.split()), tuple(_ENGLISH_DAYS.split())
    short = tuple(name[:3] for name in months)
    return Calendar(short, months, short, tuple(name[:3] for name in days), days)


def _months(names: Mapping[int, str], corrected: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(corrected.get(n, names[n]).replace("\u00a0", " ") for n in range(1, 13))


def order(code: str) -> DateOrder:
    """How the language puts day, month and year together."""
    return _ORDERS.get(code, _PLAIN_ORDER)


def full_date(code: str, day: date, narrow: bool) -> str:
    """`31 Mar 2027`; narrow months stand bare, as in a table cell."""
    names = calendar(code)
    if narrow:
        month = names.narrow_months[day.month - 1]
        return _PLAIN_ORDER.full.format(day=day.day, month=month, year=day.year)
    month = names.months[day.month - 1]
    return order(code).full.format(day=day.day, month=month, year=day.year)
