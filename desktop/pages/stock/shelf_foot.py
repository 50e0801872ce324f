"""Under the list of what expired: how much still stands on the shelf, and the one act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.rights import only
from desktop.widgets.buttons import Button
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import icon_label
from inventory.domain.roles import Permission


class ShelfFoot(QFrame):
    """Shown while there is something to take off the shelf."""

    def __init__(self, desk: Desk, move: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(10))
        self.told = ElidedLabel(role="second")
        self.button = only(desk, Button(desk.say("Take them off the shelf"), "Ctrl+Enter",
                                        icon="check", role="primary", run=move),
                           Permission.HOLD)  # fmt: skip
        row.addWidget(icon_label("cancel", 18))
        row.addWidget(self.told)
        row.addStretch(1)
        row.addWidget(self.button)
        self.hide()

    def show_batches(self, batches: int) -> None:
        """How many expired batches nobody has moved yet; 0 hides the bar."""
        told = self.desk.count("{n} expired batch is still on the shelf",
                               "{n} expired batches are still on the shelf", batches)  # fmt: skip
        self.told.set_words(told)
        self.setVisible(batches > 0)
