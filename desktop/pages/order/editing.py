"""Editing the figures of a draft: digits, a reason, back to the proposal, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate

from desktop.news import NewsKind
from desktop.pages.order.book import Pending
from desktop.pages.order.why_panel import WhyPanel
from desktop.pages.order.wording import changed_words, undone_words
from inventory.domain.quantity import parse_quantity
from inventory.domain.sentence import Refused, counted, sentence
from inventory.queries.order_view import ViewLine

if TYPE_CHECKING:
    from desktop.pages.order.page import OrderPage


class Editing:
    """What is changed on one Order page, each change as it is made."""

    def __init__(self, page: OrderPage) -> None:
        self.page = page
        self.desk = page.desk
        self.book = page.book
        self._greeted = False

    def digit(self, event: QKeyEvent) -> bool:
        """Digits begin the figure of the highlighted line, also in the empty field."""
        grid, panel = self.page.sheets.grid, self.page.panel
        if isinstance(panel, WhyPanel):
            return panel.answer(event)
        if self.page.over is not None or not self.book.editable or grid.row is None:
            return False
        return bool(grid.view.edit_figure(event))

    def typed(self, row: ViewLine, key: str, text: str) -> None:
        """A figure was typed; written when it needs no reason."""
        packs = parse_quantity(text, zero=True)
        waiting = Pending(row.item_id, packs)
        if isinstance(self.page.panel, WhyPanel) and self.book.pending == waiting:
            return  # the field told it a second time, on losing the focus
        if self.book.ask_for(row.item_id, packs):
            self.ask_why(waiting)
        else:
            self._written(row)

    def ask_why(self, waiting: Pending) -> None:
        """The reason of a figure, in the panel."""
        row = self.book.order.line(waiting.item_id)
        if row is not None:
            self.page.sheets.grid.choose(waiting.item_id)
            self.page.open_panel(WhyPanel(self.desk, row, waiting.packs, self._because))
            self.page.foot.rest(True)

    def _because(self, reason: str, words: str) -> None:
        self._written(self.book.give_reason(reason, words))

    def _written(self, before: ViewLine) -> None:
        self.page.close_panel()
        self.page.show_order()
        after = self.book.order.line(before.item_id)
        if after is not None and after.line.packs != before.line.packs:
            self.desk.done(changed_words(before, after.line.packs), self.undo)
        self.desk.back_to_field()

    def back_to_proposal(self) -> None:
        """Alt+R: the figure as it was proposed."""
        row = self.page.sheets.grid.row
        if row is None or self.page.over is not None or not self.book.editable:
            return
        self._close_editor(keep=False)
        if not self.book.reset(row.item_id):
            raise Refused("This line stands as it was proposed.")
        self._written(row)

    def undo(self) -> bool:
        """Ctrl+Z: the last edit of a draft."""
        if self.page.over is not None or self.book.view is None:
            return False
        undone = self.book.undo()
        if undone is None:
            return False
        self.page.close_panel()
        self.page.show_order()
        self.desk.news(NewsKind.CALM, undone_words(undone))
        return True

    def settled(self) -> bool:
        """Whether no figure waits for its reason; the panel says what is missing."""
        self._close_editor(keep=True)
        if isinstance(self.page.panel, WhyPanel):
            self.page.panel.accept()
        return not isinstance(self.page.panel, WhyPanel)

    def let_go(self) -> None:
        """Somebody else sits here: a figure that is being typed is not theirs."""
        self._close_editor(keep=False)
        self._greeted = False

    def _close_editor(self, *, keep: bool) -> None:
        box, view = self.page.sheets.editor, self.page.sheets.draft.view
        if box is None:
            return
        if keep:
            view.commitData(box)
        if self.page.sheets.editor is box:
            view.closeEditor(box, QAbstractItemDelegate.EndEditHint.NoHint)

    def greet(self) -> None:
        """Once: what an earlier running left on the draft."""
        if self._greeted or not self.book.editable:
            return
        self._greeted = True
        waiting = self.book.pending
        changed = sum(row.changed for row in self.book.order.lines)
        if waiting is not None:
            self.ask_why(waiting)
        elif changed:
            self.desk.news(
                NewsKind.CALM,
                counted("Restored: {number}, {n} line changed by hand",
                        "Restored: {number}, {n} lines changed by hand", changed,
                        number=self.book.number),
            )  # fmt: skip

    def printed_words(self) -> Refused:
        """Why a saved order is not finished again."""
        return Refused(
            sentence("{number} is printed. Ctrl+P prints it again.", number=self.book.number)
        )
