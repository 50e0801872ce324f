"""Why another figure: a digit takes a reason at once, letters are one's own words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.buttons import Button
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn, stretch_body
from desktop.widgets.side_panel import SidePanel
from inventory.domain.quantity import fold_digits
from inventory.domain.reasons import Context, offered
from inventory.domain.sentence import sentence
from inventory.queries.order_view import ViewLine

LONGEST = 200


class _Reasons(ChoiceList):
    """The digit on a cap is the answer; a letter begins an answer in words."""

    worded = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        text = event.text()
        if not held and fold_digits(text) in [row.cap for row in self.rows]:
            super().keyPressEvent(event)
            self.accepted.emit(self.key)
        elif not held and text.isprintable() and text.strip() and not text.isdecimal():
            self.worded.emit(text)
        else:
            super().keyPressEvent(event)


class WhyPanel(SidePanel):
    """`done(reason, words)` once there is one of the two."""

    def __init__(
        self, desk: Desk, row: ViewLine, packs: int, done: Callable[[str, str], object]
    ) -> None:
        super().__init__(desk.name(row.line.item.names), width=360)
        self.desk = desk
        self._done = done
        told = desk.say("{change} packs", change=desk.language.change(row.line.packs, packs))
        room = ScrollColumn()
        room.column.setSpacing(theme.current().px(10))
        self.body.addWidget(room, 1)
        stretch_body(self)
        room.column.addWidget(label(told, "quantity"))
        room.column.addWidget(label(desk.say("Why?"), "label"))
        self.reasons = _Reasons(desk.say("Why?"))
        self.reasons.set_rows(
            [
                Row(reason.code, desk.say(reason.name), cap=str(n))
                for n, reason in enumerate(offered(Context.ORDER_CHANGE), 1)
            ]
        )
        self.reasons.accepted.connect(lambda _key: self.accept())
        self.reasons.worded.connect(self._begin_words)
        room.column.addWidget(self.reasons)
        self.own = TextField(desk.say("Or in your own words"), longest=LONGEST)
        self.own.entered.connect(self.accept)
        room.column.addWidget(self.own)
        room.column.addStretch(1)
        self.foot.addWidget(Button(desk.say("Keep the change"), "Enter", icon="check",
                                   role="primary", run=self.accept))  # fmt: skip

    def begin(self) -> None:
        """A digit answers at once."""
        self.reasons.setFocus()

    def answer(self, event: QKeyEvent) -> bool:
        """A digit that was pressed elsewhere."""
        self.reasons.setFocus()
        self.reasons.keyPressEvent(event)
        return True

    def _begin_words(self, text: str) -> None:
        self.own.line.setFocus()
        self.own.line.insert(text)

    def accept(self) -> None:
        """Keep the change, or say that its reason is missing."""
        words = self.own.text
        if words:
            self._done("", words)
        elif self.reasons.key is not None:
            self._done(str(self.reasons.key), "")
        else:
            self.reasons.setFocus()
            self.desk.refused(
                sentence("Say why first: press the number of a reason, or write one.")
            )
