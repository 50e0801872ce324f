"""Finding a line: by scan, by search, by the number of an order; or adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.news import Action, NewsKind
from desktop.rights import allowed
from desktop.widgets.grid import Grid
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import Refused, sentence
from inventory.queries.items import ItemRow, item_by_id
from inventory.queries.orders import order_numbered
from inventory.queries.scanning import item_of_scan

if TYPE_CHECKING:
    from desktop.pages.order.page import OrderPage

_ORDERS = "ORD-"


class Finding:
    """What scans and searches do on one Order page."""

    def __init__(self, page: OrderPage) -> None:
        self.page = page
        self.desk = page.desk
        self.offered: int | None = None
        """The item a scan was for, that is not on the order."""

    @property
    def grid(self) -> Grid:
        return self.page.sheets.grid

    def scanned(self, scan: Scan) -> bool:
        """Jump to the line or offer to add it; an order's symbol or number opens that order."""
        if scan.symbol is not None:
            self._same_clinic(scan.symbol.clinic, scan.symbol.number)
            return self._open_number(scan.symbol.number)
        if scan.document is not None:
            return scan.document.startswith(_ORDERS) and self._open_number(scan.document)
        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            return False
        if not self._jump(found.item.id):
            self._offer(found.item)
        return True

    def chosen(self, item_id: int) -> bool:
        """A search result: its line, added when it is not there yet."""
        self.page.ready()
        if self._jump(item_id):
            return True
        if self.page.book.may:
            self._add(item_id)
        else:
            self._offer(self.desk.ask(item_by_id, item_id))
        return True

    def open(self, what: object) -> None:
        """From another page: an item, the number or the symbol of an order."""
        if isinstance(what, int):
            self.chosen(what)
        elif isinstance(what, str):
            self._open_number(what)
        elif isinstance(what, Scan):
            self.scanned(what)

    def add(self) -> None:
        """Alt+N: add what a scan offered, else say where to look for it."""
        if not allowed(self.desk, Permission.ORDER):
            return
        self.page.ready()
        if self.offered is not None:
            self._add(self.offered)
            return
        self.page.to_draft()
        self.desk.back_to_field()
        self.desk.news(NewsKind.CALM, sentence("Type or scan the item to add, then press Enter."))

    # How

    def _open_number(self, number: str) -> bool:
        found = self.desk.ask(order_numbered, self.desk.clinic.id, number)
        self.page.open_order(found.id)
        return True

    def _same_clinic(self, code: str, number: str) -> None:
        own = getattr(self.desk.clinic, "code", "")
        if code and own and code != own:
            raise Refused("{number} is an order of another clinic, {clinic}.", number=number,
                          clinic=code)  # fmt: skip

    def _jump(self, item_id: int) -> bool:
        self.page.ready()
        self.offered = None
        if not self.grid.choose(item_id):
            return False
        self.desk.back_to_field()
        return True

    def _offer(self, item: ItemRow) -> None:
        words = sentence("{item} is not on this order.", item=item.names)
        if not self.page.book.may:
            self.desk.news(NewsKind.LOOK, words)
            return
        self.offered = item.id
        self.desk.news(NewsKind.LOOK, words, Action(sentence("Add it"), "Alt+N", self.add))

    def _add(self, item_id: int) -> None:
        self.offered = None
        self.page.to_draft()
        if self._jump(item_id):
            return
        self.page.book.add(item_id)
        self.page.show_order()
        self.grid.choose(item_id)
        item = self.desk.ask(item_by_id, item_id)
        self.desk.done(sentence("{item} is on the order", item=item.names), self.page.undo)
        self.desk.back_to_field()
