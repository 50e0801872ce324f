"""Every clinic of the database side by side, over the list; Esc goes back."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.chip import STATES
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.sentence import N_
from inventory.domain.stock_state import StockState
from inventory.queries.clinics import ClinicRow
from inventory.queries.side_by_side import AcrossClinics, across_clinics
from inventory.queries.stock import StockRow

_CALM = (StockState.IN_RANGE, StockState.NO_USE)


def clinics_grid(desk: Desk) -> Grid:
    """Stock and months of each item in each clinic, the worst item first."""
    clinics, rows = desk.ask(across_clinics, desk.today)
    columns = (
        Column("state", N_("State"), "chip", 128, lambda r: r.state.value),
        Column("item", N_("Item"), "item", 0, lambda r: Cell(r.item.names, r.item.code)),
        *(_of_clinic(desk, clinic) for clinic in clinics),
        Column("total", N_("Together"), "strong_number", 96,
               lambda r: desk.language.quantity(r.on_hand, r.item.traits.decimals),
               lambda r: r.on_hand),
    )  # fmt: skip
    grid = Grid(columns, desk.language, identity=lambda r: r.item.id,
                name=desk.say("All clinics"))  # fmt: skip
    grid.set_rows(rows)
    grid.choose_first()
    return grid


def _of_clinic(desk: Desk, clinic: ClinicRow) -> Column:
    """A clinic's name is nobody's to translate: it stands as the heading as it is."""

    def shown(row: AcrossClinics) -> Cell:
        return _cell(desk, row.rows.get(clinic.id))

    def units(row: AcrossClinics) -> int:
        there = row.rows.get(clinic.id)
        return there.on_hand if there is not None else -1

    name = clinic.name.replace("{", "{{").replace("}", "}}")
    return Column(f"clinic {clinic.id}", name, "number", 110, shown, units)


def _cell(desk: Desk, row: StockRow | None) -> Cell:
    """Stock in units with the months under it, in the colour of its state; – where never had."""
    if row is None:
        return Cell(None)
    language = desk.language
    stock = language.quantity(row.on_hand, row.item.traits.decimals)
    months = ""
    if row.months is not None:
        months = desk.say("{months} months", months=language.decimal(row.months, 1))
    if row.state in _CALM:
        return Cell(stock, months)
    state = STATES[row.state.value]
    return Cell(stock, months, state.tone, state.icon)
