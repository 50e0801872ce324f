"""Hold a batch, or release one that was held: which one, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.desk import Desk
from desktop.units import quantity_words
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.reasons import Context, offered
from inventory.domain.status import STATUSES, Status
from inventory.queries.items import ItemRow
from inventory.queries.lots import LotRow


def movable(lots: Sequence[LotRow]) -> list[LotRow]:
    """Batches that may be held or released: what expired or is damaged stays where it is."""
    fixed = (Status.EXPIRED, Status.DAMAGED)
    return [lot for lot in lots if lot.status not in fixed]


class HoldPanel(ReasonPanel):
    """`done(lot, reason)`. A usable batch is held, a held one released; the reasons follow."""

    def __init__(
        self,
        desk: Desk,
        item: ItemRow,
        lots: Sequence[LotRow],
        done: Callable[[LotRow, str], object],
    ) -> None:
        self.lots = movable(lots)
        super().__init__(
            desk, desk.say("Hold or release a batch"), Context.HOLD, desk.say("Change it"),
            lambda reason: done(self._lot, reason),
        )  # fmt: skip
        self.item = item
        self.batches = ChoiceList(desk.say("Batch"))
        self.batches.set_rows([self._row(i, lot) for i, lot in enumerate(self.lots)], 0)
        self.batches.moved.connect(lambda _key: self._offer())
        self.batches.accepted.connect(lambda _key: self.reasons.setFocus())
        self.room.column.addWidget(label(desk.name(item.names), "item", wrap=True))
        self.room.column.addWidget(self.batches)
        self.add_reasons()
        self._offer()

    @property
    def _lot(self) -> LotRow:
        return self.lots[int(str(self.batches.key or 0))]

    def _row(self, index: int, lot: LotRow) -> Row:
        language = self.desk.language
        there = quantity_words(language, self.item.unit, lot.quantity, self.item.traits.decimals)
        status = self.desk.say(STATUSES[lot.kept_as].name)
        second = self.desk.say("{status}, {place}", status=status, place=lot.place)
        if lot.status is Status.USABLE and lot.expiry is not None:
            second = self.desk.say("{place}, expires {expiry}", place=lot.place,
                                   expiry=lot.expiry)  # fmt: skip
        return Row(index, lot.lot or self.desk.say("No batch number"), second, there)

    def _offer(self) -> None:
        """Reasons to hold, or to release, as the chosen batch stands."""
        held = self._lot.kept_as is not Status.USABLE
        context = Context.RELEASE if held else Context.HOLD
        self.reasons.set_rows(
            [
                Row(reason.code, self.desk.say(reason.name), cap=str(n))
                for n, reason in enumerate(offered(context), 1)
            ]
        )
        self.button.set_words(self.desk.say("Release") if held else self.desk.say("Hold"))

    def begin(self) -> None:
        (self.batches if len(self.lots) > 1 else self.reasons).setFocus()
