"""One of several sheets at a time. Those that are hidden ask for no room, as in a QStackedWidget
they would: a low window holds the one that is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Turning(QWidget):
    """`turn_to(sheet)` shows one of the sheets."""

    def __init__(self, *sheets: QWidget) -> None:
        super().__init__()
        self._sheets = sheets
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        for sheet in sheets:
            stack.addWidget(sheet)
        self.turn_to(sheets[0])

    def turn_to(self, shown: QWidget) -> None:
        """Show that one."""
        for sheet in self._sheets:
            if sheet is not shown:
                sheet.hide()
        shown.show()
