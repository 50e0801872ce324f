"""A step that is a handful of choices, with the keys that move between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import theme
from desktop.direction import is_rtl
from desktop.first_run.choice_card import Choice, ChoiceCard
from inventory.domain.quantity import fold_digits


class Choices(QWidget):
    """Cards in one or two columns; one is always highlighted."""

    def __init__(self, choices: Sequence[Choice], columns: int = 1) -> None:
        super().__init__()
        self.columns = columns
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().px(14))
        self.cards = [
            ChoiceCard(choice, number, large=columns == 1)
            for number, choice in enumerate(choices, 1)
        ]
        for index, card in enumerate(self.cards):
            grid.addWidget(card, index // columns, index % columns)
            card.taken.connect(lambda at=index: self.take(at))
        self.highlight(0)

    def highlight(self, at: int) -> None:
        """Move the highlight, staying on the cards."""
        self.at = max(0, min(at, len(self.cards) - 1))
        for index, card in enumerate(self.cards):
            card.highlight(index == self.at)
        self.setAccessibleName(self.cards[self.at].accessibleName())

    def take(self, at: int) -> None:
        """Choose a card."""
        self.highlight(at)
        self.cards[at].choice.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = fold_digits(event.text())
        across = -1 if is_rtl() else 1
        steps = {
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
            Qt.Key.Key_Right: across,
            Qt.Key.Key_Left: -across,
        }
        key = Qt.Key(event.key())
        if digit.isdigit() and 1 <= int(digit) <= len(self.cards):
            self.take(int(digit) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.at)
        elif key in steps:
            self._move(steps[key])
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        if 0 <= self.at + by < len(self.cards):
            self.highlight(self.at + by)
