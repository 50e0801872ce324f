"""What to order: for every item the average, what is usable, what is coming, what is short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection, text

from inventory.domain.consumption import Amc, average
from inventory.domain.expiry import Expiry, Precision
from inventory.domain.expiry_risk import Batch, walk
from inventory.domain.packing import Rounding, rounding_for
from inventory.domain.reorder import Proposal, ReorderRule, propose
from inventory.queries.clinics import setting
from inventory.queries.items import ItemRow, all_items
from inventory.queries.usage import ItemUse, use_of_items
from inventory.storage.types import day_of

WINDOW = 3
MIN_MONTHS, MAX_MONTHS = "2", "3"

_BATCHES = text("""
SELECT s.item_id, s.lot_id, l.expiry, l.expiry_precision, sum(s.quantity) AS quantity
FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.status = 'usable' AND s.quantity > 0
  AND (l.expiry IS NULL OR l.expiry >= :today)
GROUP BY s.item_id, s.lot_id, l.expiry, l.expiry_precision
""")
_ON_ORDER = text("""
SELECT o.item_id, sum(o.due) AS due FROM (
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
) -> list[OrderLine]:
    """Every item on the list, in order of code, with what should be ordered of it (perhaps 0)."""
    level = levels(connection, clinic_id)
    uses = use_of_items(connection, clinic_id, today, level.window)
    batches = usable_batches(connection, clinic_id, today)
    coming = on_order(connection, clinic_id)
    empty = ItemUse((None,) * level.window, 0, 0, 0, 0)
    return [
        _line(item, uses.get(item.id, empty), batches.get(item.id, ()), coming.get(item.id, 0),
              level, today)
        for item in all_items(connection)
        if (not supplier or item.supplier == supplier) and (not kinds or item.kind in kinds)
    ]  # fmt: skip


def usable_batches(
    connection: Connection, clinic_id: int, today: date
) -> dict[int, tuple[Batch, ...]]:
    """Usable, unexpired stock of every item, batch by batch."""
    found: dict[int, list[Batch]] = defaultdict(list)
    for row in connection.execute(_BATCHES, {"clinic": clinic_id, "today": today.isoformat()}):
        expiry = None
        if row.expiry is not None:
            expiry = Expiry(day_of(row.expiry), Precision(row.expiry_precision))
        found[row.item_id].append(Batch(row.lot_id, expiry, int(row.quantity)))
    return {item: tuple(batches) for item, batches in found.items()}


def on_order(connection: Connection, clinic_id: int) -> dict[int, int]:
    """Units of each item that printed orders still wait for."""
    rows = connection.execute(_ON_ORDER, {"clinic": clinic_id})
    return {row.item_id: int(row.due) for row in rows}


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
