"""How the practice clinic is supplied: an order a month, delivered late and never quite right.

Ordinary deliveries bring what was ordered, or some of it. The last one, and the one before a gap,
bring what the stories need: `Demand` says how long a quantity lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.item_kinds import KINDS, Need
from inventory.domain.months import Month
from inventory.domain.rounding import up
from inventory.domain.status import Status
from inventory.queries.clinics import places
from inventory.queries.lots import all_lots
from inventory.queries.orders import OrderLineRow, OrderRow, order_by_id, order_lines
from inventory.services.ordering import close_order, open_draft, print_order
from inventory.services.practice_demand import Demand, Habit
from inventory.services.practice_stories import LONG, ORDINARY, Gift, Story, story_of
from inventory.services.receiving import Receipt, ReceiptLine, receive

if TYPE_CHECKING:
    from inventory.services.practice import Calendar

MANAGER, STORE = "Salam", "Haval"
SUPPLIER, VACCINES, DONOR = "DoH Nineveh", "EPI Nineveh", "Relief donation"
LEAD = 8
"""Days from an order to its delivery."""
VACCINE = "vaccine"
ORDERED = tuple(sorted(kind for kind in KINDS if kind != VACCINE))
VACCINES_ORDERED = 6
"""Days ago."""


class Supply:
    """Orders and deliveries of one year that ends today."""

    def __init__(
        self, connection: Connection, calendar: Calendar, habits: Sequence[Habit],
        demand: Demand, random: Random,
    ) -> None:  # fmt: skip
        self.connection, self.calendar = connection, calendar
        self.habits, self.demand, self.random = habits, demand, random
        self.today = demand.days[-1]
        self.orders = {month_before(self.today, n): n for n in range(1, 13)}
        """The days orders are made, and how many orders ago."""
        self.arrivals: dict[date, tuple[int, int]] = {}
        """The days they arrive: order id, and how many orders ago."""
        self.gifts: dict[date, list[tuple[Habit, Gift]]] = {}
        for habit in habits:
            gift = story_of(habit.item.code).gift
            if gift is not None:
                self.gifts.setdefault(self._ago(gift.days), []).append((habit, gift))
        self._places = [place.id for place in places(connection, calendar.clinic_id)]
        self.open_order: OrderRow | None = None
        """The last order, of which something is still to come."""

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def live_day(self, day: date) -> None:
        """What arrives, and what is ordered."""
        if day in self.arrivals:
            self._deliver(*self.arrivals[day], day)
            self._deliver_vaccines(self.arrivals[day][1], day)
        for habit, gift in self.gifts.get(day, ()):
            self._give(habit, gift, day)
        if day in self.orders:
            self._order(day, ORDERED)
        if day == self._ago(VACCINES_ORDERED):
            self._order(day, (VACCINE,))

    def _order(self, day: date, kinds: Sequence[str]) -> None:
        order_id = open_draft(self.connection, self.calendar.stamp(day, MANAGER), kinds=kinds)
        if not order_lines(self.connection, order_id):
            return
        print_order(self.connection, self.calendar.stamp(day, MANAGER), order_id)
        if day in self.orders and kinds == ORDERED:
            self.arrivals[day + timedelta(days=LEAD)] = (order_id, self.orders[day])

    # Deliveries

    def _deliver(self, order_id: int, ago: int, day: date) -> None:
        order = order_by_id(self.connection, order_id)
        lines = tuple(self._lines(order, ago, day))
        if lines:
            receipt = Receipt(
                lines, day, SUPPLIER, SUPPLIER, f"{4000 + order_id}", order_id, order.number
            )
            receive(self.connection, self.calendar.stamp(day, STORE), receipt)
        if ago > 1:
            close_order(self.connection, self.calendar.stamp(day, STORE), order_id)
        else:
            self.open_order = order_by_id(self.connection, order_id)

    def _lines(self, order: OrderRow, ago: int, day: date) -> Iterator[ReceiptLine]:
        asked = {line.item.id: line for line in order_lines(self.connection, order.id)}
        usable = self._usable(day)
        for habit in self.habits:
            if habit.item.kind == VACCINE:
                continue
            line = asked.get(habit.item.id)
            came = self._amount(habit, ago, day, usable.get(habit.item.id, 0), line)
            if came > 0:
                yield self._line(habit, came, day, line)

    def _amount(
        self, habit: Habit, ago: int, day: date, there: int, line: OrderLineRow | None
    ) -> int:
        """What of an item the delivery brings."""
        story = story_of(habit.item.code)
        asked = line.requested if line is not None else 0
        if ago == 1:
            fitting = self._for_today(habit, story, day, there)
            return fitting if story is not ORDINARY else max(fitting, asked)
        share = self.random.choice((100,) * 8 + (110, 120, 120, 60))
        usual = in_packs(habit, asked * share // 100)
        if story.gap and ago >= 3:
            until_gap = self._until_gap(habit, story, day, there)
            return until_gap if ago == 3 else min(usual, until_gap)
        if story is ORDINARY or ago > (5 if story.ran_out is not None else 3):
            return usual
        return min(usual, self._for_today(habit, story, day, there))

    def _until_gap(self, habit: Habit, story: Story, day: date, there: int) -> int:
        """So much that nothing is left for the last days before the delivery of two orders ago."""
        following = month_before(self.today, 2) + timedelta(days=LEAD)
        last = following - timedelta(days=story.gap + 1)
        return max(0, self.demand.units(habit, day, last) - there)

    def _for_today(self, habit: Habit, story: Story, day: date, there: int) -> int:
        """So much that today stands as the story says: run out, or with that cover."""
        if story.ran_out is not None:
            return self.demand.units(habit, day, self._ago(story.ran_out)) - there
        cover = 10 * story.cover if story.cover is not None else self.random.randint(205, 250)
        wanted = self._units(habit, cover) + self.demand.units(habit, day, self.today) - there
        if story.gift is not None:
            wanted += self._lost(habit, story.gift, day) - self._coming(habit, story.gift, day)
        return in_packs(habit, wanted)

    def _units(self, habit: Habit, cover: int) -> int:
        """So many hundredths of a month's use, in units."""
        return up(self.demand.monthly(habit, self.today) * cover / 100)

    def _lost(self, habit: Habit, gift: Gift, day: date) -> int:
        """What expires of a gift between that day and today."""
        expires = self.today + timedelta(days=gift.expires)
        return self._units(habit, 10 * gift.left) if day <= expires < self.today else 0

    def _coming(self, habit: Habit, gift: Gift, day: date) -> int:
        """The gift, if it has not come by then."""
        return self._gift_amount(habit, gift) if self._ago(gift.days) >= day else 0

    def _line(
        self, habit: Habit, came: int, day: date, line: OrderLineRow | None
    ) -> ReceiptLine:
        broken = came // 40 if self.random.random() < 0.05 else 0
        return ReceiptLine(
            habit.item.id, came - broken, self.lot(habit), self.expiry(habit, day, 8, 30),
            damaged=broken, ordered=None if line is None else line.requested, on_waybill=came,
            pack_size=habit.item.pack_size, place_id=self.place(habit), reason="AGREED",
        )  # fmt: skip

    def _deliver_vaccines(self, ago: int, day: date) -> None:
        """The vaccine programme sends what it thinks is needed."""
        usable = self._usable(day)
        lines = []
        for habit in self.habits:
            if habit.item.kind != VACCINE:
                continue
            there = usable.get(habit.item.id, 0)
            story = story_of(habit.item.code)
            came = in_packs(habit, habit.monthly * 5 // 2 - there)
            if ago == 1:
                came = self._for_today(habit, story, day, there)
            if came > 0:
                lines.append(self._line(habit, came, day, None))
        if lines:
            receipt = Receipt(tuple(lines), day, VACCINES, VACCINES)
            receive(self.connection, self.calendar.stamp(day, STORE), receipt)

    def _usable(self, day: date) -> dict[int, int]:
        there: dict[int, int] = {}
        for lot in all_lots(self.connection, self.calendar.clinic_id, day):
            if lot.status is Status.USABLE:
                there[lot.item_id] = there.get(lot.item_id, 0) + lot.quantity
        return there

    # Gifts

    def _give(self, habit: Habit, gift: Gift, day: date) -> None:
        """Donated boxes arrive, most of them short-dated."""
        last = self.today + timedelta(days=gift.expires)
        expiry = Expiry.of_day(last)
        if gift.expires > 0 and Month.of(last).days - last.day < 5:
            expiry = Expiry.of_month(last.year, last.month)
        line = ReceiptLine(habit.item.id, self._gift_amount(habit, gift), self.lot(habit), expiry,
                           place_id=self.place(habit), reason="USED_IN_TIME")  # fmt: skip
        receipt = Receipt((line,), day, DONOR, DONOR)
        receive(self.connection, self.calendar.stamp(day, STORE), receipt)

    def _gift_amount(self, habit: Habit, gift: Gift) -> int:
        """What is used of it until today, or until it expires, and what is left then."""
        left = max(1, self._units(habit, 10 * gift.left))
        if gift.expires > LONG:
            return in_packs(habit, left)
        last = min(self.today, self.today + timedelta(days=gift.expires))
        return left + self.demand.units(habit, self._ago(gift.days), last)

    # Batches

    def lot(self, habit: Habit) -> str:
        """A number such as AM1203."""
        if habit.item.traits.batch is not Need.MUST:
            return ""
        return f"{habit.item.code[:2]}{self.random.randint(1000, 9999)}"

    def expiry(self, habit: Habit, day: date, least: int, most: int) -> Expiry | None:
        """So many months ahead; half of the packs tell the day."""
        if habit.item.traits.expiry is not Need.MUST:
            return None
        month = Month.of(day).next(self.random.randint(least, most))
        if self.random.random() < 0.5:
            return Expiry.of_month(month.year, month.month)
        return Expiry.of_day(month.last_day)

    def place(self, habit: Habit) -> int:
        """Most of it in the pharmacy; what comes in large packs often in the store."""
        chance = 0.4 if habit.item.pack_size >= 100 else 0.1
        return self._places[-1 if self.random.random() < chance else 0]


def month_before(today: date, months: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    month = Month.of(today).before(months)
    return month.first_day.replace(day=min(today.day, month.days))


def in_packs(habit: Habit, quantity: int) -> int:
    """Rounded up to packs where they are small, else to what one patient gets."""
    size = habit.item.pack_size if habit.item.pack_size * 3 <= habit.monthly else habit.typical
    return max(0, -(-quantity // size) * size)

