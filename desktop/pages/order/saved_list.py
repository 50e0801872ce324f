"""All orders of the clinic, newest first: drafts, printed, partly received, closed."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.item_kinds import KINDS
from inventory.domain.sentence import N_
from inventory.queries.order_view import SavedOrder, saved_orders


def saved_grid(desk: Desk) -> Grid:
    """Enter opens one; the grid's rows are `SavedOrder`s."""

    def number(row: SavedOrder) -> Cell:
        return Cell(row.order.number, _what(desk, row))

    def needed(row: SavedOrder) -> object:
        if row.order.needed_by is not None:
            return row.order.needed_by
        return desk.say("emergency") if row.order.emergency else ""

    columns = (
        Column("state", N_("State"), "chip", 150, lambda r: r.order.state),
        Column("number", N_("Number"), "item", 0, number, lambda r: r.order.id),
        Column("made_on", N_("Date"), "date", 124, lambda r: r.order.made_on),
        Column("needed_by", N_("Needed by"), "date", 124, needed,
               lambda r: r.order.needed_by),
        Column("user", N_("By"), "text", 130, lambda r: r.order.user),
        Column("lines", N_("Lines"), "number", 80, lambda r: r.totals.lines),
        Column("packs", N_("Packs"), "number", 90, lambda r: r.totals.packs),
        Column("value", N_("IQD"), "number", 110, _value, lambda r: r.totals.value),
    )  # fmt: skip
    grid = Grid(columns, desk.language, identity=lambda r: r.order.id,
                name=desk.say("Orders"))  # fmt: skip
    grid.set_rows(desk.ask(saved_orders, desk.clinic.id))
    grid.choose_first()
    return grid


def _what(desk: Desk, row: SavedOrder) -> str:
    kinds = [desk.say(KINDS[kind].name) for kind in row.order.kinds if kind in KINDS]
    parts = [part for part in (row.order.supplier, *kinds) if part]
    return desk.language.listed(parts) if parts else desk.say("Everything")


def _value(row: SavedOrder) -> object:
    return row.totals.value if row.totals.lines > row.totals.unpriced else ""
