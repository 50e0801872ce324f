"""The rows of the health page: a state, what is so, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.chip import Chip
from desktop.widgets.labels import icon_line, label, line
from inventory.domain.protection import TITLES, Row
from inventory.language import Language


class HealthRows(QWidget):
    """One grid, so that all chips stand under each other."""

    def __init__(self, words: Language, rows: Sequence[Row]) -> None:
        super().__init__()
        px = theme.current().px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(9))
        grid.setColumnStretch(1, 1)
        for at, row in enumerate(rows):
            if at:
                grid.addWidget(line(), 2 * at - 1, 0, 1, 2)
            chip = Chip(row.state.value, words)
            grid.addWidget(chip, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_told(words, row), 2 * at, 1)


def _told(words: Language, row: Row) -> QWidget:
    made = QWidget()
    stack = QVBoxLayout(made)
    stack.setContentsMargins(0, theme.current().px(1), 0, 0)
    stack.setSpacing(theme.current().px(2))
    title, told = words.say(TITLES[row.guard]), words.tell(row.told)
    stack.addWidget(label(title, "item"))
    stack.addWidget(label(told, "second", wrap=True))
    if row.to_do is not None and row.urgency:
        stack.addWidget(icon_line("arrow-right", words.tell(row.to_do), tone="accent"))
    made.setAccessibleName(title)
    made.setAccessibleDescription(told)
    return made
