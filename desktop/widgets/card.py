"""White sheets: a card with a heading, and the panel at the trailing side of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side
from desktop.widgets.labels import label


class Card(QFrame):
    """A sheet with a heading and a quiet word at its trailing side; fill `body`."""

    def __init__(self, title: str = "", quiet: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(18), px(14), px(18), px(16))
        stack.setSpacing(px(12))
        self.title = label(title, "heading")
        self.quiet = label(quiet, "second", side=Side.TRAILING)
        self.top = QHBoxLayout()
        self.top.setSpacing(px(10))
        if title or quiet:
            self.top.addWidget(self.title)
            self.top.addStretch(1)
            self.top.addWidget(self.quiet)
            stack.addLayout(self.top)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        stack.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def set_title(self, words: str) -> None:
        """Another heading."""
        self.title.setText(words)
        self.setAccessibleName(words)

    def set_quiet(self, words: str) -> None:
        """Another word at the trailing side."""
        self.quiet.setText(words)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, to fill it anew."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            clear(inner)
            inner.deleteLater()


def fixed_width(widget: QWidget, width: int) -> None:
    """A width of the 100 % drawing."""
    widget.setFixedWidth(theme.current().px(width))
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
