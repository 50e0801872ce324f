"""What stands over everything in the window for a while; the pages under it stay as they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


class Veil(QWidget):
    """Give it a `body`; `lifted` when it goes. Keys reach nothing below it."""

    lifted = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.setObjectName("room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.whole = QVBoxLayout(self)
        room.installEventFilter(self)

    def show_body(self, body: QWidget) -> None:
        """In the middle of the window."""
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(body)
        middle.addStretch(1)
        self.whole.addStretch(2)
        self.whole.addLayout(middle)
        self.whole.addStretch(3)
        self._cover()
        self.show()
        self.raise_()
        body.setFocus()

    def lift(self) -> None:
        """Take it away."""
        self.hide()
        self.lifted.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing reaches what is covered."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _cover(self) -> None:
        room = self.parentWidget()
        if room is not None:
            self.setGeometry(room.rect())
