"""The page with nothing in the basket: what to do first, and the basket that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.dispense.keeping import Parked
from desktop.widgets.buttons import link_button
from desktop.widgets.empty import Empty
from desktop.widgets.labels import icon_label, label

# Beginnings of a name in each script, and a code: typed things, not words of the program.
EXAMPLES = ("amox", "باراس", "مێتف", "MED-0041")


class EmptyBasket(QFrame):
    """`take_up` is what Alt+H does."""

    def __init__(self, desk: Desk, take_up: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        self.sheet = Empty(
            "barcode-scan",
            desk.say("Scan the first medicine"),
            desk.say("or type a few letters of its name in any language, or its code"),
            EXAMPLES,
        )
        self.parked = QWidget()
        row = QHBoxLayout(self.parked)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(10))
        self.words = label("", "second")
        row.addWidget(icon_label("history", 16))
        row.addWidget(self.words)
        row.addWidget(link_button(desk.say("Take it up"), "Alt+H", run=take_up))
        self.sheet.set_foot(self.parked)
        self.parked.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.sheet)

    def show_parked(self, parked: Sequence[Parked]) -> None:
        """What waits, if anything does."""
        self.parked.setVisible(bool(parked))
        if not parked:
            return
        time = self.desk.language.time(parked[0].since)
        if len(parked) == 1:
            told = self.desk.count(
                "One basket is parked since {time}: {n} item",
                "One basket is parked since {time}: {n} items",
                parked[0].lines, time=time,
            )  # fmt: skip
        else:
            told = self.desk.count(
                "{n} basket is parked, the oldest since {time}",
                "{n} baskets are parked, the oldest since {time}",
                len(parked), time=time,
            )  # fmt: skip
        self.words.setText(told)
