"""The stock of every clinic of a database, an item a row, for whoever looks after several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from inventory.domain.stock_state import RANK, StockState
from inventory.queries.clinics import ClinicRow, clinics
from inventory.queries.items import ItemRow
from inventory.queries.stock import StockRow, stock_list


@dataclass(frozen=True, slots=True)
class AcrossClinics:
    """One item: how it stands in each clinic that ever had it, by clinic id."""

    item: ItemRow
    rows: Mapping[int, StockRow]

    @property
    def state(self) -> StockState:
        """The worst of them."""
        return min((row.state for row in self.rows.values()), key=RANK.__getitem__)

    @property
    def on_hand(self) -> int:
        """Usable, in all clinics together."""
        return sum(row.on_hand for row in self.rows.values())

    @property
    def shortest(self) -> Fraction | None:
        """Months of stock where they are fewest."""
        return min((r.months for r in self.rows.values() if r.months is not None), default=None)


def across_clinics(
    connection: Connection, today: date
) -> tuple[tuple[ClinicRow, ...], list[AcrossClinics]]:
    """The clinics, oldest first, and every item that one of them has, worst first."""
    there = tuple(clinics(connection))
    found: dict[int, dict[int, StockRow]] = {}
    for clinic in there:
        for row in stock_list(connection, clinic.id, today):
            found.setdefault(row.item.id, {})[clinic.id] = row
    rows = [
        AcrossClinics(next(iter(by_clinic.values())).item, by_clinic)
        for by_clinic in found.values()
    ]
    return there, sorted(rows, key=_worst_first)


def _worst_first(row: AcrossClinics) -> tuple[object, ...]:
    months = row.shortest if row.shortest is not None else Fraction(10**6)
    return (RANK[row.state], months, row.item.code)
