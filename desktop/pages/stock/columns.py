"""The columns of the stock list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from desktop.units import pack_words, quantity_words
from desktop.widgets.charts.cover import Months
from desktop.widgets.chip import STATES
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.rounding import half_up
from inventory.domain.sentence import N_
from inventory.domain.units import unit_named
from inventory.exchange.table_writer import Value
from inventory.language import Language, plain
from inventory.queries.proposal import Levels
from inventory.queries.stock import StockRow
from inventory.queries.stock_filters import FILTERS, worst_first

_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "expiring": N_("{quantity} will expire"),
        "expired": N_("{quantity} expired"),
        "under_3_months": N_("{quantity} under 3 months"),
        "under_6_months": N_("{quantity} in 3 to 6 months"),
    }
)


class StockColumns:
    """State and item, quantities, dates; the quiet figures go while the panel is open.

    `chosen` tells the filter in force: under the stock stands how much of it that is about.
    """

    def __init__(self, language: Language, levels: Levels, chosen: Callable[[], str]) -> None:
        self.language = language
        self.levels = levels
        self._chosen = chosen

    def all(self) -> tuple[Column, ...]:
        """From the leading edge."""
        return (
            Column("state", N_("State"), "chip", 136, lambda r: r.state.value, worst_first),
            Column("item", N_("Item"), "item", 0, lambda r: Cell(r.item.names, r.item.code)),
            Column("on_hand", N_("On hand"), "quantity", 150, self._on_hand,
                   lambda r: r.on_hand),
            Column("nearest", N_("Expires"), "date", 112, lambda r: r.nearest),
            Column("months", N_("Months"), "months", 120, self._months, _by_months),
            Column("amc", N_("A month"), "number", 90, self._amc,
                   lambda r: r.line.amc.rounded, wide_only=True),
            self._figure("at_risk", N_("Will expire"), 100),
            self._figure("held", N_("Held"), 80),
            self._figure("on_order", N_("On order"), 90),
        )  # fmt: skip

    def _figure(self, key: str, heading: str, width: int) -> Column:
        """A number that is blank when there is nothing to tell."""

        def of(row: StockRow) -> int:
            return int(getattr(row, key))

        def shown(row: StockRow) -> str:
            return self._shown(row, of(row)) if of(row) else ""

        return Column(key, heading, "number", width, shown, of, wide_only=True)

    def _shown(self, row: StockRow, quantity: int) -> str:
        return self.language.quantity(quantity, row.item.traits.decimals)

    def _on_hand(self, row: StockRow) -> Cell:
        item, decimals = row.item, row.item.traits.decimals
        main = pack_words(self.language, item.unit, row.on_hand, item.pack_size, decimals)
        return Cell(main, self._second(row))

    def _second(self, row: StockRow) -> str:
        """What the filter is about; else what is wrong; else the stock in units."""
        say, chosen = self.language.say, FILTERS.get(self._chosen())
        if chosen is not None and chosen.amount is not None:
            about = self._shown(row, chosen.amount(row))
            return say(_ABOUT[self._chosen()], quantity=about)
        if row.expired:
            return say("{quantity} expired", quantity=self._shown(row, row.expired))
        if row.on_hand:
            return self._units(row)
        if row.on_order:
            return say("{quantity} on order", quantity=self._shown(row, row.on_order))
        if row.held:
            return say("{quantity} held", quantity=self._shown(row, row.held))
        return ""

    def _units(self, row: StockRow) -> str:
        """Blank where packs already say it."""
        if row.item.pack_size == 1:
            return ""
        decimals = row.item.traits.decimals
        return quantity_words(self.language, row.item.unit, row.on_hand, decimals)

    def _months(self, row: StockRow) -> Months:
        value = row.months if row.months is not None or row.on_hand else Fraction(0)
        return Months(value, row.item.min_months or self.levels.min_months,
                      row.item.max_months or self.levels.max_months, row.state.value)  # fmt: skip

    def _amc(self, row: StockRow) -> str | None:
        amc = row.line.amc
        return self._shown(row, amc.rounded) if amc.months_counted else None


    # Taking away

    def exported(
        self, rows: Iterable[StockRow]
    ) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
        """Headings and the same columns as values, stock in units, for a spreadsheet to sum."""
        say = self.language.say
        headings = (
            say("State"), say("Item"), say("Code"), say("Unit"), say("On hand"), say("Expires"),
            say("Months"), say("A month"), say("Will expire"), say("Expired"), say("Held"),
            say("On order"),
        )  # fmt: skip
        return headings, [self._values(row) for row in rows]

    def _values(self, row: StockRow) -> tuple[Value, ...]:
        whole = 10**row.item.traits.decimals

        def units(quantity: int) -> Value:
            return quantity if whole == 1 else Fraction(quantity, whole)

        amc, say = row.line.amc, self.language.say
        months = None if row.months is None else Fraction(half_up(row.months * 10), 10)
        return (
            plain(say(STATES[row.state.value].words)), row.item.names, row.item.code,
            plain(say(unit_named(row.item.unit).bare)), units(row.on_hand), row.nearest,
            months, units(amc.rounded) if amc.months_counted else None, units(row.at_risk),
            units(row.expired), units(row.held), units(row.on_order),
        )  # fmt: skip


def _by_months(row: StockRow) -> Fraction:
    return row.months if row.months is not None else Fraction(10**6)
