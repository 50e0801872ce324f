"""What an act stands on: a title, what it does, and fields, over the whole page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.front import Front
from desktop.keys import Key
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn
from inventory.domain.sentence import N_

WIDE = 760


class ActSheet(Front):
    """`show_step` puts a card in the middle; `finish` is Ctrl+Enter; Esc goes back to the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.layers = QStackedLayout(self)
        self.layers.setContentsMargins(0, 0, 0, 0)
        self.first: QWidget | None = None

    def show_step(
        self, title: str, about: str, body: QWidget, finish: str = "", icon: str = "check"
    ) -> None:
        """Finished words; with `finish` the card has a button that finishes."""
        px = theme.current().px
        card = Card(title)
        if about:
            card.body.addWidget(label(about, wrap=True))
        card.body.addWidget(body)
        foot = QHBoxLayout()
        foot.addWidget(Button(self.desk.say("Back"), "Esc", icon="arrow-left", small=True,
                              run=self.closed.emit))  # fmt: skip
        foot.addStretch(1)
        if finish:
            foot.addWidget(
                Button(finish, "Ctrl+Enter", icon=icon, role="primary", run=self.finish)
            )
        card.body.addSpacing(px(6))
        card.body.addLayout(foot)
        card.setFixedWidth(px(WIDE))
        room = ScrollColumn()
        room.column.setContentsMargins(px(24), px(18), px(24), px(14))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        room.column.addLayout(middle)
        room.column.addStretch(1)
        self._change_to(room)

    def _change_to(self, shown: QWidget) -> None:
        old = self.layers.currentWidget()
        self.layers.addWidget(shown)
        self.layers.setCurrentWidget(shown)
        if old is not None:
            self.layers.removeWidget(old)
            old.hide()
            old.deleteLater()

    def focus(self, first: QWidget) -> None:
        """Where the cursor begins in this step."""
        self.first = first
        QTimer.singleShot(0, first, first.setFocus)

    def begin(self) -> None:
        if self.first is not None:
            self.first.setFocus()

    def finish(self) -> None:
        """Ctrl+Enter."""

    def keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Enter", N_("Finish"), self.finish),)


def column(*parts: QWidget) -> QWidget:
    """Parts under each other."""
    made = QWidget()
    stack = QVBoxLayout(made)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().px(14))
    for part in parts:
        stack.addWidget(part)
    return made
