"""Stock on hand: every item with its state, and every batch of one item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.expiry_risk import Risk, walk
from inventory.domain.expiry_windows import Window, Windows
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState, judge, months_of_stock
from inventory.queries.items import ItemRow
from inventory.queries.proposal import OrderLine, levels, proposals, usable_batches
from inventory.storage.statement import Statement
from inventory.storage.types import expiry_of

_STATUSES = {status.value: status for status in Status}

_LOTS = """
SELECT s.item_id, s.lot_id, l.number, l.expiry, l.expiry_precision, s.place_id, p.name, s.status,
  s.quantity, l.source, l.maker
FROM stock s JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
WHERE s.clinic_id = :clinic AND s.quantity > 0
"""
_ORDER = " ORDER BY l.expiry IS NULL, l.expiry, l.id, p.rank, p.id, s.status"
_ALL_LOTS = Statement(_LOTS + _ORDER)
_ITEM_LOTS = Statement(_LOTS + " AND s.item_id = :item" + _ORDER)


@dataclass(frozen=True, slots=True)
class LotRow:
    """Stock of one batch at one place in one status; a usable batch past its day is EXPIRED."""

    item_id: int
    lot_id: int
    lot: str
    expiry: Expiry | None
    place_id: int
    place: str
    status: Status
    quantity: int
    source: str
    maker: str
    kept_as: Status
    """The status in the ledger; differs from `status` until expired stock is moved."""
    window: Window


@dataclass(frozen=True, slots=True)
class StockRow:
    """One item. Quantities in smallest units; `months` of stock is None without consumption.

    `nearest` is the earliest expiry of usable stock; where nothing is usable, of what expired.
    """

    item: ItemRow
    on_hand: int
    held: int
    expired: int
    nearest: Expiry | None
    at_risk: int
    on_order: int
    months: Fraction | None
    state: StockState
    line: OrderLine
    lots: tuple[LotRow, ...]

    def within(self, window: Window) -> list[LotRow]:
        """Usable batches that expire in that time; for EXPIRED, all that have expired."""
        status = Status.EXPIRED if window is Window.EXPIRED else Status.USABLE
        return [lot for lot in self.lots if lot.status is status
                and (lot.window is window or status is Status.EXPIRED)]  # fmt: skip

    @property
    def expired_on_shelf(self) -> list[LotRow]:
        """Expired batches that nobody has moved yet."""
        return [lot for lot in self.lots
                if lot.status is Status.EXPIRED and lot.kept_as is Status.USABLE]  # fmt: skip


def stock_list(connection: Connection, clinic_id: int, today: date) -> list[StockRow]:
    """Every item that has stock, a history, or is on order; in order of code."""
    by_item: dict[int, list[LotRow]] = defaultdict(list)
    for lot in all_lots(connection, clinic_id, today):
        by_item[lot.item_id].append(lot)
    level = levels(connection, clinic_id)
    return [
        _row(line, by_item.get(line.item.id, []), level.min_months, level.max_months)
        for line in proposals(connection, clinic_id, today, also=by_item)
        if line.item.id in by_item or line.amc.months_counted or line.amc.months_out
        or line.proposal.on_order
    ]  # fmt: skip


def all_lots(connection: Connection, clinic_id: int, today: date) -> list[LotRow]:
    """Every batch that is here, earliest expiry first."""
    given = {"clinic": clinic_id}
    return _lots(_ALL_LOTS.rows(connection, given), today)


def lots_of(connection: Connection, clinic_id: int, item_id: int, today: date) -> list[LotRow]:
    """Every batch of one item that is here, earliest expiry first."""
    given = {"clinic": clinic_id, "item": item_id}
    return _lots(_ITEM_LOTS.rows(connection, given), today)


def risk_of(connection: Connection, clinic_id: int, item_id: int, amc: int, today: date) -> Risk:
    """What of an item will expire before use at `amc` a month, batch by batch."""
    batches = usable_batches(connection, clinic_id, today).get(item_id, ())
    return walk(batches, Fraction(amc), today)


def on_hand_of(lots: Iterable[LotRow]) -> int:
    """Usable and unexpired."""
    return sum(lot.quantity for lot in lots if lot.status is Status.USABLE)


def _lots(rows: Iterable[tuple[Any, ...]], today: date) -> list[LotRow]:
    lots, day, windows = [], today.isoformat(), Windows.on(today)
    for item, lot, number, last, precision, place_id, place, kept, quantity, source, maker in rows:
        status = _STATUSES[kept]
        past = status is Status.USABLE and last is not None and last < day
        expiry = expiry_of(last, precision)
        lots.append(
            LotRow(item, lot, number, expiry, place_id, place, Status.EXPIRED if past else status,
                   quantity, source, maker, status, windows.of(expiry))
        )  # fmt: skip
    return lots


def _row(
    line: OrderLine, lots: list[LotRow], min_months: Fraction, max_months: Fraction
) -> StockRow:
    totals: Mapping[Status, int] = _totals(lots)
    usable, expired = totals.get(Status.USABLE, 0), totals.get(Status.EXPIRED, 0)
    shown = Status.USABLE if usable else Status.EXPIRED
    nearest = next((lot.expiry for lot in lots if lot.status is shown), None)
    state = judge(
        usable, line.proposal.at_risk, line.amc,
        line.item.min_months or min_months, line.item.max_months or max_months, expired=expired,
    )  # fmt: skip
    return StockRow(
        line.item, usable, sum(totals.values()) - usable - expired, expired, nearest,
        line.proposal.at_risk, line.proposal.on_order, months_of_stock(usable, line.amc), state,
        line, tuple(lots),
    )  # fmt: skip


def _totals(lots: Iterable[LotRow]) -> dict[Status, int]:
    totals: dict[Status, int] = {}
    for lot in lots:
        totals[lot.status] = totals.get(lot.status, 0) + lot.quantity
    return totals
