"""Stock: every item with its state, worst first; the panel says why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.filters import Filter
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.stock.acts import StockActs, needed_to_reverse
from desktop.pages.stock.columns import StockColumns
from desktop.pages.stock.filter_bar import FilterBar
from desktop.pages.stock.kind_panel import KindPanel
from desktop.pages.stock.over import Over, card_over, clinics_over, document_over
from desktop.pages.stock.panel import ItemPanel
from desktop.pages.stock.shelf_foot import ShelfFoot
from desktop.pages.stock.take_back_panel import TakeBack
from desktop.rights import may_any
from desktop.widgets.buttons import Button
from desktop.widgets.chip import STATES
from desktop.widgets.empty import Empty
from desktop.widgets.grid import Grid
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.roles import Permission as P
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_, sentence
from inventory.queries.proposal import levels
from inventory.queries.scanning import item_of_scan
from inventory.queries.stock import StockRow, stock_list
from inventory.queries.stock_filters import FILTERS

ROOM = 1000
"""Pixels of the 100 % drawing that all columns need."""


class StockPage(Page):
    key = "stock"
    placeholder = N_("Scan a pack or type to find an item")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: list[StockRow] = []
        self.acts = StockActs(self)
        self.over: Over | None = None
        self.side: ReasonPanel | KindPanel | None = None
        self.filters = FilterBar(desk)
        self.filters.changed.connect(self._filter)
        self.filters.kinds_wanted.connect(self.choose_kind)
        self._fill_header()
        self.body.addWidget(self.filters)
        # In its place first: what a layout without a parent shows is a window of its own.
        self.stack = QStackedLayout()
        self.body.addLayout(self.stack, 1)
        self.stack.addWidget(self._list())
        self.stack.addWidget(
            Empty("package-variant-closed", desk.say("Nothing is in stock yet"),
                  desk.say("Receive a delivery, or import opening stock on the Items page."),
                  way_out=Button(desk.say("Receive"), "Ctrl+3",
                                 run=lambda: desk.open_page("receive")))
        )  # fmt: skip

    def _fill_header(self) -> None:
        desk = self.desk
        self.several = len(desk.clinics()) > 1
        self.clinics_button = Button(desk.say("All clinics"), "Alt+A", small=True,
                                     icon="hospital-building", run=self.show_clinics)  # fmt: skip
        self.print_button = Button(desk.say("Print card"), "Ctrl+P", icon="printer-outline",
                                   small=True, run=self.acts.print_card)  # fmt: skip
        self.reverse_button = Button(desk.say("Reverse"), "Ctrl+Z", icon="undo-variant",
                                     small=True, run=self.undo)  # fmt: skip
        self.reverse_button.hide()
        self.header.addWidget(self.reverse_button)
        self.header.addWidget(self.clinics_button)
        self.header.addWidget(self.filters.kinds)
        self.header.addWidget(self.print_button)
        self.clinics_button.setVisible(self.several)

    def _list(self) -> QWidget:
        level = self.desk.ask(levels, self.desk.clinic.id)
        columns = StockColumns(self.desk.language, level, lambda: self.filters.key)
        self.columns = columns
        self.grid = Grid(columns.all(), self.desk.language, identity=lambda r: r.item.id,
                         name=self.desk.say("Stock"))  # fmt: skip
        self.grid.opened.connect(lambda _row: self.open_panel())
        self.grid.chosen.connect(self._chosen)
        self.foot = ShelfFoot(self.desk, self.acts.move_expired)
        self.grid.add_foot(self.foot)
        self.panel = ItemPanel(self.desk)
        self.panel.hide()
        self.panel.closed.connect(self.back)
        self.panel.card_link.clicked.connect(self.show_card)
        whole = QWidget()
        self.beside = QHBoxLayout(whole)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(theme.current().px(14))
        self.beside.addWidget(self.grid, 1)
        self.beside.addWidget(self.panel)
        return whole

    # Showing

    def refresh(self) -> None:
        self.rows = self.desk.ask(stock_list, self.desk.clinic.id, self.desk.today)
        self._filter()
        if self.over is None:
            self.stack.setCurrentIndex(0 if self.rows else 1)

    def _filter(self) -> None:
        """Show what the pill and the kind keep, in its order."""
        shown = self.filters.shown(self.rows)
        self.grid.set_rows(shown)
        if self.grid.row is None:
            self.grid.choose_first()
        if self.over is None:
            self.set_subtitle(self.filters.summary(shown))
        dead = {lot.lot_id for row in self.rows for lot in row.expired_on_shelf}
        self.foot.show_batches(len(dead) if self.filters.key == "expired" else 0)

    def _chosen(self, row: StockRow | None) -> None:
        if self.panel.isHidden():
            return
        if row is None:
            self.close_panel()
        else:
            self.panel.show_row(row, self.grid.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        QTimer.singleShot(0, self, lambda: self._chosen(self.grid.row))

    def _make_room(self) -> None:
        """The quiet figures go while something stands beside the list, or letters are large."""
        beside = not self.panel.isHidden() or self.side is not None
        self.grid.set_narrow(beside or self.width() < theme.current().px(ROOM))

    # Beside the list

    def open_panel(self) -> None:
        """About the highlighted item."""
        if self.grid.row is None or self.over is not None or self.side is not None:
            return
        self.panel.show()
        self._make_room()
        self._chosen(self.grid.row)

    def show_why(self) -> None:
        """The same, with the reasons of the average before the rest."""
        self.panel.why_first = True
        self.open_panel()

    def close_panel(self) -> bool:
        """False when it was not open."""
        if self.panel.isHidden():
            return False
        self.panel.hide()
        self.panel.why_first = False
        self._make_room()
        return True

    def show_side(self, panel: ReasonPanel | KindPanel | None) -> None:
        """Another panel in the place of the item's, or the item's again."""
        self.back_to_list()
        if self.side is not None:
            self.beside.removeWidget(self.side)
            self.side.hide()
            self.side.deleteLater()
        self.side = panel
        self.panel.setVisible(panel is None)
        self._make_room()
        if panel is None:
            self._chosen(self.grid.row)
            return
        self.beside.addWidget(panel)
        panel.closed.connect(self.back)
        panel.show()
        panel.begin()

    # Over the list

    def show_card(self) -> None:
        """The whole stock card of the highlighted item."""
        row = self.grid.row
        if row is not None and self.over is None:
            self._show_over(card_over(self.desk, row.item))

    def show_document(self, number: str) -> None:
        """A document of the ledger, line by line."""
        self._show_over(document_over(self.desk, number))

    def show_clinics(self) -> None:
        """Every clinic of the database side by side, and back."""
        if self.several and not self.back_to_list():
            self._show_over(clinics_over(self.desk))

    def _show_over(self, over: Over) -> None:
        self.back_to_list()
        if self.side is not None:
            self.show_side(None)
        self.over = over
        for part in (self.filters, self.filters.kinds, self.clinics_button):
            part.hide()
        self.print_button.setVisible(over.is_card)
        self.reverse_button.setVisible(over.reversible)
        if over.document is not None and over.reversible:
            needed = needed_to_reverse(over.document.kind)
            self.reverse_button.setVisible(may_any(self.desk, *needed))
        self.stack.addWidget(over.grid)
        self.stack.setCurrentWidget(over.grid)
        self.set_title(over.title)
        self.set_subtitle(over.told)
        over.grid.setFocus()

    def back_to_list(self) -> bool:
        """Close what stands over the list; False when nothing did."""
        if self.over is None:
            return False
        grid, self.over = self.over.grid, None
        self.stack.removeWidget(grid)
        grid.hide()
        grid.deleteLater()
        for part in (self.filters, self.filters.kinds, self.print_button):
            part.show()
        self.clinics_button.setVisible(self.several)
        self.reverse_button.hide()
        self.set_title(self.desk.say(self.title))
        self._filter()
        self.stack.setCurrentIndex(0 if self.rows else 1)
        self.desk.back_to_field()
        return True

    def back(self) -> bool:
        if self.back_to_list():
            return True
        if self.side is not None:
            self.show_side(None)
        elif self.close_panel():
            pass
        elif not self.filters.is_open:
            self.filters.clear()
        else:
            return False
        self.desk.back_to_field()
        return True

    # What comes from elsewhere

    def scanned(self, scan: Scan) -> bool:
        """Select the item, and the batch inside the panel."""
        if scan.document or scan.symbol:
            return False
        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            return False
        self.panel.scanned = (found.item.id, scan.lot or "")
        return self.item_chosen(found.item.id)

    def item_chosen(self, item_id: int) -> bool:
        self.back_to_list()
        if self.side is not None:
            self.show_side(None)
        self.filters.clear()
        if not self.grid.choose(item_id):
            self.desk.refused(sentence("Nothing of that item is or was in stock here."))
            return True
        self.open_panel()
        return True

    def open(self, what: object) -> None:
        if isinstance(what, Filter):
            self.back_to_list()
            self.filters.choose(what.key)
            self.grid.choose_first()
        elif isinstance(what, TakeBack):
            self.acts.take_back(what.number)
        elif isinstance(what, str):
            self.show_document(what)
        else:
            super().open(what)

    # Keys

    def enter(self) -> None:
        self.open_panel()

    def step(self, rows: int) -> None:
        (self.grid if self.over is None else self.over.grid).step(rows)

    def finish(self) -> None:
        """Ctrl+Enter: what the panel asks, else the one act of the list of what expired."""
        if self.side is not None:
            self.side.accept()
        elif self.over is None and self.foot.isVisible():
            self.acts.move_expired()

    def undo(self) -> bool:
        """Ctrl+Z on a document: take it back."""
        over = self.over
        if over is None or over.document is None or not over.reversible:
            return False
        self.acts.take_back(over.document.number)
        return True

    def print_page(self) -> None:
        if self.over is None or self.over.is_card:
            self.acts.print_card()

    def export(self) -> None:
        if self.over is None:
            title, name = self.desk.say("Stock"), f"stock-{self.desk.today}"
            headings, rows = self.columns.exported(self.grid.visible_rows())
            self.acts.export(title, name, headings, rows)
        else:
            grid = self.over.grid
            self.acts.export(self.over.title, self.over.file, grid.headings(), grid.table())

    def rights_changed(self) -> None:
        self.back_to_list()

    def leaving(self) -> None:
        """A question that was not answered is not waiting when people come back."""
        if self.side is not None:
            self.show_side(None)

    def keys(self) -> tuple[Key, ...]:
        words = (N_("All"), *(STATES[key].words for key in FILTERS))
        pills = tuple(
            Key(f"Alt+{n}", word, partial(self._choose_pill, n)) for n, word in enumerate(words, 1)
        )
        clinics = Key("Alt+A", N_("All clinics side by side"), self.show_clinics)
        return (
            *pills,
            Key("Alt+K", N_("Kinds"), self.choose_kind),
            Key("Alt+C", N_("Stock card"), self.show_card),
            Key("Alt+W", N_("Why this average"), self.show_why),
            Key("Alt+X", N_("Move expired stock to disposal"), self.acts.move_expired, (P.HOLD,)),
            Key("Alt+H", N_("Hold or release a batch"), self.acts.hold_or_release,
                (P.HOLD, P.RELEASE)),
            *((clinics,) if self.several else ()),
            Key("Ctrl+P", N_("Print the stock card"), self.print_page),
            Key("Ctrl+E", N_("Export what is seen"), self.export, (P.EXPORT,)),
        )  # fmt: skip

    def _choose_pill(self, number: int) -> None:
        self.back_to_list()
        self.filters.pills.choose_number(number)
        self.grid.choose_first()

    def choose_kind(self) -> None:
        """Ask which kind of items the list is to show."""
        self.show_side(KindPanel(self.desk, self.filters.kind, self._set_kind))

    def _set_kind(self, kind: str) -> None:
        self.filters.set_kind(kind)
        self.show_side(None)
        self.close_panel()
        self.desk.back_to_field()
