"""What the stock list shows: pills with counts, the kind, and the sentence that sums it up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.desk import Desk
from desktop.widgets.buttons import Button
from desktop.widgets.filter_pills import FilterPills, state_pills
from inventory.domain.item_kinds import KINDS
from inventory.domain.sentence import counted
from inventory.queries.stock import StockRow
from inventory.queries.stock_filters import FILTERS, StockFilter, counts, worst_first


class FilterBar(QWidget):
    """`changed` when another pill or kind is chosen. `kinds` is a button to put in the header;
    `kinds_wanted` asks for the list of them.
    """

    changed = Signal()
    kinds_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.kind = ""
        self.pills = FilterPills(state_pills(tuple(FILTERS), desk.language))
        self.pills.changed.connect(lambda _key: self.changed.emit())
        self.kinds = Button(desk.say("All kinds"), "Alt+K", icon="filter-variant", small=True,
                            run=self.kinds_wanted.emit)  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.pills, 1)

    @property
    def key(self) -> str:
        """The pill in force, "" for all."""
        return self.pills.chosen

    @property
    def is_open(self) -> bool:
        """Whether everything is shown."""
        return not self.kind and not self.key

    def choose(self, key: str) -> None:
        """Another pill; the one in force stays."""
        if self.pills.chosen != key:
            self.pills.choose(key)

    def clear(self) -> None:
        """Everything again."""
        if self.is_open:
            return
        self.kind = ""
        self._show_kind()
        if self.key:
            self.pills.choose("")
        else:
            self.changed.emit()

    def shown(self, rows: Sequence[StockRow]) -> list[StockRow]:
        """The rows that stay, in order; the pills count what each of them would leave."""
        of_kind = [row for row in rows if not self.kind or row.item.kind == self.kind]
        self.pills.set_counts({"": len(of_kind), **counts(of_kind)}, self.desk.language)
        if self.key:
            return FILTERS[self.key].rows(of_kind)
        return sorted(of_kind, key=worst_first)

    def summary(self, rows: Sequence[StockRow]) -> str:
        """How many items are shown; of filters about batches, how many and their worth."""
        chosen = FILTERS.get(self.key)
        tell = self.desk.tell
        if chosen is not None and chosen.lots is not None:
            return self._batches(rows, chosen)
        worth = chosen.worth(rows) if chosen is not None else None
        if worth is not None:
            value = self.desk.language.money(worth)
            return tell(counted("{n} item, {value} dinars will be lost",
                                "{n} items, {value} dinars will be lost", len(rows),
                                value=value))  # fmt: skip
        return tell(counted("{n} item, worst first", "{n} items, worst first", len(rows)))

    def _batches(self, rows: Sequence[StockRow], chosen: StockFilter) -> str:
        assert chosen.lots is not None
        lots = sum(len(chosen.lots(row)) for row in rows)
        batches = counted("{n} batch", "{n} batches", lots)
        worth = chosen.worth(rows)
        if worth is None:
            told = counted("{n} item, {batches}, soonest first",
                           "{n} items, {batches}, soonest first", len(rows),
                           batches=batches)  # fmt: skip
        else:
            told = counted("{n} item, {batches}, worth {value} dinars",
                           "{n} items, {batches}, worth {value} dinars", len(rows),
                           batches=batches, value=self.desk.language.money(worth))  # fmt: skip
        return self.desk.tell(told)

    # Kinds

    def set_kind(self, kind: str) -> None:
        """Only items of that kind; "" for all."""
        self.kind = kind
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        words = KINDS[self.kind].name if self.kind else "All kinds"
        self.kinds.set_words(self.desk.say(words))
