"""Which kind of items the list shows: a digit, or arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk import Desk
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.side_panel import SidePanel
from inventory.domain.item_kinds import KINDS


class KindPanel(SidePanel):
    """`done(kind)` with "" for all."""

    def __init__(self, desk: Desk, chosen: str, done: Callable[[str], object]) -> None:
        super().__init__(desk.say("Kinds"))
        self._done = done
        kinds = ["", *KINDS]
        words = [desk.say("All kinds"), *(desk.say(kind.name) for kind in KINDS.values())]
        rows = [
            Row(key, word, cap=str(n))
            for n, (key, word) in enumerate(zip(kinds, words, strict=True), 1)
        ]
        self.kinds = ChoiceList(desk.say("Kinds"))
        self.kinds.set_rows(rows, kinds.index(chosen))
        self.kinds.accepted.connect(lambda _key: self.accept())
        self.body.addWidget(self.kinds)

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.kinds.setFocus()

    def accept(self) -> None:
        """Show the highlighted kind."""
        self._done(str(self.kinds.key or ""))
