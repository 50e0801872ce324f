"""The two tables of the page: a draft that is edited, and an order as it was saved."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.order.foot import Foot
from desktop.pages.order.rows import draft_columns, order_rows, saved_columns
from desktop.widgets.grid import Column, Grid
from inventory.queries.order_view import OrderView

ROW_HIGH = 58
ROOM_FOR_ALL = 880
"""Narrower than this, the sentence under a name is worth more than the quiet figures."""


class Sheets(QWidget):
    """Shows the table that fits the state, with the totals pinned under it."""

    def __init__(self, desk: Desk, foot: Foot) -> None:
        super().__init__()
        self.desk = desk
        self.foot = foot
        language = desk.language
        self.draft = self._grid(draft_columns(language), desk.say("Draft of an order"))
        self.saved = self._grid(saved_columns(language), desk.say("Saved order"))
        self.draft.opened.connect(lambda _row: self.draft.edit_row())
        self.draft.view.clicked.connect(self._clicked)
        self.grid = self.draft
        self.grid.add_foot(foot)
        self.beside = QHBoxLayout(self)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(theme.current().px(14))
        self.beside.addWidget(self.draft, 1)
        self.beside.addWidget(self.saved, 1)
        self.saved.hide()
        self._panel = False

    def _grid(self, columns: tuple[Column, ...], name: str) -> Grid:
        return Grid(columns, self.desk.language, row_height=ROW_HIGH,
                    identity=lambda row: row.item_id, name=name)  # fmt: skip

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the figure edits it, as digits do."""
        if self.draft.model.columns[index.column()].editable:
            self.draft.edit_row()

    def show_order(self, view: OrderView, *, editable: bool) -> None:
        """The rows of the order, in the table for editing or in the one for looking."""
        wanted = self.draft if editable else self.saved
        if wanted is not self.grid:
            self.grid.hide()
            self.grid = wanted
            wanted.add_foot(self.foot)
            wanted.show()
        wanted.set_rows(order_rows(view, self.desk.language))
        if wanted.row is None:
            wanted.choose_first()
        self.foot.show_order(view)

    def add_panel(self, panel: QWidget) -> None:
        """Beside the table, which keeps its first columns."""
        self._panel = True
        self.beside.addWidget(panel)
        self._narrow()

    def take_panel(self, panel: QWidget) -> None:
        """The whole width again."""
        self._panel = False
        self.beside.removeWidget(panel)
        self._narrow()

    def _narrow(self) -> None:
        narrow = self._panel or self.width() < theme.current().px(ROOM_FOR_ALL)
        for grid in (self.draft, self.saved):
            grid.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    @property
    def editor(self) -> QLineEdit | None:
        """The field of a figure, while one is being typed."""
        box = self.draft.view.viewport().findChild(QLineEdit)
        return box if box is not None and box.isVisible() else None
