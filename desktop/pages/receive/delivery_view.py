"""How far a delivery is: the pieces of its lines, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.receive.columns import delivery_columns
from desktop.pages.receive.standing import Standing
from desktop.widgets.charts.segments import Segments
from desktop.widgets.grid import Grid
from desktop.widgets.labels import label


class Progress(QWidget):
    """One piece a line, and the same in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pieces = Segments()
        self.words = label("", "second", side=Side.TRAILING)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(13))
        row.addWidget(self.pieces, 1)
        row.addWidget(self.words)

    def show_rows(self, rows: Sequence[Standing], *, expecting: bool) -> None:
        """The lines as they stand."""
        told = self._told(rows, expecting=expecting)
        self.pieces.set_states([row.state for row in rows], told)
        self.words.setText(told)

    def _told(self, rows: Sequence[Standing], *, expecting: bool) -> str:
        came = sum(row.line is not None for row in rows)
        codes = sum(row.item is None for row in rows)
        count = self.desk.count
        told = count("{n} line came", "{n} lines came", came)
        if expecting:
            told = count("{came} of {n} line came", "{came} of {n} lines came", len(rows),
                         came=came)  # fmt: skip
        if not codes:
            return told
        return count("{lines}, {n} code to learn", "{lines}, {n} codes to learn", codes,
                     lines=told)  # fmt: skip


class DeliveryView(QWidget):
    """`moved(at)` when somebody goes to another row of the list, `opened` at Enter in it."""

    moved = Signal(int)
    opened = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._showing = False
        self.progress = Progress(desk)
        self.grid = Grid(
            delivery_columns(desk.language, lambda: desk.today), desk.language, row_height=48,
            identity=lambda row: row.at, name=desk.say("Delivery"),
        )  # fmt: skip
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(lambda _row: self.opened.emit())
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.grid, 1)

    def show_rows(self, rows: Sequence[Standing], at: int, *, expecting: bool) -> None:
        """The rows as they stand, the bar on the one people are on."""
        self._showing = True
        self.progress.show_rows(rows, expecting=expecting)
        self.grid.set_narrow(not expecting)
        self.grid.set_rows(rows)
        self.grid.choose(at)
        self._showing = False

    def _chosen(self, row: Standing | None) -> None:
        if row is not None and not self._showing:
            self.moved.emit(row.at)
