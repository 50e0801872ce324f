"""Another batch than the earliest: which one, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.desk import Desk
from desktop.units import quantity_words
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.fefo import Shelf
from inventory.domain.reasons import Context
from inventory.queries.items import ItemRow

EARLIEST = 0
"""Stands for "the earliest again" among the batches; no lot has this id."""


class BatchPanel(ReasonPanel):
    """`chosen(lot, reason)`; lot None is the earliest again, which needs no reason."""

    def __init__(
        self,
        desk: Desk,
        item: ItemRow,
        choosable: Sequence[Shelf],
        wanted: int | None,
        chosen: Callable[[int | None, str], object],
        *,
        may_return: bool,
    ) -> None:
        self._chosen = chosen
        super().__init__(
            desk,
            desk.say("Another batch"),
            Context.OTHER_BATCH,
            desk.say("Take this batch first"),
            lambda reason: chosen(self._lot, reason),
        )
        self.item = item
        self.batches = ChoiceList(desk.say("Batch"))
        rows = [self._row(shelf) for shelf in choosable]
        if may_return:
            rows.append(Row(EARLIEST, desk.say("The earliest again")))
        keys = [row.key for row in rows]
        self._known = wanted in keys
        self.batches.set_rows(rows, keys.index(wanted) if wanted in keys else 0)
        self.batches.accepted.connect(lambda _key: self._picked())
        self.batches.ended.connect(self._below)
        self.room.column.addWidget(label(desk.name(item.names), "item", wrap=True))
        self.room.column.addWidget(self.batches)
        self.add_reasons()

    @property
    def _lot(self) -> int | None:
        key = self.batches.key
        return key if isinstance(key, int) and key != EARLIEST else None

    def _row(self, shelf: Shelf) -> Row:
        desk = self.desk
        expiry = "" if shelf.expiry is None else desk.language.expiry(shelf.expiry)
        there = quantity_words(
            desk.language, self.item.unit, shelf.quantity, self.item.traits.decimals
        )
        return Row(shelf.lot_id, shelf.lot or desk.say("No batch number"), expiry, trail=there)

    def begin(self) -> None:
        """The batches first, or the reasons when the batch is in somebody's hand."""
        if self._known or len(self.batches.rows) == 1:
            self.reasons.setFocus()
        else:
            self.batches.setFocus()

    def _picked(self) -> None:
        if self._lot is None:
            self._chosen(None, "")
        else:
            self.reasons.setFocus()

    def _below(self, way: int) -> None:
        if way > 0:
            self.reasons.setFocus()

    def accept(self) -> None:
        """The batch with its reason, or the earliest again."""
        if self._lot is None:
            self._chosen(None, "")
        else:
            super().accept()
