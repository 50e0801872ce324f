"""What can be done on the Stock page: move expired stock, hold or release, print, export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.exporting import take_out
from desktop.pages.stock.hold_panel import HoldPanel, movable
from desktop.pages.stock.take_back_panel import TakeBack, TakeBackPanel
from desktop.rights import allowed
from desktop.saving import offered
from inventory.domain.documents import DocumentKind
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, counted, sentence
from inventory.domain.status import Status
from inventory.exchange.table_writer import Column, Value
from inventory.exchange.workbook import write_table
from inventory.language import Language, plain
from inventory.queries.documents import document_numbered
from inventory.queries.lots import LotRow
from inventory.services.adjusting import Held, change_status, expired_on_shelf, move_expired
from inventory.services.papers import stock_card_paper
from inventory.services.reversing import TO_REVERSE, reverse

if TYPE_CHECKING:
    from desktop.pages.stock.page import StockPage

_HELD_AS = {"RECALL": Status.RECALLED}
"""Held stock is in quarantine until it is looked at, but for these reasons."""


def needed_to_move(lot: LotRow) -> Permission:
    """What somebody needs to hold a usable batch, or to release a held one."""
    usable = lot.kept_as is Status.USABLE
    return Permission.HOLD if usable else Permission.RELEASE


def needed_to_reverse(kind: DocumentKind) -> tuple[Permission, ...]:
    """What somebody needs to take such a document back; none for what never is."""
    return (TO_REVERSE[kind],) if kind in TO_REVERSE else ()


class StockActs:
    """The acts of one Stock page."""

    def __init__(self, page: StockPage) -> None:
        self.page = page
        self.desk = page.desk

    def move_expired(self) -> None:
        """One step: everything expired becomes "expired, awaiting disposal"."""
        if not allowed(self.desk, Permission.HOLD):
            return
        dead = self.desk.ask(expired_on_shelf, self.desk.clinic.id, self.desk.today)
        if not dead:
            self.desk.refused(sentence("Nothing on the shelf has expired."))
            return
        posted = self.desk.do(move_expired)
        batches = len({held.lot_id for held in dead})
        self.desk.posted(
            counted("{n} expired batch now awaits disposal, {number}",
                    "{n} expired batches now await disposal, {number}", batches,
                    number=posted.number),
            lambda: self._offer_back(posted.number),
        )  # fmt: skip
        self.desk.back_to_field()

    # Taking back

    def _offer_back(self, number: str) -> None:
        """Ctrl+Z in the message bar, on whatever page people are by then."""
        self.desk.open_page(self.page.key, TakeBack(number))

    def take_back(self, number: str) -> None:
        """Ask why, then reverse that document."""
        kind = self.desk.ask(document_numbered, self.desk.clinic.id, number).kind
        if not allowed(self.desk, *needed_to_reverse(kind)):
            return
        self.page.show_side(
            TakeBackPanel(self.desk, number, lambda reason: self._reverse(number, reason))
        )

    def _reverse(self, number: str, reason: str) -> None:
        done = self.desk.do(reverse, number, reason)
        self.page.show_side(None)
        self.desk.done(sentence("Reversed {number} by {other}", number=number, other=done.number))
        self.desk.back_to_field()

    # Holding

    def hold_or_release(self) -> None:
        """Choose a batch of the item and a reason; held stock is never dispensed."""
        row = self.page.grid.row
        if row is None or not movable(row.lots):
            self.desk.refused(sentence("There is no batch of this item to hold."))
            return
        theirs = [lot for lot in movable(row.lots) if self.desk.may(needed_to_move(lot))]
        if theirs or allowed(self.desk, *{needed_to_move(lot) for lot in movable(row.lots)}):
            self.page.show_side(HoldPanel(self.desk, row.item, theirs, self._hold))

    def _hold(self, lot: LotRow, reason: str) -> None:
        held = Held(lot.item_id, lot.lot_id, lot.place_id, lot.kept_as, lot.quantity)
        usable = lot.kept_as is Status.USABLE
        to = _HELD_AS.get(reason, Status.QUARANTINED) if usable else Status.USABLE
        posted = self.desk.do(change_status, [held], to, reason)
        name = lot.lot or self.desk.say("No batch number")
        words = sentence("Batch {lot} is held, {number}", lot=name, number=posted.number)
        if to is Status.USABLE:
            words = sentence("Batch {lot} is released, {number}", lot=name,
                             number=posted.number)  # fmt: skip
        self.desk.posted(words, lambda: self._offer_back(posted.number))
        self.page.show_side(None)
        self.desk.back_to_field()

    # Taking away

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

    def export(
        self, title: str, file: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
    ) -> None:
        """What is seen, as a workbook or CSV where somebody says. Raises Refused."""
        name, _ = QFileDialog.getSaveFileName(
            self.page, self.desk.say("Export what is seen"), offered(f"{file}.xlsx"),
            "XLSX (*.xlsx);;CSV (*.csv)",
        )  # fmt: skip
        if name:
            columns = [Column(plain(heading)) for heading in headings]
            kept = list(rows)
            take_out(self.desk, N_("Stock"), len(kept),
                     lambda: write_table(name, title, columns, kept, self.desk.language))
