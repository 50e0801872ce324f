"""Accepting a short-dated batch all the same, with a reason."""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk import Desk
from desktop.pages.receive.saying import shelf_life
from desktop.pages.receive.standing import Standing
from desktop.widgets.labels import label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.reasons import Context


class AcceptPanel(ReasonPanel):
    """`accept(reason)` is called once a reason was chosen."""

    def __init__(self, desk: Desk, row: Standing, accept: Callable[[str], object]) -> None:
        super().__init__(
            desk, desk.say("Accept with a reason"), Context.SHORT_DATED, desk.say("Accept it"),
            accept,
        )  # fmt: skip
        assert row.item is not None
        assert row.line is not None
        self.room.column.addWidget(label(desk.name(row.item.names), "item", wrap=True))
        _, words = shelf_life(row.item, row.line, desk.today)
        if words is not None:
            self.room.column.addWidget(label(desk.tell(words), "second", tone="amber", wrap=True))
        self.add_reasons()
