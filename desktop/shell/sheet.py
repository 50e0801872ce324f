"""A sheet over the page: the day's messages (F8), the keys of this page (F12). Esc closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import label


class Sheet(QFrame):
    """Covers the trailing part of the room between top bar and message bar."""

    closed = Signal()

    def __init__(self, room: QWidget, title: str, rows: QWidget, wide: int) -> None:
        super().__init__(room)
        self._wide = wide
        px = theme.current().px
        self.setProperty("role", "panel")
        self.setAccessibleName(title)
        top = QHBoxLayout()
        top.addWidget(label(title, "heading"), 1)
        top.addWidget(KeyCap("Esc"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.setObjectName("inside")
        scroll.setWidget(rows)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(18), px(14), px(18), px(14))
        stack.setSpacing(px(12))
        stack.addLayout(top)
        stack.addWidget(scroll, 1)
        room.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        px = theme.current().px
        room = self.parentWidget()
        if room is None:
            return
        wide = min(px(self._wide), room.width() - px(48))
        left = room.width() - wide - px(24)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = px(24)
        self.setGeometry(left, px(4), wide, max(room.height() - px(18), px(120)))


def pairs(rows: Sequence[tuple[QWidget, str]], columns: int = 1) -> QWidget:
    """Something short and the words about it, side by side, in so many columns."""
    px = theme.current().px
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(10))
    high = -(-len(rows) // columns)
    for index, (short, words) in enumerate(rows):
        column, row = divmod(index, high)
        grid.addWidget(short, row, 2 * column, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(label(words, wrap=True), row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    grid.setRowStretch(high, 1)
    return inside
