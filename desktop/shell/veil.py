"""What stands over everything in the window for a while; the pages under it stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.shell.over import Over


class Veil(Over):
    """Give it a `body`; `lifted` when it goes. Keys reach nothing below it."""

    lifted = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.whole = QVBoxLayout(self)

    def show_body(self, body: QWidget) -> None:
        """In the middle of the window."""
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(body)
        middle.addStretch(1)
        self.whole.addStretch(2)
        self.whole.addLayout(middle)
        self.whole.addStretch(3)
        self.stand()
        body.setFocus()

    def lift(self) -> None:
        """Take it away."""
        self.go()
        self.lifted.emit()
