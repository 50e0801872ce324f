"""What stands beside the basket: the visit, or a panel in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from desktop.desk import Desk
from desktop.pages.dispense.batch_panel import BatchPanel
from desktop.pages.dispense.counter import Counter
from desktop.pages.dispense.emergency import EmergencyPanel
from desktop.pages.dispense.list_panels import DayPanel, ListPanel, ParkedPanel
from desktop.pages.dispense.reverse_panel import ReversePanel
from desktop.pages.dispense.visit_panel import VisitPanel
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.sentence import Refused, sentence
from inventory.queries.day_list import Dispensing, day_list, dispensing_numbered
from inventory.services.reversing import reverse

Panel = ReasonPanel | ListPanel


class Side:
    """One panel at a time. `to_line` puts the cursor back into the basket."""

    def __init__(
        self,
        desk: Desk,
        counter: Counter,
        visit: VisitPanel,
        row: QHBoxLayout,
        to_line: Callable[[], object],
    ) -> None:
        self.desk, self.counter, self.visit, self.row = desk, counter, visit, row
        self.panel: Panel | None = None
        self._to_line = to_line
        self._from_list = False

    def refresh(self) -> None:
        """What is shown may have changed."""
        self.visit.setVisible(self.counter.basket.begun and self.panel is None)
        if isinstance(self.panel, DayPanel):
            self.panel.show_day(self._day())

    def act(self, act: Callable[[], object]) -> None:
        """Run what a panel asks; a refusal is said like any other."""
        try:
            act()
        except Refused as refusal:
            self.desk.refused(refusal)

    # Opening and closing

    def open(self, panel: Panel) -> None:
        """In place of what is there, with the cursor in it."""
        self.close()
        self.panel = panel
        panel.closed.connect(self.back)
        self.row.addWidget(panel)
        self.visit.hide()
        panel.show()
        panel.begin()

    def close(self) -> None:
        """The visit is there again, when there is a basket."""
        panel, self.panel, self._from_list = self.panel, None, False
        if panel is not None:
            self.row.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.visit.setVisible(self.counter.basket.begun)

    def back(self) -> bool:
        """Esc: from a dispensing to the list it was opened from, else the panel goes."""
        if self.panel is None:
            return False
        to_list, on_line = self._from_list, isinstance(self.panel, BatchPanel)
        self.close()
        if to_list:
            self.show_day()
        elif on_line:
            self._to_line()
        else:
            self.desk.back_to_field()
        return True

    # Panels

    def another_batch(self, wanted: int | None = None) -> None:
        """Which batch goes first on the line people are on, and why. Raises Refused."""
        line = self.counter.basket.line
        if line is None:
            return
        choosable = self.counter.choosable()
        item = self.counter.seen.lines[self.counter.basket.at].item
        if not choosable and line.lot_id is None:
            raise Refused("There is no other batch of {item} to take.", item=item.names)
        self.open(
            BatchPanel(
                self.desk, item, choosable, wanted,
                lambda lot, reason: self.act(lambda: self._batch(lot, reason)),
                may_return=line.lot_id is not None,
            )
        )  # fmt: skip

    def ask_emergency(self) -> None:
        """Why stock is taken out in an emergency; again closes it."""
        if isinstance(self.panel, EmergencyPanel):
            self.back()
            return
        self.open(EmergencyPanel(self.desk, self.counter.basket.emergency,
                                 lambda reason: self.act(lambda: self._emergency(reason))))

    def _emergency(self, reason: str) -> None:
        self.close()
        self.counter.call_emergency(reason)
        self._to_line()

    def _batch(self, lot_id: int | None, reason: str) -> None:
        self.close()
        self.counter.choose_batch(lot_id, reason)
        self._to_line()

    def show_day(self) -> None:
        """The day's list; again closes it."""
        if isinstance(self.panel, DayPanel):
            self.back()
            return
        panel = DayPanel(self.desk, lambda number: self.act(lambda: self._from_day(number)))
        panel.show_day(self._day())
        self.open(panel)

    def _day(self) -> list[Dispensing]:
        return self.desk.ask(day_list, self.desk.clinic.id, self.desk.today)

    def _from_day(self, number: str) -> None:
        self.show_dispensing(number)
        self._from_list = True

    def show_dispensing(self, number: str) -> None:
        """One dispensing of any day, with the reasons for taking it back. Raises Refused."""
        found = self.desk.ask(dispensing_numbered, self.desk.clinic.id, number)
        self.open(
            ReversePanel(
                self.desk, found,
                lambda number, reason: self.act(lambda: self._reverse(number, reason)),
            )
        )  # fmt: skip

    def _reverse(self, number: str, reason: str) -> None:
        done = self.desk.do(reverse, number, reason)
        self.close()
        self.desk.done(sentence("Reversed {number} by {other}", number=number, other=done.number))
        self.desk.back_to_field()

    def take_up(self) -> None:
        """The parked basket; with several, which one. Raises Refused when there is none."""
        parked = self.counter.keeping.parked()
        if not parked:
            raise Refused("Nothing is parked.")
        if len(parked) == 1:
            self._take_up(parked[0].key)
            return
        self.open(
            ParkedPanel(self.desk, parked, lambda key: self.act(lambda: self._take_up(key)))
        )

    def _take_up(self, key: str) -> None:
        self.close()
        self.counter.take_up(key)
        self._to_line()
