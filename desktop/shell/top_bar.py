"""The scan-or-search field, the date, and the key for help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStyle, QWidget

from desktop import theme
from desktop.direction import align
from desktop.icons import paint_icon
from desktop.widgets.key_cap import KeyCap

HIGH = 66


class ScanField(QLineEdit):
    """Everything begins here. Arrows, Enter and Esc are told to the window, not swallowed."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.digit: Callable[[QKeyEvent], bool] = lambda event: False
        """Asked of a digit while the field is empty; True keeps it out of the field."""
        self.setObjectName("field")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.cap = KeyCap("F1")
        self.cap.setParent(self)
        self._pad()

    def _pad(self) -> None:
        px = theme.current().px
        lead, trail = px(32), px(40)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(trail if mirrored else lead, 0, lead if mirrored else trail, 0)
        # Absolute, or Qt turns it once more for an Arabic text.
        align(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1,
                 Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers():
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.entered.emit()
        elif not (self._is_first_digit(event) and self.digit(event)):
            super().keyPressEvent(event)

    def _is_first_digit(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return not held and not self.text() and event.text().isdecimal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()
        size = self.cap.sizeHint()
        top = (self.height() - size.height()) // 2
        left = self.width() - size.width() - theme.current().px(14)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = theme.current().px(14)
        self.cap.setGeometry(left, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme.current().px
        side = px(22)
        drawn = self.rect()
        drawn.setRect(px(14), (self.height() - side) // 2, side, side)
        where = QStyle.visualRect(self.layoutDirection(), self.rect(), drawn)
        color = "accent" if self.hasFocus() else "ink2"
        painter = QPainter(self)
        paint_icon(painter, QRectF(where), "barcode-scan", theme.current().color(color))
        painter.end()


class TopBar(QWidget):
    """66 px: the field, wide, then the date and F12."""

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName("room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(HIGH))
        self.field = ScanField()
        self.date = QLabel()
        self.date.setObjectName("date")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), 0, px(24), 0)
        row.setSpacing(px(14))
        row.addWidget(self.field, 1)
        row.addWidget(self.date)
        row.addWidget(KeyCap("F12"))
