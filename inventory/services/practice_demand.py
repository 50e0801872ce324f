"""What the patients of the practice clinic will ask for, drawn before its year begins.

Deliveries can then be made to fit: to last until the day a story says, and not a day longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from random import Random

from inventory.domain.months import Month, window
from inventory.queries.items import ItemRow

CLOSED = (4, 5)
"""Friday and Saturday."""
WORKDAYS = 22
"""Working days a month."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How an item is used: units a month, units at a time, and percent in winter and summer."""

    item: ItemRow
    monthly: int
    typical: int
    winter: int
    summer: int

    def on(self, day: date) -> int:
        """Units a month at that time of year."""
        percent = self.winter if day.month in (11, 12, 1, 2) else 100
        percent = self.summer if day.month in (6, 7, 8, 9) else percent
        return self.monthly * percent // 100


class Demand:
    """How often each habit's item is asked for on each day; on the last one, only until now."""

    def __init__(self, habits: Sequence[Habit], days: Sequence[date], random: Random) -> None:
        self.days = tuple(days)
        self._number = {day: number for number, day in enumerate(self.days)}
        self._times = {habit.item.id: self._draw(habit, random) for habit in habits}
        self._before = {
            item: (0, *accumulate(times)) for item, times in self._times.items()
        }

    def _draw(self, habit: Habit, random: Random) -> tuple[int, ...]:
        mood: dict[Month, float] = {}
        times = []
        for day in self.days:
            month = Month.of(day)
            if month not in mood:
                mood[month] = random.uniform(0.86, 1.16)
            rate = mood[month] * habit.on(day) / (WORKDAYS * habit.typical)
            rate = rate / 2 if day == self.days[-1] else rate
            whole = int(rate)
            drawn = whole + (random.random() < rate - whole)
            # Today there is something to see on any day of the week.
            closed = day.weekday() in CLOSED and day != self.days[-1]
            times.append(0 if closed else drawn)
        return tuple(times)

    def times(self, habit: Habit, day: date) -> int:
        """How many patients ask for it that day."""
        return self._times[habit.item.id][self._number[day]]

    def units(self, habit: Habit, first: date, last: date) -> int:
        """Units asked for from the first day to the last, both counted; days outside count 0."""
        start = self._clip(first)
        end = self._clip(last) + (self.days[0] <= last <= self.days[-1])
        before = self._before[habit.item.id]
        return max(0, before[min(end, len(self.days))] - before[start]) * habit.typical

    def _clip(self, day: date) -> int:
        if day < self.days[0]:
            return 0
        return self._number.get(day, len(self.days))

    def monthly(self, habit: Habit, today: date) -> Fraction:
        """What the average will be today, as far as it is asked for: units a month."""
        months = window(today, 3)
        asked = self.units(habit, months[0].first_day, months[-1].last_day)
        return Fraction(asked, len(months))
