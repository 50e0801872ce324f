"""The panel about the selected row: opened by Enter, closed by Esc, never a new window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.direction import Side
from desktop.widgets.card import clear
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import label, line


class SidePanel(QFrame):
    """Fill `body` from the top; what goes into `foot` is pinned below a hairline.

    `cap` is the key in the corner ("Esc"), "" for a panel that stays, with `quiet` instead.
    """

    closed = Signal()

    def __init__(
        self, title: str = "", *, width: int = 388, cap: str = "Esc", quiet: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        # With larger text the panel grows half as much: the list beside it needs room as well.
        grown = (theme.current().text_size - 100) // 2
        self.setFixedWidth(width * (100 + grown) // 100)
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(18), px(14), px(18), px(16))
        stack.setSpacing(px(10))
        self.title = label(title, "heading", wrap=True)
        self.quiet = label(quiet, "second", side=Side.TRAILING)
        self.cap = KeyCap(cap)
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(self.title, 1)
        top.addWidget(self.quiet)
        top.addWidget(self.cap, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(10))
        self.foot = QVBoxLayout()
        self.foot.setSpacing(px(10))
        self._line = line()
        self._line.hide()
        stack.addLayout(top)
        # Shown before it had a parent, a part would be a window of its own and take the focus.
        self.quiet.setVisible(bool(quiet))
        self.cap.setVisible(bool(cap))
        stack.addLayout(self.body)
        stack.addStretch(1)
        stack.addWidget(self._line)
        stack.addLayout(self.foot)
        self.setAccessibleName(title)

    def set_title(self, words: str) -> None:
        """What the panel is about."""
        self.title.setText(words)
        self.setAccessibleName(words)

    def set_quiet(self, words: str) -> None:
        """A quiet word in the corner, such as when it was scanned."""
        self.quiet.setText(words)
        self.quiet.setVisible(bool(words))

    def show_foot_line(self, shown: bool = True) -> None:
        """A hairline over the pinned part."""
        self._line.setVisible(shown)

    def empty(self) -> None:
        """Take out the body, to fill it for another row."""
        clear(self.body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.cap.isHidden():
            self.closed.emit()
        else:
            super().keyPressEvent(event)
