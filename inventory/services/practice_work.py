"""The days of the practice clinic: what is dispensed, ordered, delivered late, and left lying."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.item_kinds import Need
from inventory.domain.months import Month
from inventory.domain.visit import AGE_BANDS, SEXES, Visit
from inventory.queries.orders import OrderRow, order_by_id, order_lines
from inventory.services.adjusting import (
    OpeningLine,
    expired_on_shelf,
    move_expired,
    open_stock,
)
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.ordering import close_order, open_draft, print_order
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.services.reversing import reverse_by_id

if TYPE_CHECKING:
    from inventory.services.practice import Calendar, Habit

PHARMACIST, MANAGER, STORE = "Rana", "Salam", "Haval"
SUPPLIER = "DoH Nineveh"
DONOR = "Relief donation"
VISITS = 11
"""Dispensings a working day."""


class Work:
    """Lives through the days, in one transaction."""

    def __init__(
        self, connection: Connection, calendar: Calendar, habits: list[Habit], random: Random
    ) -> None:
        self.connection, self.calendar = connection, calendar
        self.habits, self.random = habits, random
        self.visit = 4000
        self.due: list[tuple[date, int]] = []

    def open_store(self, day: date) -> None:
        """Two and a half months of everything on the first day."""
        lines = tuple(
            OpeningLine(h.item.id, max(h.typical, h.monthly * 5 // 2), self._lot(h),
                        self._expiry(h, day, 8, 26))
            for h in self.habits
        )  # fmt: skip
        open_stock(self.connection, self.calendar.stamp(day, STORE), lines, day)

    def live_day(self, day: date, *, last: bool) -> None:
        """One day: deliveries, visits on a working day, an order at the end of the month."""
        for due, order_id in [pair for pair in self.due if pair[0] <= day and not last]:
            self.due.remove((due, order_id))
            self._deliver(order_id, day)
        if day.weekday() not in (4, 5):
            self._visits(day, VISITS // 2 if last else VISITS)
        if day.day == 20:
            self._donation(day)
        if Month.of(day).first_day == day:
            self.order_supplies(day)
        if day.day == 2:
            self._tidy(day)

    def leave_today(self, day: date) -> None:
        """What a newcomer finds: a mistake taken back, and stock that needs eyes."""
        dated = [h for h in self.habits if h.item.traits.expiry is Need.MUST]
        for habit in self.random.sample(dated, 2):
            self._last_box(habit, day, Expiry.of_day(day - timedelta(days=2)), habit.typical * 2)
        for habit in self.random.sample(dated, 5):
            soon = Month.of(day).next(self.random.randint(1, 2))
            expiry = Expiry.of_month(soon.year, soon.month)
            self._last_box(habit, day, expiry, habit.monthly * 3)
        habit = self.habits[0]
        line = DispenseLine(habit.item.id, habit.typical)
        wrong = dispense(
            self.connection, self.calendar.stamp(day, PHARMACIST),
            DispenseOrder((line,), day, give_what_there_is=True),
        )  # fmt: skip
        reverse_by_id(self.connection, self.calendar.stamp(day, PHARMACIST), wrong.document_id,
                      "WRONG_QUANTITY")  # fmt: skip

    def _last_box(self, habit: Habit, day: date, expiry: Expiry, quantity: int) -> None:
        """A box that came a month ago from a donor, with a reason to accept it."""
        came = day - timedelta(days=30)
        line = ReceiptLine(habit.item.id, max(1, quantity), self._lot(habit), expiry,
                           reason="USED_IN_TIME")  # fmt: skip
        receive(self.connection, self.calendar.stamp(day, STORE), Receipt((line,), came, DONOR,
                                                                          DONOR))  # fmt: skip

    def _visits(self, day: date, visits: int) -> None:
        wanted: list[DispenseLine] = []
        for habit in self.habits:
            times = habit.on(day) / (22 * habit.typical)
            count = int(times) + (self.random.random() < times - int(times))
            wanted += [DispenseLine(habit.item.id, habit.typical) for _ in range(count)]
        self.random.shuffle(wanted)
        size = max(1, -(-len(wanted) // visits))
        for start in range(0, len(wanted), size):
            basket = {line.item_id: line for line in wanted[start : start + size]}
            self.visit += 1
            order = DispenseOrder(
                tuple(basket.values()), day, self._visit(), give_what_there_is=True
            )
            dispense(self.connection, self.calendar.stamp(day, PHARMACIST), order)

    def _visit(self) -> Visit:
        return Visit(
            number=f"ZH-{self.visit}", sex=self.random.choice(list(SEXES)),
            age_band=self.random.choice(list(AGE_BANDS)),
            prescriber=self.random.choice(("D1", "D2", "D3")),
        )  # fmt: skip

    def order_supplies(self, day: date) -> None:
        """Print an order; it is delivered some days later."""
        order_id = open_draft(self.connection, self.calendar.stamp(day, MANAGER))
        if not order_lines(self.connection, order_id):
            return
        print_order(self.connection, self.calendar.stamp(day, MANAGER), order_id)
        self.due.append((day + timedelta(days=self.random.randint(4, 12)), order_id))

    def _deliver(self, order_id: int, day: date) -> None:
        order = order_by_id(self.connection, order_id)
        lines = tuple(self._arrivals(order, day))
        if lines:
            receipt = Receipt(
                lines, day, SUPPLIER, SUPPLIER, f"{4000 + order_id}", order_id, order.number
            )
            receive(self.connection, self.calendar.stamp(day, STORE), receipt)
        close_order(self.connection, self.calendar.stamp(day, STORE), order_id)

    def _arrivals(self, order: OrderRow, day: date) -> list[ReceiptLine]:
        habits = {habit.item.id: habit for habit in self.habits}
        found = []
        for line in order_lines(self.connection, order.id):
            habit = habits.get(line.item.id)
            share = self.random.choice((100,) * 12 + (60, 0))
            came = line.requested * share // 100
            if habit is None or not came:
                continue
            broken = came // 40 if self.random.random() < 0.05 else 0
            found.append(
                ReceiptLine(
                    line.item.id, came - broken, self._lot(habit), self._expiry(habit, day, 7, 30),
                    damaged=broken, ordered=line.requested, on_waybill=came,
                    pack_size=line.pack_size, reason="AGREED",
                )
            )  # fmt: skip
        return found

    def _donation(self, day: date) -> None:
        """Donated boxes arrive short-dated."""
        dated = [h for h in self.habits if h.item.traits.expiry is Need.MUST]
        habit = self.random.choice(dated)
        line = ReceiptLine(
            habit.item.id, max(habit.typical, habit.monthly // 2), self._lot(habit),
            self._expiry(habit, day, 2, 6), reason="USED_IN_TIME",
        )  # fmt: skip
        receipt = Receipt((line,), day, DONOR, DONOR)
        receive(self.connection, self.calendar.stamp(day, STORE), receipt)

    def _tidy(self, day: date) -> None:
        if expired_on_shelf(self.connection, self.calendar.clinic_id, day):
            move_expired(self.connection, self.calendar.stamp(day, PHARMACIST))

    def _lot(self, habit: Habit) -> str:
        if habit.item.traits.batch is not Need.MUST:
            return ""
        return f"{habit.item.code[:2]}{self.random.randint(1000, 9999)}"

    def _expiry(self, habit: Habit, day: date, least: int, most: int) -> Expiry | None:
        if habit.item.traits.expiry is not Need.MUST:
            return None
        month = Month.of(day).next(self.random.randint(least, most))
        if self.random.random() < 0.5:
            return Expiry.of_month(month.year, month.month)
        return Expiry.of_day(month.last_day)
