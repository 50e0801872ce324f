"""What is on the shelf in place of a short item; Alt and a number takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side
from desktop.pages.dispense.line_view import InsteadView
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import label
from inventory.language import plain


class _Row(QWidget):
    """The whole row is clicked; a long name takes a second line."""

    clicked = Signal()

    def __init__(self, view: InsteadView, chord: str) -> None:
        super().__init__()
        self.view, self.chord = view, chord
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(plain(f"{view.name}, {view.there}, {view.expiry}"))
        self.setAccessibleDescription(chord)
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.setSpacing(px(7))
        cap = KeyCap(chord)
        name = label(view.name, wrap=True)
        name.setStyleSheet("QLabel { font-weight: 500; }")
        name.setMinimumHeight(px(20))
        # Wrapped Arabic reaches a space beyond its box.
        name.setContentsMargins(px(5), 0, px(5), 0)
        self.there = label(view.there, side=Side.RIGHT)
        expiry = label(view.expiry, "second")
        expiry.setMinimumWidth(px(140))
        expiry.setIndent(px(12))
        row.addWidget(cap)
        cap.setVisible(bool(chord))
        row.addWidget(name, 1)
        row.addWidget(self.there)
        row.addWidget(expiry)
        self.setMinimumHeight(px(34))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("hairline"), 1))
        painter.setBrush(look.color("sunk" if self.underMouse() else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        painter.end()


class InsteadRows(QWidget):
    """A heading and at most three rows. `taken(item id)`."""

    taken = Signal(int)

    def __init__(self, heading: str) -> None:
        super().__init__()
        px = theme.current().px
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, px(12))
        self._stack.setSpacing(px(4))
        head = label(heading, "label")
        head.setContentsMargins(px(6), 0, px(6), px(6))
        self._stack.addWidget(head)
        self._shown: tuple[tuple[InsteadView, str], ...] = ()
        self._rows: list[_Row] = []

    def show_rows(self, views: Sequence[InsteadView], *, keys: bool) -> None:
        """`keys`: whether Alt and a number means these rows now."""
        shown = tuple((v, f"Alt+{n}" if keys else "") for n, v in enumerate(views, 1))
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._stack.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(view, chord) for view, chord in shown]
        for row in self._rows:
            item = row.view.item_id
            row.clicked.connect(lambda i=item: self.taken.emit(i))
            self._stack.addWidget(row)
        # One column: its numbers stand under each other in both directions.
        wide = max((row.there.sizeHint().width() for row in self._rows), default=0)
        for row in self._rows:
            row.there.setMinimumWidth(wide)
