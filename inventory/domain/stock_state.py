"""How an item stands: one word for the list, worst first."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from inventory.domain.consumption import Amc
from inventory.domain.sentence import N_


class StockState(StrEnum):
    """In the order of the list, worst first."""

    OUT = "out"
    EXPIRED = "expired"
    LOW = "low"
    EXPIRING = "expiring"
    OVER = "over"
    IN_RANGE = "in_range"
    NO_USE = "no_use"


NAMES = {
    StockState.OUT: N_("Out"),
    StockState.EXPIRED: N_("Expired"),
    StockState.LOW: N_("Low"),
    StockState.EXPIRING: N_("Will expire"),
    StockState.OVER: N_("Over"),
    StockState.IN_RANGE: N_("In range"),
    StockState.NO_USE: N_("No use"),
}

RANK = {state: rank for rank, state in enumerate(StockState)}


def months_of_stock(usable: int, amc: Amc) -> Fraction | None:
    """Stock / AMC as printed; None without consumption, never infinity."""
    return Fraction(usable, amc.rounded) if amc.rounded else None


def judge(
    usable: int,
    at_risk: int,
    amc: Amc,
    min_months: Fraction,
    max_months: Fraction,
    *,
    expired: int = 0,
    held: bool = True,
) -> StockState:
    """The state of an item with `usable` unexpired units, `at_risk` of them unused in time.

    `expired` units are on a shelf but dead. `held` is off for an item of the list that this
    clinic never had: then no stock is no news.
    """
    if usable <= 0:
        if expired > 0:
            return StockState.EXPIRED
        return StockState.OUT if held or amc.rounded else StockState.NO_USE
    if not amc.rounded:
        return StockState.NO_USE
    if _compare(usable, amc.rounded, min_months) < 0:
        return StockState.LOW
    if at_risk > 0:
        return StockState.EXPIRING
    over = _compare(usable, amc.rounded, max_months) > 0
    return StockState.OVER if over else StockState.IN_RANGE


def _compare(usable: int, average: int, months: Fraction) -> int:
    """Below 0 when the stock lasts shorter than that, above 0 when longer; whole numbers only."""
    return usable * months.denominator - months.numerator * average
