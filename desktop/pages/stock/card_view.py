"""The whole stock card of one item, over the list; Ctrl+P prints it, Esc goes back."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.movements import MOVEMENTS
from inventory.domain.reasons import REASONS
from inventory.domain.sentence import N_
from inventory.queries.card import CardLine, stock_card
from inventory.queries.items import ItemRow


def card_grid(desk: Desk, item: ItemRow) -> Grid:
    """A table of every movement of the item, last first."""

    def shown(quantity: int | None) -> str:
        if quantity is None:
            return ""
        return desk.language.quantity(quantity, item.traits.decimals)

    def adjusted(row: CardLine) -> str:
        return "" if row.adjusted is None else desk.language.signed(row.adjusted)

    def what(row: CardLine) -> Cell:
        return Cell(row.document, desk.say(MOVEMENTS[row.kind].name))

    def why(row: CardLine) -> str:
        return desk.say(REASONS[row.reason].name) if row.reason in REASONS else row.reason

    columns = (
        Column("day", N_("Date"), "date", 112),
        Column("document", N_("Document"), "quantity", 190, what, lambda r: r.document),
        Column("party", N_("From / to"), "text", 0),
        Column("lot", N_("Batch"), "text", 110),
        Column("expiry", N_("Expires"), "date", 110),
        Column("received", N_("Received"), "number", 80, lambda r: shown(r.received)),
        Column("issued", N_("Issued"), "number", 80, lambda r: shown(r.issued)),
        Column("adjusted", N_("Adjusted"), "number", 90, adjusted),
        Column("balance", N_("Balance"), "strong_number", 90, lambda r: shown(r.balance)),
        Column("reason", N_("Reason"), "faint", 0, why),
    )
    _, lines = desk.ask(stock_card, desk.clinic.id, item.id)
    grid = Grid(columns, desk.language, name=desk.say("Stock card"))
    grid.set_rows(reversed(lines))
    grid.choose_first()
    return grid
