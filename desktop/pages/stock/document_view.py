"""One document of the ledger, line by line, over the list; Esc goes back."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.grid import Grid
from desktop.widgets.grid.columns import Cell, Column
from inventory.domain.reasons import REASONS
from inventory.domain.sentence import N_
from inventory.domain.status import STATUSES
from inventory.queries.clinics import places
from inventory.queries.documents import DocumentRow, LineRow, lines_of


def document_grid(desk: Desk, document: DocumentRow) -> Grid:
    """A table of what the document moved."""
    named = {place.id: place.name for place in desk.ask(places, desk.clinic.id)}

    def change(row: LineRow) -> Cell:
        return Cell(desk.language.signed(row.quantity), tone="green" if row.quantity > 0 else "")

    def why(row: LineRow) -> str:
        return desk.say(REASONS[row.reason].name) if row.reason in REASONS else row.reason

    columns = (
        Column("item", N_("Item"), "item", 0, lambda r: Cell(r.names, r.code)),
        Column("lot", N_("Batch"), "text", 120, lambda r: r.lot or None),
        Column("expiry", N_("Expires"), "date", 120),
        Column("place", N_("Place"), "text", 130, lambda r: named.get(r.place_id, "")),
        Column("status", N_("State"), "text", 170, lambda r: desk.say(STATUSES[r.status].name)),
        Column("quantity", N_("Change"), "strong_number", 100, change, lambda r: r.quantity),
        Column("reason", N_("Reason"), "faint", 0, why),
    )
    grid = Grid(columns, desk.language, name=document.number)
    grid.set_rows(desk.ask(lines_of, document.id))
    grid.choose_first()
    return grid


def document_words(desk: Desk, document: DocumentRow) -> str:
    """What it is, when, by whom, and whether it was taken back."""
    known = {"kind": desk.say(document.kind.heading), "day": document.happened_on,
             "user": document.user}  # fmt: skip
    if document.reversed_by is not None:
        other = document.reversed_by
        return desk.say("{kind}, {day}, {user}. Reversed by {number}", number=other, **known)
    return desk.say("{kind}, {day}, {user}", **known)
