"""Panels with one list: what was dispensed today, and the baskets that are parked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.desk import Desk
from desktop.pages.dispense.keeping import Parked
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.hint_bar import HintBar
from desktop.widgets.labels import label
from desktop.widgets.scroll_column import ScrollColumn, stretch_body
from desktop.widgets.side_panel import SidePanel
from inventory.queries.day_list import Dispensing


class ListPanel(SidePanel):
    """A list that scrolls; `opened(key)` at Enter."""

    def __init__(
        self, desk: Desk, title: str, nothing: str, enter: str, opened: Callable[[str], object]
    ) -> None:
        super().__init__(title)
        self.desk = desk
        self.list = ChoiceList(title)
        self.list.accepted.connect(lambda key: opened(key) if isinstance(key, str) else None)
        self.nothing = label(nothing, "second", wrap=True)
        self.room = ScrollColumn()
        self.room.column.addWidget(self.nothing)
        self.room.column.addWidget(self.list)
        self.room.column.addStretch(1)
        self.body.addWidget(self.room, 1)
        stretch_body(self)
        self.foot.addWidget(HintBar([("↑ ↓", desk.say("row")), ("Enter", enter)], lined=False))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The rows as they are now; the highlight stays on its row."""
        keys = [row.key for row in rows]
        at = keys.index(self.list.key) if self.list.key in keys else 0
        self.list.set_rows(rows, at)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.list.setFocus()

    def accept(self) -> None:
        """Open the highlighted row."""
        self.list.accepted.emit(self.list.key)


class DayPanel(ListPanel):
    """Every dispensing of the day, the last one first. `opened(document number)`."""

    def __init__(self, desk: Desk, opened: Callable[[str], object]) -> None:
        super().__init__(
            desk,
            desk.say("Today's list"),
            desk.say("Nothing has been dispensed today."),
            desk.say("open, reverse"),
            opened,
        )

    def show_day(self, found: Sequence[Dispensing]) -> None:
        """The day as it is now."""
        self.set_quiet(self.desk.count("{n} visit", "{n} visits", len(found)))
        self.show_rows([self._row(one) for one in found])

    def _row(self, one: Dispensing) -> Row:
        desk, document = self.desk, one.document
        items = (*one.given, *(row for row in one.unmet if not _among(row.item_id, one)))
        words = desk.name(items[0].names) if items else document.number
        more = len(items) - 1
        trail = desk.language.time(document.recorded_at)
        told = document.number
        if more > 0:
            told = desk.count(
                "{number}, {n} item more", "{number}, {n} items more", more, number=told
            )
        if document.reversed_by is not None:
            told = desk.say("{number}, reversed", number=document.number)
        return Row(document.number, words, told, trail, quiet=document.reversed_by is not None)


class ParkedPanel(ListPanel):
    """The baskets that wait, the oldest first. `opened(key)` takes one up."""

    def __init__(
        self, desk: Desk, parked: Sequence[Parked], opened: Callable[[str], object]
    ) -> None:
        super().__init__(
            desk, desk.say("Parked baskets"), desk.say("Nothing is parked."),
            desk.say("take it up"), opened,
        )  # fmt: skip
        self.show_rows([self._row(one) for one in parked])

    def _row(self, one: Parked) -> Row:
        desk = self.desk
        items = desk.count("{n} item", "{n} items", one.lines)
        visit = desk.say("Visit {number}", number=one.visit) if one.visit else items
        second = items if one.visit else ""
        return Row(one.key, visit, second, trail=desk.language.time(one.since))


def _among(item_id: int, one: Dispensing) -> bool:
    return any(row.item_id == item_id for row in one.given)
