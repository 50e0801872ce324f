"""Paints rows and edits the figures that may be edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import theme
from desktop.direction import leading_part
from desktop.fonts import font
from desktop.widgets.grid.cells import PADDING, asked_box, paint_cell
from desktop.widgets.grid.columns import Group, Note, cell_of
from desktop.widgets.grid.model import GridModel

BAR = 4


def _asked_style() -> str:
    """The field stands exactly where the painted figure stood."""
    px = theme.current().px
    return f"padding: 0 {px(8)}px 0 {px(4)}px; font-size: {px(17)}px; font-weight: 600;"


class RowDelegate(QStyledItemDelegate):
    """The selected row is accent soft with a bar on its leading edge; hairlines under rows."""

    def __init__(self, model: GridModel, parent: QObject) -> None:
        super().__init__(parent)
        self._grid = model
        self.first_column = 0

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._grid.shown[index.row()]
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect)
        self._paint_ground(painter, rect, row, selected)
        if not isinstance(row, Group | Note):
            column = self._grid.columns[index.column()]
            if selected and index.column() == self.first_column:
                bar = leading_part(rect, theme.current().px(BAR))
                painter.fillRect(bar, theme.current().color("accent"))
            cell = cell_of(column, row)
            inside = rect.adjusted(0, 0, 0, -1)
            paint_cell(painter, inside, column.kind, cell, self._grid.language)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, row: object, selected: bool) -> None:
        look = theme.current()
        ground = "accent_soft" if selected else "surface"
        if isinstance(row, Group):
            ground = "canvas"
        elif isinstance(row, Note):
            ground = f"{row.tone}.soft"
        painter.fillRect(rect, look.color(ground))
        painter.setPen(QPen(look.color("hairline"), 1))
        bottom = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))

    # Editing

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFont(font(17, 600))
        editor.setStyleSheet(_asked_style())
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        column = self._grid.columns[index.column()]
        editor.setAccessibleName(self._grid.language.say(column.heading))
        return editor

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        pad = theme.current().px(PADDING)
        rect = QRectF(option.rect).adjusted(pad, 0, -pad, -1)
        editor.setGeometry(asked_box(rect).toRect())

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, QLineEdit)
        if editor.isModified():
            self._grid.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter commits at once; Up and Down commit and leave the row."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
                event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            ):
                # Only for the figure: unaccepted, the same key would open the row.
                event.accept()
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                return True
        return super().eventFilter(editor, event)
