"""The Order page: the proposal of the clinic's order, edited with reasons, printed and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout

from desktop.desk import Desk
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.order.acts import OrderActs
from desktop.pages.order.book import Choice, OrderBook
from desktop.pages.order.clinics_view import clinics_grid
from desktop.pages.order.details_panel import DetailsPanel
from desktop.pages.order.editing import Editing
from desktop.pages.order.finding import Finding
from desktop.pages.order.foot import Foot
from desktop.pages.order.saved_list import saved_grid
from desktop.pages.order.sheets import Sheets
from desktop.pages.order.why_panel import WhyPanel
from desktop.pages.order.wording import order_words
from desktop.rights import ReadOnly, allowed
from desktop.widgets.buttons import Button
from desktop.widgets.chip import Chip
from desktop.widgets.empty import Empty
from desktop.widgets.grid import Grid
from desktop.widgets.squeezed import Squeezed
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, Refused

if TYPE_CHECKING:
    from inventory.domain.scan import Scan

SAVED, CLINICS = "saved", "clinics"
WAITING = ("printed", "partly_received")
MAY = Permission.ORDER


class OrderPage(Page):
    """One order; a panel beside its lines, or a list (`over`) in their place."""

    key = "order"
    placeholder = N_("Scan or type to jump to a line or add one")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.book = OrderBook(desk)
        self.acts = OrderActs(self)
        self.editing = Editing(self)
        self.finding = Finding(self)
        self.panel: WhyPanel | DetailsPanel | None = None
        self.over: Grid | None = None
        self.over_key = ""
        self.several = len(desk.clinics()) > 1
        self._build()

    def _build(self) -> None:
        desk, small = self.desk, self._small
        self.chip = Chip("draft", desk.language)
        self.details = small("Alt+D", desk.say("Details"), "tune-variant", self.show_details)
        self.orders = small("Alt+O", desk.say("Orders"), "history", self.show_saved)
        self.add_button = small("Alt+N", desk.say("Add a line"), "plus", self.finding.add)
        self.clinics = small("Alt+A", desk.say("All clinics"), "table-column", self.show_clinics)
        self.back_button = small("Esc", desk.say("Back"), "arrow-left", self.back)
        self.acts_row = Squeezed(
            (self.chip, self.clinics, self.details, self.orders, self.add_button,
             self.back_button),
            (self.clinics, self.details, self.chip, self.orders),
        )  # fmt: skip
        self.header.addWidget(self.acts_row)
        self.foot = Foot(desk)
        self.foot.preview.clicked.connect(self.preview)
        self.foot.finish.clicked.connect(self.finish)
        self.foot.again.clicked.connect(self.print_page)
        self.foot.close_order.clicked.connect(self.close_order)
        self.sheets = Sheets(desk, self.foot)
        self.sheets.draft.edited.connect(self.editing.typed)
        self.nothing = Empty(
            "clipboard-check-outline", desk.say("Nothing needs ordering"),
            desk.say("Everything that is used stands at its maximum, or is on its way."),
            way_out=Button(desk.say("Add a line"), "Alt+N", run=self.finding.add),
        )  # fmt: skip
        self.body.addWidget(ReadOnly(desk, MAY))
        self.none = Empty(
            "clipboard-text-outline", desk.say("No order has been made yet"),
            desk.say("The first one is seen here as soon as somebody prepares it."),
        )  # fmt: skip
        # In its place first: what a layout without a parent shows is a window of its own.
        self.stack = QStackedLayout()
        self.body.addLayout(self.stack, 1)
        self.stack.addWidget(self.sheets)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.none)

    def _small(self, chord: str, words: str, icon: str, run: Callable[[], object]) -> Button:
        return Button(words, chord, icon=icon, small=True, run=run)

    # Showing

    def refresh(self) -> None:
        """Ask for the order again; a draft follows the stock."""
        self.book.bring_up_to_date()
        self.show_order()
        self.editing.greet()

    def show_order(self) -> None:
        """Show the order as it was read."""
        view = self.book.view
        if view is None:
            self._show_none()
            return
        editable = self.book.editable
        self.sheets.show_order(view, editable=editable)
        self.chip.set_state(view.order.state)
        alone = self.over is None
        parts = (
            (self.chip, alone), (self.clinics, alone and self.several), (self.orders, alone),
            (self.details, alone and editable), (self.add_button, alone and editable),
            (self.back_button, not alone or self.book.saved is not None),
        )  # fmt: skip
        self.acts_row.show_parts([part for part, shown in parts if shown])
        if alone:
            self.set_subtitle(order_words(view, self.desk))
            shown = self.sheets if view.lines or self.panel is not None else self.nothing
            self.stack.setCurrentWidget(shown)

    def _show_none(self) -> None:
        """Nobody has made an order, and who sits here prepares none."""
        self.acts_row.show_parts([self.back_button] if self.over is not None else [])
        if self.over is None:
            self.set_subtitle("")
            self.stack.setCurrentWidget(self.none)

    def rights_changed(self) -> None:
        """The next one begins with what is theirs to see."""
        self.editing.let_go()
        self.close_panel()
        self.book.saved = self.book.view = None

    # Panels

    def show_details(self) -> None:
        """Alt+D: supplier, kind, needed by, emergency."""
        if isinstance(self.panel, DetailsPanel):
            self.back()
            return
        self.ready()
        if self.book.editable:
            self.open_panel(DetailsPanel(self.desk, self.book.order, self.book.choice,
                                         self._choose, self._need))  # fmt: skip

    def _choose(self, choice: Choice) -> None:
        self.book.choose(choice)
        self.show_order()

    def _need(self, day: date | None, emergency: bool) -> None:
        self.book.set_needed_by(day, emergency)
        self.show_order()

    def open_panel(self, panel: WhyPanel | DetailsPanel) -> None:
        """Beside the lines, in the place of another."""
        self.close_panel()
        self.panel = panel
        panel.closed.connect(self.back)
        self.sheets.add_panel(panel)
        self.stack.setCurrentWidget(self.sheets)
        panel.show()
        panel.begin()

    def close_panel(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            self.sheets.take_panel(panel)
            panel.hide()
            panel.deleteLater()
            self.foot.rest(False)

    # Lists in the place of the lines

    def show_saved(self) -> None:
        """Alt+O: every order of the clinic; again goes back."""
        if self.over is not None and self.over_key == SAVED:
            self.close_list()
            return
        self.ready()
        shown = saved_grid(self.desk)
        shown.opened.connect(lambda row: self.open_order(row.order.id))
        self.show_list(shown, SAVED)
        rows = len(shown.visible_rows())
        self.set_subtitle(self.desk.count("{n} order, newest first", "{n} orders, newest first",
                                          rows))  # fmt: skip

    def show_clinics(self) -> None:
        """Alt+A: what every clinic of the database asks for; again goes back."""
        if self.over is not None and self.over_key == CLINICS:
            self.close_list()
            return
        self.ready()
        shown = clinics_grid(self.desk)
        self.show_list(shown, CLINICS)
        rows = len(shown.visible_rows())
        self.set_subtitle(self.desk.count("{n} item, all clinics side by side",
                                          "{n} items, all clinics side by side", rows))  # fmt: skip

    def show_list(self, shown: Grid, key: str) -> None:
        """A table in the place of the order; Esc goes back."""
        self.over, self.over_key = shown, key
        self.stack.addWidget(shown)
        self.stack.setCurrentWidget(shown)
        self.show_order()

    def close_list(self) -> bool:
        """Back from the list to the order; False when it was not open."""
        shown, self.over = self.over, None
        if shown is None:
            return False
        self.stack.removeWidget(shown)
        shown.hide()
        shown.deleteLater()
        self.show_order()
        self.desk.back_to_field()
        return True

    def open_order(self, order_id: int) -> None:
        """A saved order, or another draft, in the place of the one that lies open."""
        self.ready()
        self.book.open_saved(order_id)
        self.show_order()
        self.sheets.grid.choose_first()
        self.desk.back_to_field()

    def ready(self) -> None:
        """The lines lie open and no figure waits; raises Refused when one does."""
        if self.book.view is None:
            self.refresh()
        if not self.editing.settled():
            raise Refused("Say why first: press the number of a reason, or write one.")
        self.close_panel()
        self.close_list()

    def to_draft(self) -> None:
        """From a saved order back to the one in work."""
        if self.book.saved is not None:
            self.book.open_draft()
            self.show_order()

    # What the window asks

    def finish(self) -> None:
        """Ctrl+Enter: keep the change in work, else save and print."""
        if self.over is not None:
            self.over.open_row()
            return
        if not allowed(self.desk, MAY) or not self.editing.settled():
            return
        if not self.book.order.is_draft:
            raise self.editing.printed_words()
        self.close_panel()
        self.acts.save_and_print()
        self.desk.back_to_field()

    def print_page(self) -> None:
        """Ctrl+P: print a saved order again; a draft is saved first."""
        view = self.book.view
        if self.over is None and view is not None and not view.is_draft:
            self.acts.print()
        else:
            self.finish()

    def preview(self) -> None:
        """Alt+P: the real pages. Printing a draft from there saves it."""
        self.ready()
        view = self.book.view
        if view is None or (view.is_draft and not allowed(self.desk, MAY)):
            return
        self.acts.preview()

    def export(self) -> None:
        """Ctrl+E: the order as a workbook, or what is seen in its place."""
        if self.over is not None:
            self.acts.export_table(self.over)
            return
        self.ready()
        if self.book.view is not None:
            self.acts.export()

    def close_order(self) -> None:
        """Alt+X: expect no more of a printed order."""
        view = self.book.view
        if self.over is None and view is not None and view.order.state in WAITING:
            self.acts.close()

    def undo(self) -> bool:
        return self.editing.undo()

    def back(self) -> bool:
        """Esc: the panel, the list, a saved order back to the draft."""
        if self.panel is not None:
            self.book.forget_pending()
            self.close_panel()
            self.show_order()
            self.desk.back_to_field()
            return True
        if self.close_list():
            return True
        if self.book.saved is not None:
            self.to_draft()
            return True
        return False

    def digit(self, event: QKeyEvent) -> bool:
        return self.editing.digit(event)

    def enter(self) -> None:
        """Enter in the empty field: the figure of the highlighted line, or the order."""
        if self.over is not None:
            self.over.open_row()
        elif self.panel is not None:
            self.panel.begin()
        elif self.book.editable:
            self.sheets.grid.edit_row()

    def step(self, rows: int) -> None:
        """Up and Down in the empty field."""
        (self.over or self.sheets.grid).step(rows)

    def scanned(self, scan: Scan) -> bool:
        return self.finding.scanned(scan)

    def item_chosen(self, item_id: int) -> bool:
        return self.finding.chosen(item_id)

    def open(self, what: object) -> None:
        self.finding.open(what)

    def leaving(self) -> None:
        """The next visit begins with the draft."""
        self.close_list()
        if self.book.saved is not None:
            self.book.saved = None
            self._stale = True

    def keys(self) -> tuple[Key, ...]:
        clinics = Key("Alt+A", N_("All clinics side by side"), self.show_clinics)
        return (
            Key("0…9", N_("Ask for another number of packs"), needs=(MAY,)),
            Key("Alt+N", N_("Add a line"), self.finding.add, (MAY,)),
            Key("Alt+R", N_("Back to the proposal"), self.editing.back_to_proposal, (MAY,)),
            Key("Alt+P", N_("Preview the paper"), self.preview),
            Key("Alt+D", N_("Supplier, kind, needed by"), self.show_details, (MAY,)),
            Key("Alt+O", N_("All orders"), self.show_saved),
            Key("Alt+X", N_("Expect no more of this order"), self.close_order, (MAY,)),
            Key("Ctrl+Enter", N_("Save and print"), needs=(MAY,)),
            Key("Ctrl+P", N_("Print again")),
            Key("Ctrl+E", N_("Save as Excel"), self.export, (Permission.EXPORT,)),
            *((clinics,) if self.several else ()),
        )
