"""The days of the practice clinic: what is dispensed, ordered, delivered late, and left lying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from inventory.domain.visit import AGE_BANDS, SEXES, Visit
from inventory.services.adjusting import OpeningLine, expired_on_shelf, move_expired, open_stock
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.practice_demand import Demand, Habit
from inventory.services.practice_supply import Supply
from inventory.services.reversing import reverse_by_id

if TYPE_CHECKING:
    from inventory.services.practice import Calendar

PHARMACIST, STORE = "Rana", "Haval"
VISIT = 2.3
"""Medicines a visit."""
RECENT = 24
"""Days before today in which every visit is told; before, a few stand for all of a day."""
REGISTERS = 6
"""Documents of an earlier day."""
TIDY = 10
"""Days before today in which nobody has looked for expired stock."""


class Work:
    """Lives through the days, in one transaction."""

    def __init__(
        self, connection: Connection, calendar: Calendar, habits: Sequence[Habit],
        demand: Demand, random: Random,
    ) -> None:  # fmt: skip
        self.connection, self.calendar = connection, calendar
        self.habits, self.demand, self.random = habits, demand, random
        self.today = demand.days[-1]
        self.supply = Supply(connection, calendar, habits, demand, random)
        self.visit = 4000

    def open_store(self, day: date) -> None:
        """Two and a half months of everything on the first day."""
        supply = self.supply
        lines = tuple(
            OpeningLine(h.item.id, max(h.typical, h.monthly * 5 // 2), supply.lot(h),
                        supply.expiry(h, day, 8, 26), supply.place(h))
            for h in self.habits
        )  # fmt: skip
        open_stock(self.connection, self.calendar.stamp(day, STORE), lines, day)

    def live_day(self, day: date) -> None:
        """One day: deliveries and gifts, visits, orders, and a look at what has expired."""
        self.supply.live_day(day)
        if day.day == 2 and (self.today - day).days > TIDY:
            self._tidy(day)
        for basket in self._baskets(day):
            self._dispense(day, basket)

    def _baskets(self, day: date) -> Iterator[list[DispenseLine]]:
        """The day's lines over its visits; no visit has the same item twice."""
        if (self.today - day).days > RECENT:
            lines = [
                DispenseLine(h.item.id, times * h.typical)
                for h in self.habits
                if (times := self.demand.times(h, day))
            ]
            yield from (lines[at::REGISTERS] for at in range(min(REGISTERS, len(lines))))
            return
        asked = [
            DispenseLine(h.item.id, h.typical)
            for h in self.habits
            for _ in range(self.demand.times(h, day))
        ]
        self.random.shuffle(asked)
        baskets: list[dict[int, DispenseLine]] = [{} for _ in range(round(len(asked) / VISIT))]
        for at, line in enumerate(asked):
            turn = (baskets[(at + more) % len(baskets)] for more in range(len(baskets)))
            free = next((b for b in turn if line.item_id not in b), None)
            (free if free is not None else baskets[0])[line.item_id] = line
        yield from (list(basket.values()) for basket in baskets if basket)

    def _dispense(self, day: date, lines: Sequence[DispenseLine]) -> None:
        self.visit += 1
        order = DispenseOrder(tuple(lines), day, self._visit(), give_what_there_is=True)
        dispense(self.connection, self.calendar.stamp(day, PHARMACIST), order)

    def _visit(self) -> Visit:
        return Visit(
            number=f"ZH-{self.visit}", sex=self.random.choice(list(SEXES)),
            age_band=self.random.choice(list(AGE_BANDS)),
            prescriber=self.random.choice(("D1", "D2", "D3")),
        )  # fmt: skip

    def _tidy(self, day: date) -> None:
        if expired_on_shelf(self.connection, self.calendar.clinic_id, day):
            move_expired(self.connection, self.calendar.stamp(day, PHARMACIST))

    def make_a_mistake(self) -> None:
        """A dispensing of today that was taken back."""
        line = DispenseLine(self.habits[0].item.id, self.habits[0].typical)
        order = DispenseOrder((line,), self.today, give_what_there_is=True)
        stamp = self.calendar.stamp(self.today, PHARMACIST)
        wrong = dispense(self.connection, stamp, order)
        stamp = self.calendar.stamp(self.today, PHARMACIST)
        reverse_by_id(self.connection, stamp, wrong.document_id, "WRONG_QUANTITY")

