"""A panel that asks why, for acts out of the ordinary: a digit, then Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.buttons import Button
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn, stretch_body
from desktop.widgets.side_panel import SidePanel
from inventory.domain.reasons import Context, offered
from inventory.domain.sentence import sentence


class ReasonPanel(SidePanel):
    """`done(reason)` is called once a reason was chosen and accepted."""

    def __init__(
        self, desk: Desk, title: str, context: Context, act: str, done: Callable[[str], object]
    ) -> None:
        super().__init__(title)
        self.desk = desk
        self._done = done
        self.why = label(desk.say("Why?"), "label")
        self.reasons = ChoiceList(desk.say("Why?"))
        self.reasons.set_rows(
            [
                Row(reason.code, desk.say(reason.name), cap=str(n))
                for n, reason in enumerate(offered(context), 1)
            ]
        )
        self.room = ScrollColumn()
        self.room.column.setSpacing(theme.current().px(10))
        self.body.addWidget(self.room, 1)
        stretch_body(self)
        self.button = Button(act, "Enter", role="primary", run=self.accept)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reasons.accepted.connect(lambda _key: self.accept())

    def add_reasons(self) -> None:
        """The reasons and the button, below what the panel is about."""
        column = self.room.column
        column.addSpacing(theme.current().px(4))
        column.addWidget(self.why)
        column.addWidget(self.reasons)
        column.addStretch(1)
        self.foot.addWidget(self.button)

    def begin(self) -> None:
        """Put the cursor where the first answer is given."""
        self.reasons.setFocus()

    def accept(self) -> None:
        """Do it, or say that the reason is missing."""
        if self.reasons.key is None:
            self.reasons.setFocus()
            self.desk.refused(sentence("Choose a reason first: press its number."))
        else:
            self._done(str(self.reasons.key))
