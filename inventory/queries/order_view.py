"""An order as its page shows it: lines with the sentence that explains them, and the budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, text

from inventory.domain.item_kinds import SECTIONS
from inventory.domain.sentence import Sentence
from inventory.queries.clinics import setting
from inventory.queries.orders import OrderLineRow, OrderRow, order_by_id, order_lines, orders
from inventory.queries.proposal import proposals

DRAFT = "draft"
_SECTION_ORDER = {code: place for place, code in enumerate(SECTIONS)}
_SUPPLIERS = text("SELECT DISTINCT supplier FROM item WHERE supplier <> '' ORDER BY supplier")
_COUNTS = text("""
SELECT l.requisition_id, count(*) AS lines, sum(l.packs) AS packs,
  sum(CASE WHEN l.price IS NULL THEN 0 ELSE l.price * l.packs END) AS value,
  sum(CASE WHEN l.price IS NULL THEN 1 ELSE 0 END) AS unpriced
FROM requisition_line l JOIN requisition q ON q.id = l.requisition_id
WHERE q.clinic_id = :clinic AND l.packs > 0 GROUP BY l.requisition_id
""")


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line; `because` explains its proposal while the order is a draft."""

    line: OrderLineRow
    because: Sentence | None

    @property
    def item_id(self) -> int:
        return self.line.item.id

    @property
    def section(self) -> str:
        return self.line.item.traits.section

    @property
    def usable(self) -> int:
        """Units that can be used in time."""
        return self.line.on_hand - self.line.at_risk

    @property
    def changed(self) -> bool:
        """Whether a person asks for something else than was proposed."""
        return bool(self.line.changed_by)

    @property
    def value(self) -> int | None:
        """What it costs, in whole money; None while the price is not known."""
        return None if self.line.price is None else self.line.price * self.line.packs


@dataclass(frozen=True, slots=True)
class Totals:
    """Lines and packs asked for, their value, and how many of the lines have no price."""

    lines: int
    packs: int
    value: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """`supplier` is the order's own, else the clinic's usual one; `budget` None for none."""

    order: OrderRow
    lines: tuple[ViewLine, ...]
    supplier: str
    budget: int | None

    @property
    def is_draft(self) -> bool:
        return self.order.state == DRAFT

    @property
    def totals(self) -> Totals:
        return totals_of(row.line for row in self.lines)

    def line(self, item_id: int) -> ViewLine | None:
        """The line of an item, None when it is not on the order."""
        return next((row for row in self.lines if row.item_id == item_id), None)

    def sections(self) -> list[tuple[str, list[ViewLine]]]:
        """Codes of the sections in the form's order, each with its lines."""
        return [(code, list(rows)) for code, rows in groupby(self.lines, lambda r: r.section)]


@dataclass(frozen=True, slots=True)
class SavedOrder:
    """A row of the list of orders."""

    order: OrderRow
    totals: Totals


def order_view(connection: Connection, clinic_id: int, order_id: int, today: date) -> OrderView:
    """The order as it stands, its lines by section and code."""
    order = order_by_id(connection, order_id)
    lines = order_lines(connection, order_id)
    because: dict[int, Sentence] = {}
    if order.state == DRAFT:
        own = {line.item.id for line in lines}
        because = {
            row.item.id: row.proposal.because
            for row in proposals(connection, clinic_id, today, also=own)
            if row.item.id in own
        }
    rows = [ViewLine(line, because.get(line.item.id)) for line in lines]
    rows.sort(key=lambda row: (_SECTION_ORDER[row.section], row.line.item.code))
    return OrderView(
        order, tuple(rows),
        order.supplier or str(setting(connection, clinic_id, "supplier", "")),
        _whole(setting(connection, clinic_id, "budget", None)),
    )  # fmt: skip


def suppliers(connection: Connection) -> list[str]:
    """Everybody an item is ordered from, in order of name."""
    return list(connection.scalars(_SUPPLIERS))


def totals_of(lines: Iterable[OrderLineRow]) -> Totals:
    """Of the lines with something asked for."""
    asked = [line for line in lines if line.packs > 0]
    return Totals(
        len(asked),
        sum(line.packs for line in asked),
        sum(line.price * line.packs for line in asked if line.price is not None),
        sum(line.price is None for line in asked),
    )


def saved_orders(connection: Connection, clinic_id: int) -> list[SavedOrder]:
    """Every order of a clinic with its totals, newest first."""
    found = {
        row.requisition_id: Totals(row.lines, int(row.packs), int(row.value), int(row.unpriced))
        for row in connection.execute(_COUNTS, {"clinic": clinic_id})
    }
    nothing = Totals(0, 0, 0, 0)
    return [SavedOrder(o, found.get(o.id, nothing)) for o in orders(connection, clinic_id)]


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
