"""What to order: for every item the average, what is usable, what is coming, what is short."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from inventory.domain.consumption import Amc
from inventory.domain.packing import Rounding, rounding_for
from inventory.domain.reorder import Proposal, ReorderRule, propose
from inventory.queries.clinics import setting
from inventory.queries.holdings import Holding, holdings, holdings_among, no_holding
from inventory.queries.items import ItemRow, all_items, item_by_id
from inventory.queries.usage import ItemUse
from inventory.storage.database import memory_of
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

WINDOW = 3
MIN_MONTHS, MAX_MONTHS = "2", "3"

_ON_ORDER = Statement("""
SELECT o.item_id, sum(o.due) FROM (
  SELECT l.item_id, l.packs * l.pack_size - COALESCE((
    SELECT sum(x.received) FROM receipt_line x JOIN receipt r ON r.document_id = x.document_id
    WHERE r.requisition_id = q.id AND x.item_id = l.item_id
      AND NOT EXISTS (SELECT 1 FROM document d WHERE d.reverses_id = x.document_id)), 0) AS due
  FROM requisition q JOIN requisition_line l ON l.requisition_id = q.id
  WHERE q.clinic_id = :clinic AND q.state IN ('printed', 'partly_received')
) o WHERE o.due > 0 GROUP BY o.item_id
""")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A proposed line: the item, what is held and used of it, and the sum that proposes it."""

    item: ItemRow
    held: Holding
    proposal: Proposal

    @property
    def use(self) -> ItemUse:
        return self.held.use

    @property
    def amc(self) -> Amc:
        return self.held.amc


@dataclass(frozen=True, slots=True)
class Levels:
    """How many months a clinic keeps, and over how many months it averages."""

    window: int
    min_months: Fraction
    max_months: Fraction


def levels(connection: Connection, clinic_id: int) -> Levels:
    """The clinic's own settings, else 3 months of average, minimum 2, maximum 3."""
    return Levels(
        int(setting(connection, clinic_id, "amc_window", WINDOW)),
        Fraction(str(setting(connection, clinic_id, "min_months", MIN_MONTHS))),
        Fraction(str(setting(connection, clinic_id, "max_months", MAX_MONTHS))),
    )


def proposals(
    connection: Connection,
    clinic_id: int,
    today: date,
    *,
    supplier: str = "",
    kinds: Collection[str] = (),
    also: Collection[int] = (),
    only: int | None = None,
) -> list[OrderLine]:
    """Every item on the list, in order of code, with what should be ordered of it (perhaps 0).

    `also` are ids of items to tell of although they are off the list or not of that supplier
    and kind; `only` is the id of the one item to tell of.
    """
    if only is not None:
        return [_afresh(connection, clinic_id, today, item_by_id(connection, only))]
    return [
        line
        for line in every_line(connection, clinic_id, today)
        if line.item.id in also or (line.item.active and wanted(line.item, supplier, kinds))
    ]


def every_line(connection: Connection, clinic_id: int, today: date) -> list[OrderLine]:
    """A line for each item that is or was on the list, in order of code.

    A line stays the same object for as long as nothing it follows from has changed.
    """
    level = levels(connection, clinic_id)
    held = holdings(connection, clinic_id, today, level.window)
    coming = on_order(connection, clinic_id)
    none, memory = no_holding(level.window), memory_of(connection)
    before, found = memory.get((_Kept, clinic_id), (None, {}))
    known: Mapping[int, _Kept] = found if before == level else {}
    fresh: dict[int, _Kept] = {}
    for item in all_items(connection, inactive=True):
        basis = (item, held.get(item.id, none), coming.get(item.id, 0))
        kept = known.get(item.id)
        same = kept is not None and kept.stands_on(*basis)
        fresh[item.id] = kept if kept and same else _Kept(*basis, _line(*basis, level))
    memory[_Kept, clinic_id] = level, fresh
    return [kept.line for kept in fresh.values()]


class _Kept(NamedTuple):
    """A line and what it follows from."""

    item: ItemRow
    held: Holding
    coming: int
    line: OrderLine

    def stands_on(self, item: ItemRow, held: Holding, coming: int) -> bool:
        """Rows that were not touched are the very same objects as the last time."""
        return self.item is item and self.held is held and self.coming == coming


def _afresh(connection: Connection, clinic_id: int, today: date, item: ItemRow) -> OrderLine:
    """The line of one item, without looking at the others."""
    level = levels(connection, clinic_id)
    held = holdings_among(connection, clinic_id, today, level.window, (item.id,))
    coming = on_order(connection, clinic_id).get(item.id, 0)
    return _line(item, held.get(item.id, no_holding(level.window)), coming, level)


def wanted(item: ItemRow, supplier: str, kinds: Collection[str]) -> bool:
    """Whether an order for that supplier and those kinds asks for the item; empty is any."""
    return (not supplier or item.supplier == supplier) and (not kinds or item.kind in kinds)


def on_order(connection: Connection, clinic_id: int) -> dict[int, int]:
    """Units of each item that printed orders still wait for."""
    rows = _ON_ORDER.rows(connection, {"clinic": clinic_id})
    return {item: int(due) for item, due in rows}


def rule_for(item: ItemRow, level: Levels) -> ReorderRule:
    """The item's own settings where it has them, else the clinic's."""
    return ReorderRule(
        item.min_months or level.min_months,
        item.max_months or level.max_months,
        Rounding(item.rounding) if item.rounding else rounding_for(item.ven),
        item.pack_size,
        item.traits.decimals,
    )


def _line(item: ItemRow, held: Holding, coming: int, level: Levels) -> OrderLine:
    proposal = propose(held.amc, held.usable, held.at_risk, coming, rule_for(item, level))
    return OrderLine(item, held, proposal)
