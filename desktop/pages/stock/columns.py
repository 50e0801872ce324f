"""The columns of the stock list, and the filters over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from desktop.units import pack_words, quantity_words
from desktop.widgets.charts.cover import Months
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.sentence import N_
from inventory.domain.stock_state import RANK, StockState
from inventory.language import Language
from inventory.queries.stock import StockRow
from inventory.queries.today import SOON

Keep = Callable[[StockRow, int], bool]
"""(row, days until the nearest expiry) -> whether the filter keeps it."""

FILTERS: Mapping[str, Keep] = MappingProxyType(
    {
        "out": lambda row, days: row.on_hand == 0,
        "low": lambda row, days: row.state is StockState.LOW,
        "expiring": lambda row, days: row.at_risk > 0 or 0 <= days <= SOON,
        "expired": lambda row, days: row.expired > 0,
        "in_range": lambda row, days: row.state is StockState.IN_RANGE,
        "over": lambda row, days: row.state is StockState.OVER,
    }
)


def worst_first(row: StockRow) -> tuple[int, Fraction, str]:
    """State, then the shortest cover, then code."""
    months = row.months if row.months is not None else Fraction(10**6)
    return (RANK[row.state], months, row.item.code)


def stock_columns(
    language: Language, minimum: Fraction, maximum: Fraction
) -> tuple[Column, ...]:
    """State and item, quantities, dates; the quiet figures go while the panel is open."""

    def on_hand(row: StockRow) -> Cell:
        item, decimals = row.item, row.item.traits.decimals
        second = ""
        if row.on_hand and item.pack_size > 1:
            second = quantity_words(language, item.unit, row.on_hand, decimals)
        if row.expired:
            second = language.say("{quantity} expired", quantity=_shown(row, row.expired))
        elif row.on_hand == 0 and row.on_order:
            second = language.say("{quantity} on order", quantity=_shown(row, row.on_order))
        elif row.held and row.on_hand == 0:
            second = language.say("{quantity} held", quantity=_shown(row, row.held))
        main = pack_words(language, item.unit, row.on_hand, item.pack_size, decimals)
        return Cell(main, second)

    def _shown(row: StockRow, quantity: int) -> str:
        return language.quantity(quantity, row.item.traits.decimals)

    def months(row: StockRow) -> Months:
        value = row.months if row.months is not None or row.on_hand else Fraction(0)
        return Months(value, row.item.min_months or minimum, row.item.max_months or maximum,
                      row.state.value)  # fmt: skip

    def amc(row: StockRow) -> str | None:
        return _shown(row, row.line.amc.rounded) if row.line.amc.months_counted else None

    return (
        Column("state", N_("State"), "chip", 136, lambda r: r.state.value, worst_first),
        Column("item", N_("Item"), "item", 0, lambda r: Cell(r.item.names, r.item.code)),
        Column("on_hand", N_("On hand"), "quantity", 150, on_hand, lambda r: r.on_hand),
        Column("nearest", N_("Expires"), "date", 112, lambda r: r.nearest),
        Column("months", N_("Months"), "months", 120, months, _by_months),
        Column("amc", N_("A month"), "number", 90, amc, lambda r: r.line.amc.rounded,
               wide_only=True),
        Column("at_risk", N_("Will expire"), "number", 100,
               lambda r: _shown(r, r.at_risk) if r.at_risk else "", lambda r: r.at_risk,
               wide_only=True),
        Column("held", N_("Held"), "number", 80,
               lambda r: _shown(r, r.held) if r.held else "", lambda r: r.held, wide_only=True),
        Column("on_order", N_("On order"), "number", 90,
               lambda r: _shown(r, r.on_order) if r.on_order else "", lambda r: r.on_order,
               wide_only=True),
    )  # fmt: skip


def _by_months(row: StockRow) -> Fraction:
    return row.months if row.months is not None else Fraction(10**6)
