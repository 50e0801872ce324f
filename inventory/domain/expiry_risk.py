"""What will expire before it can be used, walking all batches of an item, earliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from inventory.domain.expiry import DAYS_IN_MONTH, Expiry
from inventory.domain.rounding import down


@dataclass(frozen=True, slots=True)
class Batch:
    """Usable units of one lot; without an expiry it is never at risk."""

    lot_id: int
    expiry: Expiry | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Risk:
    """`per_batch`: lot and the units of it that will expire unused, earliest expiry first."""

    at_risk: int
    per_batch: tuple[tuple[int, int], ...]


def walk(batches: Iterable[Batch], amc: Fraction, today: date, buffer_days: int = 0) -> Risk:
    """Earliest expiry first, use up `amc` a month; what is left at its expiry is at risk.

    Give the AMC as printed (`Fraction(amc.rounded)`), so that paper recomputes from paper.
    `buffer_days` before expiry a batch is no longer given out. Batches already expired are left
    out: they are lost, not at risk. With an AMC of 0 every dated unit is at risk: true for a
    report on what to pass on, never a reason to order more.
    """
    alive = [b for b in batches if b.expiry is None or not b.expiry.expired_on(today)]
    alive.sort(key=lambda b: (_last_day(b), b.lot_id))
    # Units a day as two whole numbers: a list walks thousands of batches.
    units = amc.numerator * DAYS_IN_MONTH.denominator
    per = amc.denominator * DAYS_IN_MONTH.numerator
    days = [_days(batch, today, buffer_days) for batch in alive]
    used = [None if left is None else units * left // per for left in days]
    losses = _unused([b.quantity for b in alive], used)
    return Risk(sum(losses), tuple((b.lot_id, n) for b, n in zip(alive, losses, strict=True)))


def at_risk(
    quantities: Sequence[int], months: Sequence[Fraction | None], amc: Fraction
) -> tuple[int, ...]:
    """The walk over quantities in order of expiry with the months each one has left.

    None is no expiry.
    """
    return _unused(quantities, [None if left is None else down(amc * left) for left in months])


def _unused(quantities: Sequence[int], used_until: Sequence[int | None]) -> tuple[int, ...]:
    """A batch can give what is used until it expires less what earlier batches already gave."""
    used = 0
    losses = []
    for quantity, until in zip(quantities, used_until, strict=True):
        taken = quantity if until is None else min(quantity, max(0, until - used))
        losses.append(quantity - taken)
        used += taken
    return tuple(losses)


def _last_day(batch: Batch) -> date:
    return date.max if batch.expiry is None else batch.expiry.last_day


def _days(batch: Batch, today: date, buffer_days: int) -> int | None:
    return None if batch.expiry is None else batch.expiry.days_left(today) - buffer_days
