"""A table as every page shows one: a card with headings, rows, and room for totals below."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.direction import copy_text
from desktop.widgets.grid.columns import Column
from desktop.widgets.grid.model import GridModel
from desktop.widgets.grid.view import GridView
from inventory.language import Language, plain


def _own_id(row: Any) -> Hashable:
    return id(row)


class Grid(QFrame):
    """Frozen rows in a table.

    `chosen` tells the row under the bar (None when there is none), `opened` Enter or a double
    click on it, `edited` the row, the column's key and what was typed. The page asks again and
    calls `set_rows`; the bar stays on the row with the same identity.
    """

    chosen = Signal(object)
    opened = Signal(object)
    edited = Signal(object, str, str)

    def __init__(
        self,
        columns: Sequence[Column],
        language: Language,
        *,
        row_height: int = 48,
        identity: Callable[[Any], Hashable] = _own_id,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.model = GridModel(columns, language, identity, self)
        self.view = GridView(self.model, row_height)
        self.view.setAccessibleName(name)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        self.view.copied.connect(self.copy)
        self.model.edited.connect(self.edited)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def add_foot(self, widget: QWidget) -> None:
        """Totals, hints or buttons pinned under the rows."""
        self._layout.addWidget(widget)

    # Rows

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows; Group and Note may stand between them."""
        self.view.keep_place(lambda: self.model.set_rows(rows))

    def set_filter(self, keep: Callable[[Any], bool] | None) -> None:
        """Show only the rows it says yes to."""
        self.view.keep_place(lambda: self.model.set_filter(keep))

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; "" is the order of the rows as given."""
        self.view.sort_by(key, descending)

    @property
    def row(self) -> Any | None:
        """The row under the bar."""
        return self.view.row

    def choose(self, identity: Hashable) -> bool:
        """Put the bar on that row and show it; False when it is not shown."""
        return self.view.choose(self.model.find(identity))

    def choose_first(self) -> None:
        """Put the bar on the first row."""
        self.view.choose_first()

    def step(self, rows: int) -> None:
        """Up or down, over headings and notes."""
        self.view.step(rows)

    def open_row(self) -> None:
        """As Enter does."""
        if self.row is not None:
            self.opened.emit(self.row)

    def edit_row(self) -> None:
        """Open the field of the row's editable figure."""
        self.view.edit_figure(None)

    def set_narrow(self, narrow: bool) -> None:
        """Hide the columns that are `wide_only`: a side panel is open."""
        self.view.set_narrow(narrow)

    # Taking away

    def visible_rows(self) -> tuple[Any, ...]:
        """The rows as shown, filtered and in their order, without headings and notes."""
        model = self.model
        return tuple(model.shown[i] for i in range(len(model.shown)) if model.row_at(i) is not None)

    def headings(self) -> tuple[str, ...]:
        """The headings in the language of the window, for an export with the same columns."""
        return tuple(self.model.language.say(c.heading) for c in self.model.columns)

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The words of the visible rows, for an export."""
        return tuple(self.model.plain_cells(row) for row in self.visible_rows())

    def copy(self) -> None:
        """The row to the clipboard, its cells with tabs between them and no invisible marks."""
        if self.row is not None:
            copy_text(plain("\t".join(self.model.plain_cells(self.row))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
