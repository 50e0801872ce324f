"""What every clinic of a database would order, an item a row, for whoever looks after several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from inventory.queries.clinics import ClinicRow
from inventory.queries.items import ItemRow
from inventory.queries.side_by_side import across_clinics
from inventory.queries.stock import StockRow

# A line nobody touched follows the stock, so only what a person decided is read.
_DECIDED = text("""
SELECT q.clinic_id, l.item_id, max(l.packs) AS packs
FROM requisition q JOIN requisition_line l ON l.requisition_id = q.id
WHERE q.state = 'draft' AND (l.changed_by <> '' OR l.added = 1)
GROUP BY q.clinic_id, l.item_id
""")


@dataclass(frozen=True, slots=True)
class AskedAcross:
    """One item: packs that each clinic's draft asks for, and its stock there, by clinic id."""

    item: ItemRow
    packs: Mapping[int, int]
    rows: Mapping[int, StockRow]

    @property
    def total(self) -> int:
        """Packs of all clinics together."""
        return sum(self.packs.values())

    @property
    def value(self) -> int | None:
        """What they cost, in whole money; None while the price is not known."""
        return None if self.item.price is None else self.item.price * self.total


def orders_across(
    connection: Connection, today: date
) -> tuple[tuple[ClinicRow, ...], list[AskedAcross]]:
    """The clinics, oldest first, and every item that one of them asks for, in order of code."""
    there, items = across_clinics(connection, today)
    decided = {(row.clinic_id, row.item_id): int(row.packs) for row in connection.execute(_DECIDED)}
    rows = [
        AskedAcross(
            one.item,
            {
                clinic: decided.get((clinic, one.item.id), row.line.proposal.packs)
                for clinic, row in one.rows.items()
            },
            one.rows,
        )
        for one in items
    ]
    asked = [row for row in rows if row.total]
    return there, sorted(asked, key=lambda row: row.item.code)
