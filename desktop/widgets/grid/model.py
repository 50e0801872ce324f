"""Rows as Qt asks for them: filtered, sorted within their groups, never copied."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.widgets.chip import ORDER, STATES
from desktop.widgets.grid.columns import Cell, Column, Group, Note, cell_of, words
from inventory.domain.names import Names
from inventory.language import Language, plain

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class GridModel(QAbstractTableModel):
    """All rows as given, and the ones shown now in their order."""

    edited = Signal(object, str, str)

    def __init__(
        self,
        columns: Sequence[Column],
        language: Language,
        identity: Callable[[Any], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.language = language
        self.identity = identity
        self.shown: list[Any] = []
        self.sorted_by: str = ""
        self.descending = False
        self.is_plain = True
        self._rows: tuple[Any, ...] = ()
        self._keep: Callable[[Any], bool] | None = None

    # What is shown

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Other rows; Group and Note may stand between them."""
        self._rows = tuple(rows)
        self.is_plain = not any(isinstance(row, Group | Note) for row in self._rows)
        self._show()

    def set_filter(self, keep: Callable[[Any], bool] | None) -> None:
        """Only rows it says yes to; a group without rows and a note without its row go too."""
        self._keep = keep
        self._show()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """By a column's key; "" is the order the rows were given in."""
        self.sorted_by, self.descending = key, descending
        self._show()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _show(self) -> None:
        self.beginResetModel()
        if self._keep is None and not self.sorted_by:
            self.shown = list(self._rows)
        elif self.is_plain:
            keep = self._keep
            kept = self._rows if keep is None else [row for row in self._rows if keep(row)]
            self.shown = self._in_order(kept, lambda row: row)
        else:
            self.shown = [row for section in self._sections() for row in section]
        self.endResetModel()

    def _sections(self) -> Iterable[list[Any]]:
        """Each group's heading and its rows with their notes."""
        heading: list[Any] = []
        units: list[list[Any]] = []
        for row in (*self._rows, None):
            if row is None or isinstance(row, Group):
                keep = self._keep
                units = units if keep is None else [unit for unit in units if keep(unit[0])]
                kept = self._in_order(units, lambda unit: unit[0])
                if kept:
                    yield [*heading, *(row for unit in kept for row in unit)]
                heading, units = [row], []
            elif isinstance(row, Note):
                if units:
                    units[-1].append(row)
            else:
                units.append([row])

    def _in_order(self, units: Sequence[T], row_of: Callable[[T], Any]) -> list[T]:
        column = next((c for c in self.columns if c.key == self.sorted_by), None)
        if column is None:
            return list(units)
        keyed = [(sort_key(column, row_of(unit), self.language), unit) for unit in units]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=self.descending)
        # What does not apply stands last in both directions.
        return [unit for _, unit in known] + [unit for key, unit in keyed if key is None]

    def row_at(self, index: int) -> Any | None:
        """The row shown there; None for a heading, a note, or beyond the end."""
        if not 0 <= index < len(self.shown):
            return None
        row = self.shown[index]
        return None if isinstance(row, Group | Note) else row

    def find(self, identity: Hashable) -> int:
        """Where the row with that identity is shown, -1 when it is not."""
        for index, row in enumerate(self.shown):
            if not isinstance(row, Group | Note) and self.identity(row) == identity:
                return index
        return -1

    def plain_cells(self, row: Any) -> tuple[str, ...]:
        """The row's words without invisible marks: clipboard, screen reader."""
        texts = (self.cell_words(column, row) for column in self.columns)
        return tuple(plain(", ".join(t for t in pair if t)) for pair in texts)

    def cell_words(self, column: Column, row: Any) -> tuple[str, str]:
        """Main and second line as shown."""
        cell = cell_of(column, row)
        if column.kind == "chip":
            return chip_words(cell, self.language), ""
        main = cell.main
        if hasattr(main, "words"):
            main = main.words(self.language)
        return words(main, self.language), words(cell.second, self.language)

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = self.columns[index.column()].editable
        return usual | Qt.ItemFlag.ItemIsEditable if editable else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.shown[index.row()]
        if role == ROW:
            return row
        if isinstance(row, Group | Note):
            first = index.column() == 0 and role == Qt.ItemDataRole.DisplayRole
            return row.words if first else None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return plain(self.cell_words(column, row)[0])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [t for t in self.cell_words(column, row) if t]
            return plain(f"{self.language.say(column.heading)}: {', '.join(said)}")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        self.edited.emit(row, self.columns[index.column()].key, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.language.say(self.columns[section].heading)
        return None


def chip_words(cell: Cell, language: Language) -> str:
    """The word in a chip: the state's own, or another one given with it."""
    if cell.state:
        return words(cell.main, language) or language.say(STATES[cell.state].words)
    return language.say(STATES[str(cell.main)].words)


def sort_key(column: Column, row: Any, language: Language) -> Any:
    """What the column sorts by; None stands last."""
    if column.sort is not None:
        return column.sort(row)
    cell = cell_of(column, row)
    if column.kind == "chip":
        return ORDER[cell.state or str(cell.main)]
    if hasattr(cell.main, "sort_key"):
        return cell.main.sort_key
    if isinstance(cell.main, str) or cell.main is None:
        return cell.main.casefold() if cell.main else None
    if isinstance(cell.main, Names):
        return language.name(cell.main).casefold()
    return cell.main
