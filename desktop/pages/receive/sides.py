"""What takes the place of the side panel for a while: papers, a reason, a note on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.pages.receive.accept_panel import AcceptPanel
from desktop.pages.receive.against import open_orders
from desktop.pages.receive.line_panel import WIDE
from desktop.pages.receive.note_panel import NotePanel
from desktop.pages.receive.paper_form import PaperForm
from desktop.pages.receive.printing import note_preview
from desktop.widgets.card import fixed_width
from inventory.domain.sentence import sentence
from inventory.queries.received import note_numbered
from inventory.services.reversing import reverse

if TYPE_CHECKING:
    from desktop.pages.receive.page import ReceivePage

Panel = PaperForm | NotePanel | AcceptPanel


class Sides:
    """The forms of one Receive page; at most one is open."""

    def __init__(self, page: ReceivePage) -> None:
        self.page = page
        self.desk = page.desk
        self.panel: Panel | None = None

    def open(self, panel: Panel) -> None:
        """Show it in the place of the side panel, with the cursor in it."""
        self.close()
        self.panel = panel
        fixed_width(panel, WIDE)
        panel.closed.connect(self.page.back)
        self.page.row.addWidget(panel)
        self.page.panel.hide()
        panel.show()
        panel.begin()

    def close(self) -> bool:
        """The side panel again. False when nothing stood in its place."""
        panel, self.panel = self.panel, None
        if panel is None:
            return False
        self.page.row.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.page.panel.setVisible(self.page.bay.delivery.begun)
        return True

    # Papers

    def show_papers(self) -> None:
        """Alt+D: supplier, waybill, source, order; again closes it."""
        if isinstance(self.panel, PaperForm):
            self.page.back()
            return
        orders = open_orders(self.desk)
        self.open(PaperForm(self.desk, self.page.bay, orders, self.page.back))

    # A reason

    def accept(self) -> None:
        """Alt+A: a short-dated batch goes to the shelf all the same."""
        row = self.page.bay.packs.check_acceptable()

        def accepted(reason: str) -> None:
            self.page.act(lambda: self.page.bay.packs.accept(reason))
            self.close()
            self.desk.back_to_field()

        self.open(AcceptPanel(self.desk, row, accepted))

    # Notes

    def show_note(self, number: str) -> None:
        """A delivery that is on the shelf, with the reasons for taking it back."""
        note = self.desk.ask(note_numbered, self.desk.clinic.id, number)
        self.open(NotePanel(self.desk, note, self._reverse, self.preview))

    def _reverse(self, number: str, reason: str) -> None:
        def act() -> None:
            done = self.desk.do(reverse, number, reason)
            self.close()
            told = sentence("Reversed {number} by {other}", number=number, other=done.number)
            self.desk.done(told)
            self.desk.back_to_field()

        self.page.act(act)

    def preview(self, number: str) -> None:
        """The goods-received note as it will be printed."""
        self.page.cover(note_preview(self.desk, number))

    def print_note(self) -> None:
        """Ctrl+P: the note that is open here."""
        if isinstance(self.panel, NotePanel):
            self.preview(self.panel.note.document.number)
