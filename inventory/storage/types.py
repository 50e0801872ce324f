"""Values out of rows that were read without their column types."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from inventory.domain.expiry import Expiry, Precision


@lru_cache(maxsize=8192)
def day_of(text: str) -> date:
    """A day as it is stored; the same few come again."""
    return date.fromisoformat(text)


@lru_cache(maxsize=8192)
def expiry_of(last_day: str | None, precision: str) -> Expiry | None:
    """The expiry of a batch out of its two columns."""
    return None if last_day is None else Expiry(day_of(last_day), Precision(precision))
