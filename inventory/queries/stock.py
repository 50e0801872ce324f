"""Stock on hand: every item with its state, and every batch of one item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from inventory.domain.expiry import Expiry
from inventory.domain.expiry_risk import Batch, Risk, walk
from inventory.domain.expiry_windows import Window
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState, judge, months_of_stock
from inventory.queries.items import ItemRow
from inventory.queries.lots import LotRow, lots_of
from inventory.queries.proposal import Levels, OrderLine, every_line, levels
from inventory.storage.database import memory_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class StockRow:
    """One item. Quantities in smallest units; `months` of stock is None without consumption.

    `nearest` is the earliest expiry of usable stock; where nothing is usable, of what expired.
    """

    line: OrderLine
    held: int
    expired: int
    nearest: Expiry | None
    months: Fraction | None
    state: StockState
    windows: frozenset[Window]
    """When its batches expire: which `within` is not empty."""

    @property
    def item(self) -> ItemRow:
        return self.line.item

    @property
    def lots(self) -> tuple[LotRow, ...]:
        return self.line.held.lots

    @property
    def on_hand(self) -> int:
        """Neither expired nor held."""
        return self.line.held.usable

    @property
    def at_risk(self) -> int:
        return self.line.proposal.at_risk

    @property
    def on_order(self) -> int:
        return self.line.proposal.on_order

    def within(self, window: Window) -> list[LotRow]:
        """Usable batches that expire in that time; for EXPIRED, all that have expired."""
        return [lot for lot in self.lots if _window(lot) is window]

    @property
    def expired_on_shelf(self) -> list[LotRow]:
        """Expired batches that nobody has moved yet."""
        if Window.EXPIRED not in self.windows:
            return []
        return [lot for lot in self.lots
                if lot.status is Status.EXPIRED and lot.kept_as is Status.USABLE]  # fmt: skip


def stock_list(connection: Connection, clinic_id: int, today: date) -> list[StockRow]:
    """Every item that has stock, a history, or is on order; in order of code."""
    memory = memory_of(connection)
    level = levels(connection, clinic_id)
    known: Mapping[int, StockRow] = memory.get((StockRow, clinic_id), {})
    fresh: dict[int, StockRow] = {}
    for line in every_line(connection, clinic_id, today):
        if _is_shown(line):
            kept = known.get(line.item.id)
            same = kept is not None and kept.line is line
            fresh[line.item.id] = kept if kept and same else _row(line, level)
    memory[StockRow, clinic_id] = fresh
    return list(fresh.values())


def _is_shown(line: OrderLine) -> bool:
    """Whether the clinic has it, ever had it, or waits for it."""
    amc = line.amc
    had = line.use.out_since is not None or amc.months_counted or amc.months_out
    return bool(line.held.lots) or (
        line.item.active and bool(had or line.proposal.on_order)
    )  # fmt: skip


def risk_of(connection: Connection, clinic_id: int, item_id: int, amc: int, today: date) -> Risk:
    """What of an item will expire before use at `amc` a month, batch by batch."""
    there: dict[int, Batch] = {}
    for lot in lots_of(connection, clinic_id, item_id, today):
        if lot.status is Status.USABLE:
            more = there[lot.lot_id].quantity if lot.lot_id in there else 0
            there[lot.lot_id] = Batch(lot.lot_id, lot.expiry, lot.quantity + more)
    return walk(there.values(), Fraction(amc), today)


def _row(line: OrderLine, level: Levels) -> StockRow:
    item, lots, usable = line.item, line.held.lots, line.held.usable
    expired = sum(lot.quantity for lot in lots if lot.status is Status.EXPIRED)
    shown = Status.USABLE if usable else Status.EXPIRED
    state = judge(
        usable, line.proposal.at_risk, line.amc, item.min_months or level.min_months,
        item.max_months or level.max_months, expired=expired,
    )  # fmt: skip
    return StockRow(
        line,
        sum(lot.quantity for lot in lots) - usable - expired,
        expired,
        next((lot.expiry for lot in lots if lot.status is shown), None),
        months_of_stock(usable, line.amc),
        state,
        frozenset(window for window in map(_window, lots) if window is not None),
    )


def _window(lot: LotRow) -> Window | None:
    """The list of expiries it belongs to; stock that is held belongs to none."""
    if lot.status is Status.EXPIRED:
        return Window.EXPIRED
    return lot.window if lot.status is Status.USABLE else None
