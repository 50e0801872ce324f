"""What can be done on the Stock page: move expired stock, hold or release, print, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.pages.stock.hold_panel import HoldPanel
from inventory.domain.sentence import counted, sentence
from inventory.domain.status import Status
from inventory.exchange.table_writer import Column
from inventory.exchange.workbook import write_table
from inventory.language import Language
from inventory.queries.stock import LotRow
from inventory.queries.today import on_usable_shelf
from inventory.services.adjusting import Held, change_status, move_expired
from inventory.services.papers import stock_card_paper
from inventory.services.reversing import reverse

if TYPE_CHECKING:
    from desktop.pages.stock.page import StockPage


class StockActs:
    """The acts of one Stock page."""

    def __init__(self, page: StockPage) -> None:
        self.page = page
        self.desk = page.desk

    def move_expired(self) -> None:
        """One step: everything expired becomes "expired, awaiting disposal"."""
        dead = on_usable_shelf(lot for row in self.page.rows for lot in row.lots)
        if not dead:
            self.desk.refused(sentence("Nothing on the shelf has expired."))
            return
        posted = self.desk.do(move_expired)
        self.desk.posted(
            counted("{n} expired batch now awaits disposal, {number}",
                    "{n} expired batches now await disposal, {number}", len(dead),
                    number=posted.number),
            lambda: self._reverse(posted.number),
        )  # fmt: skip
        self.desk.back_to_field()

    def _reverse(self, number: str) -> None:
        self.desk.do(reverse, number, "ENTERED_TWICE")
        self.desk.done(sentence("{number} was taken back", number=number))

    def hold_or_release(self) -> None:
        """Choose a batch of the item and a reason; held stock is never dispensed."""
        row = self.page.grid.row
        if row is None or not row.lots:
            self.desk.refused(sentence("There is no batch of this item to hold."))
            return
        self.page.show_side(HoldPanel(self.desk, row.item, row.lots, self._hold))

    def _hold(self, lot: LotRow, reason: str) -> None:
        held = Held(lot.item_id, lot.lot_id, lot.place_id, lot.kept_as, lot.quantity)
        to = Status.QUARANTINED if lot.kept_as is Status.USABLE else Status.USABLE
        posted = self.desk.do(change_status, [held], to, reason)
        words = sentence("Batch {lot} is held, {number}", lot=lot.lot, number=posted.number)
        if to is Status.USABLE:
            words = sentence("Batch {lot} is released, {number}", lot=lot.lot,
                             number=posted.number)  # fmt: skip
        self.desk.posted(words, lambda: self._reverse(posted.number))
        self.page.show_side(None)

    def print_card(self) -> None:
        """The stock card of the highlighted item, on paper."""
        from desktop.preview import Preview

        row = self.page.grid.row
        if row is None:
            return
        card = self.desk.ask(stock_card_paper, self.desk.clinic.id, row.item.id, self.desk.today)
        practice = self.desk.practice

        def make(first: Language, second: Language | None) -> bytes:
            from inventory.documents.stock_card import stock_card_pdf

            return stock_card_pdf(card, first, second, practice=practice)

        title = self.desk.say("Stock card of {item}", item=row.item.names)
        self.page.cover(Preview(self.desk, title, make, f"stock-card-{row.item.code}.pdf"))

    def export(self) -> None:
        """What is seen, with the same columns, as a workbook or CSV."""
        name, _ = QFileDialog.getSaveFileName(
            self.page, self.desk.say("Export what is seen"), f"stock-{self.desk.today}.xlsx",
            "XLSX (*.xlsx);;CSV (*.csv)",
        )  # fmt: skip
        if not name:
            return
        grid = self.page.grid
        columns = [Column(heading) for heading in grid.headings()]
        path = write_table(name, self.desk.say("Stock"), columns, grid.table(), self.desk.language)
        self.desk.done(sentence("Written to {file}", file=Path(path).name))
