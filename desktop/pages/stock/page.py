"""Stock: every item with its state, worst first; the panel says why."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.filters import Filter
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.stock.acts import StockActs
from desktop.pages.stock.card_view import card_grid
from desktop.pages.stock.columns import FILTERS, stock_columns, worst_first
from desktop.pages.stock.hold_panel import HoldPanel
from desktop.pages.stock.panel import ItemPanel
from desktop.widgets.buttons import Button
from desktop.widgets.empty import Empty
from desktop.widgets.filter_pills import FilterPills, state_pills
from desktop.widgets.grid import Grid
from desktop.widgets.side_panel import SidePanel
from inventory.domain.item_kinds import KINDS
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_, sentence
from inventory.queries.proposal import levels
from inventory.queries.scanning import item_of_scan
from inventory.queries.stock import StockRow, stock_list

NEVER = 10**6


class StockPage(Page):
    key = "stock"
    placeholder = N_("Scan a pack or type to find an item")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind = ""
        self.rows: list[StockRow] = []
        self.acts = StockActs(self)
        self.over: QWidget | None = None
        self.side: SidePanel | None = None
        self.print_button = Button(desk.say("Print card"), "Ctrl+P", icon="printer-outline",
                                   small=True, run=self.acts.print_card)  # fmt: skip
        self.header.addWidget(self.print_button)
        self.body.addLayout(self._filter_row())
        self.stack = QStackedLayout()
        self.stack.addWidget(self._list())
        self.stack.addWidget(
            Empty("package-variant-closed", desk.say("Nothing is in stock yet"),
                  desk.say("Receive a delivery, or import opening stock on the Items page."),
                  way_out=Button(desk.say("Receive"), "Ctrl+3",
                                 run=lambda: desk.open_page("receive")))
        )  # fmt: skip
        self.body.addLayout(self.stack, 1)

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.pills = FilterPills(state_pills(tuple(FILTERS), self.desk.language))
        self.pills.changed.connect(lambda _key: self._filter())
        self.kinds = Button(self.desk.say("All kinds"), "Alt+K", icon="filter-variant", small=True,
                            run=self._choose_kind)  # fmt: skip
        row.addWidget(self.pills, 1)
        row.addWidget(self.kinds)
        return row

    def _list(self) -> QWidget:
        level = self.desk.ask(levels, self.desk.clinic.id)
        columns = stock_columns(self.desk.language, level.min_months, level.max_months)
        self.grid = Grid(columns, self.desk.language, identity=lambda r: r.item.id,
                         name=self.desk.say("Stock"))  # fmt: skip
        self.grid.opened.connect(lambda _row: self.open_panel())
        self.grid.chosen.connect(self._chosen)
        self.panel = ItemPanel(self.desk)
        self.panel.hide()
        self.panel.closed.connect(self.back)
        self.panel.card_link.clicked.connect(self.show_card)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(14))
        row.addWidget(self.grid, 1)
        row.addWidget(self.panel)
        self.beside = row
        return whole

    # Showing

    def refresh(self) -> None:
        self.rows = sorted(
            self.desk.ask(stock_list, self.desk.clinic.id, self.desk.today), key=worst_first
        )
        self.grid.set_rows(self.rows)
        self._filter()
        if self.grid.row is None:
            self.grid.choose_first()
        if not self.panel.isHidden():
            self._chosen(self.grid.row)
        if self.over is None:
            self.stack.setCurrentIndex(0 if self.rows else 1)

    def _filter(self) -> None:
        """Show what the pill and the kind keep, and count every pill."""
        rows = [row for row in self.rows if not self.kind or row.item.kind == self.kind]
        counts = {key: sum(keep(row, self._days(row)) for row in rows)
                  for key, keep in FILTERS.items()}  # fmt: skip
        self.pills.set_counts({"": len(rows), **counts}, self.desk.language)
        chosen = FILTERS.get(self.pills.chosen)
        shown = {row.item.id for row in rows
                 if chosen is None or chosen(row, self._days(row))}  # fmt: skip
        self.grid.set_filter(lambda row: row.item.id in shown)
        told = self.desk.count("{n} item, worst first", "{n} items, worst first", len(shown))
        self.set_subtitle(told)
        if self.grid.row is None:
            self.grid.choose_first()

    def _days(self, row: StockRow) -> int:
        return NEVER if row.nearest is None else row.nearest.days_left(self.desk.today)

    def _chosen(self, row: StockRow | None) -> None:
        if row is not None and not self.panel.isHidden():
            self.panel.show_row(row, self.grid.height())

    def _choose_kind(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.desk.say("All kinds"), lambda: self._set_kind(""))
        for kind in KINDS.values():
            menu.addAction(self.desk.say(kind.name), partial(self._set_kind, kind.code))
        menu.popup(self.kinds.mapToGlobal(self.kinds.rect().bottomLeft()))

    def _set_kind(self, kind: str) -> None:
        self.kind = kind
        self.kinds.set_words(self.desk.say(KINDS[kind].name if kind else "All kinds"))
        self._filter()

    # Panel and card

    def open_panel(self) -> None:
        """About the highlighted item."""
        if self.grid.row is None or self.over is not None:
            return
        self.grid.set_narrow(True)
        self.panel.show()
        self._chosen(self.grid.row)

    def show_card(self) -> None:
        """The whole stock card of the highlighted item."""
        row = self.grid.row
        if row is None or self.over is not None:
            return
        self.show_over(card_grid(self.desk, row.item))
        self.set_title(self.desk.name(row.item.names))
        self.set_subtitle(self.desk.say("Stock card"))

    def show_side(self, panel: SidePanel | None) -> None:
        """Another panel in the place of the item's, or the item's again."""
        if self.side is not None:
            self.beside.removeWidget(self.side)
            self.side.deleteLater()
        self.side = panel
        self.panel.setVisible(panel is None)
        self.grid.set_narrow(True)
        if panel is not None:
            self.beside.addWidget(panel)
            panel.closed.connect(self.back)
            panel.show()
            if isinstance(panel, HoldPanel):
                panel.begin()
        else:
            self._chosen(self.grid.row)
            self.desk.back_to_field()

    def show_over(self, view: QWidget) -> None:
        """A card or a paper in the place of the list."""
        self.back_to_list()
        self.over = view
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        view.setFocus()

    def back_to_list(self) -> bool:
        """Close what stands over the list; False when nothing did."""
        if self.over is None:
            return False
        self.stack.removeWidget(self.over)
        self.over.deleteLater()
        self.over = None
        self.set_title(self.desk.say(self.title))
        self._filter()
        self.stack.setCurrentIndex(0)
        self.desk.back_to_field()
        return True

    def back(self) -> bool:
        if self.back_to_list():
            return True
        if self.side is not None:
            self.show_side(None)
            return True
        if not self.panel.isHidden():
            self.panel.hide()
            self.grid.set_narrow(False)
            self.desk.back_to_field()
            return True
        if self.pills.chosen:
            self.pills.choose("")
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._chosen(self.grid.row)

    # What comes from elsewhere

    def scanned(self, scan: Scan) -> bool:
        if scan.document or scan.symbol:
            return False
        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            return False
        return self.item_chosen(found.item.id)

    def item_chosen(self, item_id: int) -> bool:
        self.back_to_list()
        if self.kind:
            self._set_kind("")
        if self.pills.chosen:
            self.pills.choose("")
        if not self.grid.choose(item_id):
            self.desk.refused(sentence("Nothing of that item is or was in stock here."))
            return True
        self.open_panel()
        return True

    def open(self, what: object) -> None:
        if isinstance(what, Filter):
            if self.pills.chosen != what.key:
                self.pills.choose(what.key)
            self.grid.choose_first()
        else:
            super().open(what)

    def enter(self) -> None:
        self.open_panel()

    def step(self, rows: int) -> None:
        (self.over if isinstance(self.over, Grid) else self.grid).step(rows)

    def finish(self) -> None:
        self.acts.move_expired()

    def keys(self) -> tuple[Key, ...]:
        pills = tuple(
            Key(f"Alt+{n}", N_("Filter"), partial(self.pills.choose_number, n))
            for n in range(1, len(FILTERS) + 2)
        )
        return (
            *pills,
            Key("Alt+K", N_("Kinds"), self._choose_kind),
            Key("Alt+C", N_("Stock card"), self.show_card),
            Key("Alt+W", N_("Why this average"), self.open_panel),
            Key("Alt+X", N_("Move expired stock to disposal"), self.acts.move_expired),
            Key("Alt+H", N_("Hold or release a batch"), self.acts.hold_or_release),
            Key("Ctrl+P", N_("Print the stock card"), self.acts.print_card),
            Key("Ctrl+E", N_("Export what is seen"), self.acts.export),
        )
