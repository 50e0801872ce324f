"""The table itself: keys, the bar on the selected row, group and reason rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTableView

from desktop import theme
from desktop.direction import after, draw_text, leading_part
from desktop.fonts import font
from desktop.icons import paint_icon
from desktop.keys import chord
from desktop.widgets.grid.cells import PADDING
from desktop.widgets.grid.columns import Group, Note
from desktop.widgets.grid.delegate import RowDelegate
from desktop.widgets.grid.header import GridHeader
from desktop.widgets.grid.model import GridModel
from desktop.widgets.grid.widths import needs, shared

GROUP_HIGH = 32
NOTE_HIGH = 34
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridView(QTableView):
    """One row is selected and it is unmistakable; Tab goes on, arrows move, Enter opens."""

    chosen = Signal(object)
    opened = Signal(object)
    copied = Signal()

    def __init__(self, model: GridModel, row_height: int) -> None:
        super().__init__()
        self._grid = model
        self._row_height = theme.current().px(row_height)
        self._needs = [0] * len(model.columns)
        self._placing = False
        self._marked: set[int] = set()
        self.setModel(model)
        self._delegate = RowDelegate(model, self)
        self.setItemDelegate(self._delegate)
        header = GridHeader(model, self)
        header.sort_wanted.connect(self.sort_by)
        self.setHorizontalHeader(header)
        self._set_up()
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.doubleClicked.connect(self._double_clicked)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setMinimumSectionSize(theme.current().px(20))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._row_height)
        self.verticalScrollBar().setSingleStep(self._row_height)

    # Place

    @property
    def row(self) -> Any | None:
        """The row under the bar."""
        index = self.currentIndex()
        return self._grid.row_at(index.row()) if index.isValid() else None

    def keep_place(self, change: Callable[[], None]) -> None:
        """Change the rows and keep the bar on the same one, or near where it was."""
        before = self.row
        position: int = self.currentIndex().row()
        identity: Hashable = None if before is None else self._grid.identity(before)
        scrolled = self.verticalScrollBar().value()
        self._placing = True
        change()
        self._set_heights()
        self._measure()
        self._set_widths()
        found = -1 if before is None else self._grid.find(identity)
        if found < 0 and before is not None:
            found = self._nearest(position)
        self.choose(found if found >= 0 else self._nearest(0))
        self._placing = False
        if before is not None:
            self.verticalScrollBar().setValue(scrolled)
            self.scrollTo(self.currentIndex())
        self._tell()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column; "" is the order of the rows as given."""
        self.keep_place(lambda: self._grid.sort_by(key, descending))

    def _nearest(self, position: int) -> int:
        """The row there, else the last before it, else the first after it; -1 for none."""
        count = len(self._grid.shown)
        places: list[int] = [*range(min(position, count - 1), -1, -1), *range(position, count)]
        return next((i for i in places if self._grid.row_at(i) is not None), -1)

    def choose(self, position: int) -> bool:
        """Put the bar on the row shown at that position."""
        if position < 0 or self._grid.row_at(position) is None:
            return False
        index = self._grid.index(position, self._delegate.first_column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def choose_first(self) -> None:
        """Put the bar on the first row."""
        self.choose(self._nearest(0))

    def step(self, rows: int) -> None:
        """Move the bar over headings and notes; it stops at both ends."""
        position, wanted = self.currentIndex().row(), abs(rows)
        way = 1 if rows > 0 else -1
        last = position
        while wanted and 0 <= position + way < len(self._grid.shown):
            position += way
            if self._grid.row_at(position) is not None:
                last = position
                wanted -= 1
        self.choose(last)

    def _row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._placing:
            self._tell()

    def _tell(self) -> None:
        """Once for each row, also after the rows were asked again."""
        self.chosen.emit(self.row)

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self._grid.row_at(index.row())
        if row is not None:
            self.opened.emit(row)

    # Sizes

    def _set_heights(self) -> None:
        px = theme.current().px
        marked: dict[int, int] = {}
        for position, row in () if self._grid.is_plain else enumerate(self._grid.shown):
            if isinstance(row, Group | Note):
                marked[position] = px(GROUP_HIGH if isinstance(row, Group) else NOTE_HIGH)
        # Qt keeps the height of a position when other rows come to stand there.
        for position in self._marked - marked.keys():
            self.setRowHeight(position, self._row_height)
        for position, high in marked.items():
            self.setRowHeight(position, high)
        self._marked = set(marked)

    def set_narrow(self, narrow: bool) -> None:
        """Hide or show the columns that are only for the whole width."""
        for section, column in enumerate(self._grid.columns):
            self.setColumnHidden(section, narrow and column.wide_only)
        visible = [i for i in range(len(self._grid.columns)) if not self.isColumnHidden(i)]
        self._delegate.first_column = visible[0] if visible else 0
        self._set_widths()

    def _set_widths(self) -> None:
        shown = [i for i in range(len(self._grid.columns)) if not self.isColumnHidden(i)]
        columns = [self._grid.columns[i] for i in shown]
        least = [self._needs[i] for i in shown]
        for section, wide in zip(
            shown, shared(columns, least, self.viewport().width()), strict=True
        ):
            self.setColumnWidth(section, wide)

    def _measure(self) -> None:
        self._needs = needs(self._grid.columns, self._grid.shown, self._grid.language)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if chord(event) == "Ctrl+C":
            self.copied.emit()
        elif not held and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        elif not held and key in _ENTER and self.row is not None:
            self.opened.emit(self.row)
        elif held == Qt.KeyboardModifier.ControlModifier and self._sort_key(key):
            pass
        elif key == Qt.Key.Key_F2 or self._is_digit(event):
            if not self.edit_figure(event):
                event.ignore()
        elif not held and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            page = max(self.viewport().height() // self._row_height - 1, 1)
            self.step(-page if key == Qt.Key.Key_PageUp else page)
        elif not held and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(-len(self._grid.shown) if key == Qt.Key.Key_Home else len(self._grid.shown))
        else:
            event.ignore()

    def _sort_key(self, key: Qt.Key) -> bool:
        """Ctrl with Left or Right sorts by the next heading that way, Ctrl+Up and Down turn it."""
        columns = self._grid.columns
        shown = [i for i in range(len(columns)) if not self.isColumnHidden(i)]
        now = next((i for i in shown if columns[i].key == self._grid.sorted_by), None)
        turning = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}
        if key in turning and now is not None:
            self.sort_by(columns[now].key, turning[key])
            return True
        onward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        way = 1 if key == onward else -1
        at = shown.index(now) + way if now is not None else (0 if way > 0 else -1)
        self.sort_by(columns[shown[at % len(shown)]].key)
        return True

    def _is_digit(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return not held and bool(event.text()) and event.text().isdecimal()

    def edit_figure(self, event: QKeyEvent | None) -> bool:
        """Open the row's editable figure; the digit that opened it is its first."""
        editable = [i for i, column in enumerate(self._grid.columns) if column.editable]
        if self.row is None or not editable:
            return False
        index = self._grid.index(self.currentIndex().row(), editable[0])
        self.setCurrentIndex(index)
        self.edit(index)
        box = self.viewport().findChild(QLineEdit)
        if box is not None and event is not None and event.key() != Qt.Key.Key_F2:
            box.clear()
            box.insert(event.text())
        return box is not None

    # Painting over the cells

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        last = len(self._grid.shown) - 1 if last < 0 else last
        for position in range(first, last + 1):
            row = self._grid.shown[position]
            if isinstance(row, Group):
                self._paint_group(painter, self._across(position), row)
            elif isinstance(row, Note):
                self._paint_note(painter, self._across(position), row)
        if self.hasFocus() and self.row is not None:
            self._paint_ring(painter, self._across(self.currentIndex().row()))
        painter.end()

    def _across(self, position: int) -> QRectF:
        top = self.rowViewportPosition(position)
        whole = QRect(0, top, self.viewport().width(), self.rowHeight(position))
        return QRectF(whole)

    def _paint_group(self, painter: QPainter, rect: QRectF, row: Group) -> None:
        look = theme.current()
        pad = look.px(PADDING)
        inside = rect.adjusted(pad, 0, -pad, 0)
        draw_text(painter, inside, row.words, font(13, 600), look.color("ink2"))

    def _paint_note(self, painter: QPainter, rect: QRectF, row: Note) -> None:
        look = theme.current()
        pad = look.px(PADDING)
        inside = rect.adjusted(pad, 0, -pad, 0)
        color = look.color(row.tone)
        paint_icon(painter, leading_part(inside, look.px(18)), row.icon, color)
        text = after(inside, look.px(26))
        draw_text(painter, text, row.words, font(14, 500), color)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -2))
