"""What is done with an order: printed, looked at as paper, exported, closed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.exporting import take_out
from desktop.news import Action, NewsKind
from desktop.paper_choices import paper_languages, usual_printer
from desktop.print_work import print_long
from desktop.saving import offered
from desktop.tasks import LongWork
from inventory.domain.sentence import N_, Refused, sentence
from inventory.exchange.order_workbook import order_workbook_bytes, write_order
from inventory.exchange.table_writer import Column
from inventory.exchange.workbook import write_table
from inventory.language import Language
from inventory.services.paperwork import order_form_of

if TYPE_CHECKING:
    from desktop.pages.order.page import OrderPage
    from desktop.widgets.grid import Grid
    from inventory.documents.order_form import OrderForm


_ONE_AT_A_TIME = Lock()
"""Drawing keeps fonts of its own: one paper is drawn in a thread, another by the preview."""


class OrderActs:
    """The acts of one Order page."""

    def __init__(self, page: OrderPage) -> None:
        self.page = page
        self.desk = page.desk
        self.book = page.book
        self._printing: LongWork[str] | None = None

    @property
    def is_printing(self) -> bool:
        """Whether a paper is on its way to the printer."""
        return self._printing is not None

    # Paper

    def form(self) -> OrderForm:
        """The form as it would be printed now. Raises Refused when nothing is asked for."""
        return self.desk.ask(order_form_of, self.desk.clinic.id, self.book.order.order.id)

    def paper(self, first: Language, second: Language | None) -> bytes:
        """The form as PDF."""
        return _draw(self.form(), first, second, self.desk.practice)

    def save_and_print(self) -> None:
        """The order is saved as printed and goes to the printer; failing that, it stays saved."""
        self.book.save_as_printed()
        self.print()

    def print(self) -> None:
        """Print the saved order, once at a time."""
        if self.is_printing:
            return
        number, languages = self.book.number, paper_languages(self.desk)
        form, practice = self.form(), self.desk.practice

        def done(printer: str) -> None:
            self._printing = None
            self.desk.done(
                sentence("{number} is saved and sent to {printer}", number=number, printer=printer)
            )

        self._printing = print_long(
            self.desk, lambda: _draw(form, *languages, practice), usual_printer(self.desk), 1, done,
            lambda refusal: self.not_printed(refusal, number),
        )  # fmt: skip

    def not_printed(self, refusal: Refused, number: str = "") -> None:
        """The order is safe; what went wrong, and the key that tries again."""
        self._printing = None
        self.desk.news(
            NewsKind.REFUSED,
            sentence("{number} is saved. {what}", number=number or self.book.number,
                     what=refusal.sentence),
            Action(sentence("Print"), "Ctrl+P", self.page.print_page),
        )  # fmt: skip

    def preview(self) -> None:
        """The real pages; printing from there saves the order in the same act."""
        from desktop.preview import Preview

        number = self.book.number
        self.page.cover(
            Preview(
                self.desk, self.desk.say("Reorder form"), self.paper, f"{number}.pdf",
                number=number,
                workbook=lambda first, second: order_workbook_bytes(self.form(), first, second),
                prepare=self.book.save_as_printed,
                failed=self.not_printed,
            )
        )  # fmt: skip

    def export(self) -> None:
        """The columns of the form as a workbook."""
        form = self.form()
        chosen = self._where(self.desk.say("Save the order as Excel"), f"{form.number}.xlsx")
        if chosen:
            take_out(self.desk, N_("Order"), len(form.lines),
                     lambda: write_order(chosen, form, *paper_languages(self.desk)))  # fmt: skip

    def export_table(self, grid: Grid) -> None:
        """A list as it is seen, with the same columns."""
        chosen = self._where(self.desk.say("Export what is seen"),
                             f"orders-{self.desk.today}.xlsx")  # fmt: skip
        if chosen:
            columns = [Column(heading) for heading in grid.headings()]
            title = self.desk.say("Orders")
            rows = grid.table()
            take_out(self.desk, N_("Orders"), len(rows),
                     lambda: write_table(chosen, title, columns, rows, self.desk.language))

    def _where(self, title: str, name: str) -> str:
        chosen, _ = QFileDialog.getSaveFileName(self.page, title, offered(name), "XLSX (*.xlsx)")
        return chosen

    # Closing

    def close(self) -> None:
        """Nothing more of it is expected; Undo expects it again."""
        order_id, number = self.book.order.order.id, self.book.number
        self.book.close()
        self.desk.done(
            sentence("{number} is closed; what did not come is proposed again", number=number),
            lambda: self._reopen(order_id, number),
        )

    def _reopen(self, order_id: int, number: str) -> None:
        self.book.reopen(order_id)
        self.desk.done(sentence("{number} is expected again", number=number))


def _draw(form: OrderForm, first: Language, second: Language | None, practice: bool) -> bytes:
    from inventory.documents.order_form import order_form_pdf

    with _ONE_AT_A_TIME:
        return order_form_pdf(form, first, second, practice=practice)
