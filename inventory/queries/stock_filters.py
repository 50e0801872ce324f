"""Which items stand in which list: the pills of the stock list and the tiles that lead there.

One table for both, so that a tile counts what its list shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from inventory.domain.expiry_windows import Window
from inventory.domain.rounding import half_up
from inventory.domain.stock_state import RANK, StockState
from inventory.queries.lots import LotRow
from inventory.queries.stock import StockRow

PARTS = 10**12

Order = Callable[[StockRow], tuple[object, ...]]


def worst_first(row: StockRow) -> tuple[object, ...]:
    """State, then the shortest cover, then code."""
    return (RANK[row.state], cover(row), row.item.code)


@dataclass(frozen=True, slots=True)
class StockFilter:
    """`amount` is how much of a row it is about, in units; None when it is about the whole item.

    `lots` are the batches it is about, None likewise.
    """

    keep: Callable[[StockRow], bool]
    order: Order = worst_first
    amount: Callable[[StockRow], int] | None = None
    lots: Callable[[StockRow], list[LotRow]] | None = None

    def rows(self, rows: Iterable[StockRow]) -> list[StockRow]:
        """What it keeps, in its order."""
        return sorted((row for row in rows if self.keep(row)), key=self.order)

    def worth(self, rows: Iterable[StockRow]) -> int | None:
        """Whole money of what it is about; None when the price of any of it is not known."""
        if self.amount is None:
            return None
        amount = self.amount
        each = [value(row, amount(row)) for row in rows]
        known = [worth for worth in each if worth is not None]
        return half_up(sum(known, Fraction(0))) if each and len(known) == len(each) else None


def value(row: StockRow, quantity: int) -> Fraction | None:
    """What that many units cost, in smallest money; None without a price."""
    if row.item.price is None:
        return None
    return Fraction(row.item.price * quantity, row.item.pack_size)


def cover(row: StockRow) -> int:
    """Months of stock to sort by, in parts of a month too small to matter: whole numbers compare
    ten times faster."""
    return PARTS * 10**6 if row.months is None else PARTS * row.on_hand // row.line.amc.rounded


def _state(*states: StockState) -> StockFilter:
    return StockFilter(lambda row: row.state in states)


def _window(window: Window) -> StockFilter:
    def soonest(row: StockRow) -> tuple[object, ...]:
        days = (lot.expiry.last_day for lot in row.within(window) if lot.expiry is not None)
        return (min(days, default=date.max), row.item.code)

    return StockFilter(
        lambda row: window in row.windows,
        soonest,
        lambda row: sum(lot.quantity for lot in row.within(window)),
        lambda row: row.within(window),
    )


def _most_at_risk(row: StockRow) -> tuple[object, ...]:
    """By money where it is known, for units cannot be compared; then by units."""
    worth = value(row, row.at_risk)
    return (-(worth or 0), -row.at_risk, row.item.code)


FILTERS: Mapping[str, StockFilter] = MappingProxyType(
    {
        "out": StockFilter(lambda row: row.on_hand == 0),
        "low": _state(StockState.LOW),
        "expiring": StockFilter(
            lambda row: row.at_risk > 0, _most_at_risk, lambda row: row.at_risk
        ),
        "expired": _window(Window.EXPIRED),
        "in_range": _state(StockState.IN_RANGE),
        "over": _state(StockState.OVER),
        "under_3_months": _window(Window.UNDER_3_MONTHS),
        "under_6_months": _window(Window.UNDER_6_MONTHS),
    }
)
"""By the key of the state they show, in the order of their pills."""


def counts(rows: Iterable[StockRow]) -> dict[str, int]:
    """How many rows each filter keeps."""
    there = list(rows)
    return {key: sum(chosen.keep(row) for row in there) for key, chosen in FILTERS.items()}
