"""A few items as the search results show them: state, usable stock, nearest expiry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection, text

from inventory.domain.consumption import average
from inventory.domain.expiry import Expiry
from inventory.domain.expiry_risk import Batch, walk
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState, judge
from inventory.queries.items import ItemRow, item_by_id
from inventory.queries.lots import lots_of, on_hand_of
from inventory.queries.proposal import Levels, levels
from inventory.queries.usage import use_of_items

_EVER = text("""
SELECT item_id FROM first_day WHERE clinic_id = :clinic
UNION SELECT item_id FROM reported_month WHERE clinic_id = :clinic
""")


@dataclass(frozen=True, slots=True)
class Glance:
    """`on_hand` is usable and unexpired, in smallest units."""

    item: ItemRow
    on_hand: int
    nearest: Expiry | None
    state: StockState


def glance(
    connection: Connection, clinic_id: int, item_ids: Sequence[int], today: date
) -> list[Glance]:
    """One row for each item asked for, in the same order; its cost does not grow with the list."""
    level = levels(connection, clinic_id)
    return [_glance(connection, clinic_id, item_id, today, level) for item_id in item_ids]


def known_here(connection: Connection, clinic_id: int) -> frozenset[int]:
    """The items this clinic ever had; the rest of the list is only paper to it."""
    had = connection.scalars(_EVER, {"clinic": clinic_id})
    return frozenset(int(item) for item in had)


def _glance(
    connection: Connection, clinic_id: int, item_id: int, today: date, level: Levels
) -> Glance:
    item = item_by_id(connection, item_id)
    lots = lots_of(connection, clinic_id, item_id, today)
    usable = [lot for lot in lots if lot.status is Status.USABLE]
    used = use_of_items(connection, clinic_id, today, level.window, item_id).get(item_id)
    amc = average(used.months if used is not None else (None,) * level.window)
    batches = tuple(Batch(lot.lot_id, lot.expiry, lot.quantity) for lot in usable)
    state = judge(
        on_hand_of(lots),
        walk(batches, Fraction(amc.rounded), today).at_risk if amc.rounded else 0,
        amc,
        item.min_months or level.min_months,
        item.max_months or level.max_months,
        expired=sum(lot.quantity for lot in lots if lot.status is Status.EXPIRED),
        held=used is not None,
    )
    return Glance(item, on_hand_of(lots), usable[0].expiry if usable else None, state)
