"""The headings: standing where their columns' values stand, one of them with the sort arrow."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop import theme
from desktop.direction import Side, draw_text, fitting, mirrored
from desktop.icons import paint_icon
from desktop.widgets.grid.cells import PADDING, heading_side
from desktop.widgets.grid.model import GridModel

HIGH = 41


class GridHeader(QHeaderView):
    """Clicking a heading sorts by it, then turns it round, then puts back the usual order."""

    sort_wanted = Signal(str, bool)

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setMinimumSectionSize(theme.current().px(32))
        self.sectionClicked.connect(self.turn)
        # A screen reader reaches it through the table; Tab does not stop here.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().px(HIGH))

    def turn(self, section: int) -> None:
        """Sort by that column; again: turned round; a third time: as the rows were given."""
        key = self._grid.columns[section].key
        if self._grid.sorted_by != key:
            self.sort_wanted.emit(key, False)
        elif not self._grid.descending:
            self.sort_wanted.emit(key, True)
        else:
            self.sort_wanted.emit("", False)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look = theme.current()
        column = self._grid.columns[logicalIndex]
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, look.color("surface"))
        painter.setPen(QPen(look.color("hairline"), 1))
        bottom = box.bottom() - 0.5
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        pad = look.px(PADDING)
        words = self._grid.language.say(column.heading)
        sorted_here = self._grid.sorted_by == column.key
        color = look.color("ink" if sorted_here else "ink2")
        inside = box.adjusted(pad, 0, -pad, 0)
        side = heading_side(column.kind)
        set_in = fitting(words, 13, 500, inside.width())
        wide = draw_text(painter, inside, words, set_in, color, side)
        if sorted_here:
            self._paint_arrow(painter, inside, wide, side)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, inside: QRectF, wide: float, side: Side) -> None:
        look = theme.current()
        size = look.px(14)
        name = "arrow-down" if self._grid.descending else "arrow-up"
        if side is Side.RIGHT:
            at = QRectF(inside.right() - wide - size - 2, 0, size, size)
        elif side is Side.TRAILING:
            at = mirrored(QRectF(inside.right() - wide - size - 2, 0, size, size), inside)
        else:
            at = mirrored(QRectF(inside.left() + wide + 2, 0, size, size), inside)
        at.moveTop(inside.center().y() - size / 2)
        paint_icon(painter, at, name, look.color("ink"))
