"""What every clinic asks for, side by side, in the place of the order; Esc goes back."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.sentence import N_
from inventory.queries.clinics import ClinicRow
from inventory.queries.orders_across import AskedAcross, orders_across


def clinics_grid(desk: Desk) -> Grid:
    """Packs asked for and units on hand of each item in each clinic."""
    clinics, rows = desk.ask(orders_across, desk.today)
    columns = (
        Column("item", N_("Item"), "item", 0, lambda r: Cell(r.item.names, r.item.code)),
        *(_of_clinic(desk, clinic) for clinic in clinics),
        Column("total", N_("Packs together"), "big_number", 104, lambda r: r.total),
        Column("value", N_("IQD"), "number", 104, lambda r: "" if r.value is None else r.value,
               lambda r: r.value),
    )  # fmt: skip
    grid = Grid(columns, desk.language, identity=lambda r: r.item.id,
                name=desk.say("All clinics"))  # fmt: skip
    grid.set_rows(rows)
    grid.choose_first()
    return grid


def _of_clinic(desk: Desk, clinic: ClinicRow) -> Column:
    """A clinic's name is nobody's to translate: it stands as the heading as it is."""

    def shown(row: AskedAcross) -> Cell:
        there = row.rows.get(clinic.id)
        if there is None:
            return Cell(None)
        stock = desk.language.quantity(there.on_hand, row.item.traits.decimals)
        return Cell(row.packs[clinic.id], desk.say("{quantity} on hand", quantity=stock))

    def packs(row: AskedAcross) -> int:
        return row.packs.get(clinic.id, -1)

    name = clinic.name.replace("{", "{{").replace("}", "}}")
    return Column(f"clinic {clinic.id}", name, "strong_number", 110, shown, packs)
