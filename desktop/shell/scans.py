"""Where a scan goes: to the page that is open, else the usual thing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.desk import Desk
from desktop.news import Action, NewsKind
from inventory.domain.sentence import sentence

if TYPE_CHECKING:
    from desktop.page import Page
    from inventory.domain.scan import Scan

_PAGE_OF_NUMBER = {"DSP": "dispense", "GRN": "receive", "ORD": "order"}


class Shower(Protocol):
    """What the window does with a scan no page wanted."""

    @property
    def page(self) -> Page | None: ...

    def show_item(self, code: str) -> None: ...


class Scans:
    """Reads a scan's text and hands it on."""

    def __init__(self, desk: Desk, window: Shower) -> None:
        self.desk = desk
        self.window = window

    def read(self, text: str) -> Scan:
        """Text of a scanner, or a code somebody typed."""
        from inventory.domain.scan import read_scan

        return read_scan(text, self.desk.today)

    def arrived(self, text: str) -> None:
        """A scan on this page does the useful thing; what no page wants is looked up."""
        from inventory.queries.scanning import as_known_here

        scan = self.desk.ask(as_known_here, self.read(text))
        page = self.window.page
        if page is None or not page.scanned(scan):
            self._usual(scan)

    def _usual(self, scan: Scan) -> None:
        if scan.symbol is not None:
            self.desk.open_page("order", scan)
        elif scan.document is not None:
            page = _PAGE_OF_NUMBER.get(scan.document.split("-")[0], "stock")
            self.desk.open_page(page, scan.document)
        else:
            self._look_up(scan)

    def _look_up(self, scan: Scan) -> None:
        from inventory.queries.scanning import item_of_scan

        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            self._unknown(scan)
            return
        self.window.show_item(found.item.code)
        if scan.warnings:
            self.desk.news(NewsKind.LOOK, scan.warnings[0])

    def _unknown(self, scan: Scan) -> None:
        learn = Action(sentence("Open Items"), "Ctrl+6", lambda: self.desk.open_page("items", scan))
        code = scan.gtin or scan.raw.strip()[:40]
        self.desk.news(
            NewsKind.LOOK, sentence("The code {code} is not known here.", code=code), learn
        )
