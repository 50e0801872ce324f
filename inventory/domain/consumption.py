"""Average monthly consumption (AMC), corrected for days out of stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from inventory.domain.expiry import DAYS_IN_MONTH
from inventory.domain.months import Month
from inventory.domain.rounding import half_up, up

METHOD = "MDS-3"
MDS3_MONTH = Fraction(61, 2)  # 30.5 days
OPENLMIS_MONTH = 30
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class MonthUse:
    """One month of one item: units consumed net of reversals, and days with nothing usable.

    `days` is the days in the month, or the days of service where a clinic works fewer.
    """

    month: Month
    consumed: int
    days_out: int
    days: int

    @property
    def wholly_out(self) -> bool:
        return self.days_out >= self.days

    @property
    def days_in(self) -> int:
        return max(0, self.days - self.days_out)


@dataclass(frozen=True, slots=True)
class Amc:
    """An average and everything needed to recompute it with a pencil.

    `rounded` is the figure on every screen and paper: half up, at least 1 when anything was
    used. `consumed` and `days_out` are of the `months_counted`; `days` is of the whole window.
    Left out of it: `months_out`, wholly out of stock, and `months_missing`, without a report.
    `reliable`: stock on at least half of the days.
    """

    value: Fraction
    rounded: int
    months_counted: int
    days_out: int
    days_with_stock: int
    reliable: bool
    method: str
    consumed: int = 0
    days: int = 0
    months_out: int = 0
    months_missing: int = 0


def average(uses: Sequence[MonthUse | None]) -> Amc:
    """MDS-3 pooled: consumed / (months - days out / 30.5).

    None is a month without a report. It and months wholly out of stock are left out, they are
    not zeros. Nothing left to count, or more undone than consumed, is an average of 0.
    """
    counted = missing = out = consumed = days_out = with_stock = days = 0
    for use in uses:
        if use is None:
            missing += 1
            continue
        days += use.days
        if use.wholly_out:
            out += 1
            continue
        counted += 1
        consumed += use.consumed
        days_out += use.days_out
        with_stock += use.days_in
    value = _pooled(max(0, consumed), counted, days_out) if counted else _NONE
    days += up(missing * MDS3_MONTH) if missing else 0
    return Amc(
        value=value,
        rounded=max(half_up(value), 1 if consumed > 0 else 0),
        months_counted=counted,
        days_out=days_out,
        days_with_stock=with_stock,
        reliable=counted > 0 and with_stock * 2 >= days,
        method=METHOD,
        consumed=consumed,
        days=days,
        months_out=out,
        months_missing=missing,
    )


def _pooled(consumed: int, months: int, days_out: int) -> Fraction:
    """consumed / (months - days out / 30.5), as one fraction: a list asks it thousands of times."""
    days, parts = MDS3_MONTH.numerator, MDS3_MONTH.denominator
    return Fraction(consumed * days, months * days - days_out * parts)


def naive(uses: Sequence[MonthUse]) -> Fraction:
    """Consumed / months, days out of stock not seen: for comparison only."""
    return Fraction(sum(use.consumed for use in uses), len(uses)) if uses else Fraction(0)


def openlmis(uses: Sequence[MonthUse]) -> int:
    """Each month times 30 / (30 - days out) rounded up; the mean of them rounded up."""
    if not uses:
        return 0
    adjusted = [_openlmis_month(use) for use in uses]
    return up(Fraction(sum(adjusted), len(adjusted)))


def _openlmis_month(use: MonthUse) -> int:
    left = OPENLMIS_MONTH - use.days_out
    return up(Fraction(use.consumed * OPENLMIS_MONTH, left)) if left > 0 else use.consumed


def open_msupply(uses: Sequence[MonthUse]) -> Fraction:
    """Each month to its full days, then to 30 days; the mean of them."""
    if not uses:
        return Fraction(0)
    adjusted = [
        Fraction(use.consumed * OPENLMIS_MONTH, use.days_in)
        if use.days_in
        else Fraction(use.consumed)
        for use in uses
    ]
    return sum(adjusted, Fraction(0)) / len(adjusted)


def day_exact(uses: Sequence[MonthUse]) -> Fraction:
    """Consumed / days in stock, times 30.4375."""
    days = sum(use.days_in for use in uses)
    if not days:
        return Fraction(0)
    return Fraction(sum(use.consumed for use in uses), days) * DAYS_IN_MONTH
