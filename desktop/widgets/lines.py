"""A few lines in a panel: batches, the last rows of a stock card. No heading, no selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.direction import mirrored
from desktop.widgets.grid.cells import KINDS, Pen
from desktop.widgets.grid.columns import Cell, Column, cell_of, words
from inventory.language import Language, plain

HIGH = 30
_SIZE = 14
_GAP = 8


class Lines(QWidget):
    """Columns as in a Grid (headings are only spoken); the first and last reach the edges."""

    def __init__(self, columns: Sequence[Column], language: Language, *, row_height: int = HIGH):
        super().__init__()
        self._columns = tuple(columns)
        self._language = language
        self._high = row_height
        self.rows: tuple[Any, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Other rows."""
        self.rows = tuple(rows)
        self.setAccessibleDescription("\n".join(self._said(row) for row in self.rows))
        self.updateGeometry()
        self.update()

    def _said(self, row: Any) -> str:
        parts = (cell_of(column, row) for column in self._columns if column.kind != "chip")
        told = (words(cell.main, self._language) for cell in parts)
        return plain(", ".join(part for part in told if part))

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(300), px(self._high) * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(160), px(self._high) * len(self.rows))

    def _widths(self, whole: float) -> list[float]:
        px = theme.current().px
        gaps = px(_GAP) * (len(self._columns) - 1)
        fixed = sum(px(column.width) for column in self._columns)
        free = sum(not column.width for column in self._columns)
        share = max(whole - fixed - gaps, 0) / max(free, 1)
        return [float(px(c.width)) if c.width else share for c in self._columns]

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        whole = QRectF(self.rect())
        widths = self._widths(whole.width())
        high = look.px(self._high)
        for index, row in enumerate(self.rows):
            left = 0.0
            for column, width in zip(self._columns, widths, strict=True):
                box = mirrored(QRectF(left, index * high, width, high - 1), whole)
                self._paint_cell(painter, box, column, cell_of(column, row))
                left += width + look.px(_GAP)
            painter.setPen(QPen(look.color("hairline"), 1))
            bottom = (index + 1) * high - 0.5
            painter.drawLine(QPointF(0, bottom), QPointF(whole.width(), bottom))
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRectF, column: Column, cell: Cell) -> None:
        kind = KINDS[column.kind]
        kind = replace(kind, size=min(kind.size, _SIZE))
        kind.paint(Pen(painter, box, cell, self._language, kind))
