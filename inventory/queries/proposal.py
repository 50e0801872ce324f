"""What to order: for every item the average, what is usable, what is coming, what is short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from inventory.domain.consumption import Amc, average
from inventory.domain.expiry_risk import Batch, walk
from inventory.domain.packing import Rounding, rounding_for
from inventory.domain.reorder import Proposal, ReorderRule, propose
from inventory.queries.clinics import setting
from inventory.queries.items import ItemRow, all_items, item_by_id
from inventory.queries.usage import ItemUse, use_of_items
from inventory.storage.statement import Statement
from inventory.storage.types import expiry_of

WINDOW = 3
MIN_MONTHS, MAX_MONTHS = "2", "3"

_BATCHES = Statement("""
SELECT s.item_id, s.lot_id, l.expiry, l.expiry_precision, sum(s.quantity)
FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.status = 'usable' AND s.quantity > 0
  AND (l.expiry IS NULL OR l.expiry >= :today)
GROUP BY s.item_id, s.lot_id, l.expiry, l.expiry_precision
""")
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
    """A proposed line: the item, its use over the window, and the sum that proposes it."""

    item: ItemRow
    use: ItemUse
    amc: Amc
    proposal: Proposal


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
    level = levels(connection, clinic_id)
    uses = use_of_items(connection, clinic_id, today, level.window, only)
    batches = usable_batches(connection, clinic_id, today)
    coming = on_order(connection, clinic_id)
    empty = ItemUse((None,) * level.window, 0, 0, 0, 0)
    if only is not None:
        chosen = [item_by_id(connection, only)]
    else:
        chosen = [
            item
            for item in all_items(connection, inactive=bool(also))
            if item.id in also or (item.active and wanted(item, supplier, kinds))
        ]
    return [
        _line(item, uses.get(item.id, empty), batches.get(item.id, ()), coming.get(item.id, 0),
              level, today)
        for item in chosen
    ]  # fmt: skip


def wanted(item: ItemRow, supplier: str, kinds: Collection[str]) -> bool:
    """Whether an order for that supplier and those kinds asks for the item; empty is any."""
    return (not supplier or item.supplier == supplier) and (not kinds or item.kind in kinds)


def usable_batches(
    connection: Connection, clinic_id: int, today: date
) -> dict[int, tuple[Batch, ...]]:
    """Usable, unexpired stock of every item, batch by batch."""
    found: dict[int, list[Batch]] = defaultdict(list)
    for item, lot, expiry, precision, quantity in _BATCHES.rows(
        connection, {"clinic": clinic_id, "today": today.isoformat()}
    ):
        found[item].append(Batch(lot, expiry_of(expiry, precision), int(quantity)))
    return {item: tuple(batches) for item, batches in found.items()}


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


def _line(
    item: ItemRow,
    use: ItemUse,
    batches: tuple[Batch, ...],
    coming: int,
    level: Levels,
    today: date,
) -> OrderLine:
    amc = average(use.months)
    risk = walk(batches, Fraction(amc.rounded), today).at_risk if amc.rounded else 0
    on_hand = sum(batch.quantity for batch in batches)
    return OrderLine(item, use, amc, propose(amc, on_hand, risk, coming, rule_for(item, level)))
