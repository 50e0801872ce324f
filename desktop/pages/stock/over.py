"""What stands in the place of the list: a stock card, a document, or all clinics side by side."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.desk import Desk
from desktop.pages.stock.card_view import card_grid
from desktop.pages.stock.clinics_view import clinics_grid
from desktop.pages.stock.document_view import document_grid, document_words
from desktop.widgets.grid import Grid
from inventory.domain.documents import DocumentKind
from inventory.queries.documents import DocumentRow, document_numbered
from inventory.queries.items import ItemRow


@dataclass(frozen=True, slots=True)
class Over:
    """A table with its title, the words beside it, and the name of a file to export it to."""

    grid: Grid
    title: str
    told: str
    file: str
    document: DocumentRow | None = None
    is_card: bool = False

    @property
    def reversible(self) -> bool:
        """Whether it is a document that can still be taken back."""
        found = self.document
        return (
            found is not None
            and found.kind is not DocumentKind.REVERSAL
            and found.reversed_by is None
        )


def card_over(desk: Desk, item: ItemRow) -> Over:
    """Every movement of an item."""
    return Over(card_grid(desk, item), desk.name(item.names), desk.say("Stock card"),
                f"stock-card-{item.code}", is_card=True)  # fmt: skip


def document_over(desk: Desk, number: str) -> Over:
    """The lines of one document. Raises Refused when the clinic has none with that number."""
    found = desk.ask(document_numbered, desk.clinic.id, number)
    grid = document_grid(desk, found)
    return Over(grid, found.number, document_words(desk, found), found.number, found)


def clinics_over(desk: Desk) -> Over:
    """Every clinic of the database."""
    grid = clinics_grid(desk)
    told = desk.count("{n} item, worst first", "{n} items, worst first",
                      len(grid.visible_rows()))  # fmt: skip
    return Over(grid, desk.say("All clinics"), told, f"stock-all-{desk.today}")
