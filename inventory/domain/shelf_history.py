"""How much stood on the shelf at the close of each day, walked back from what stands there now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


class History:
    """Balances from the day `before` to the day `end`, both counted.

    `changes` are the net changes of days after `before`, newest first. Movements of a day may
    cancel out: what counts is how it closed.
    """

    __slots__ = ("_closes", "_end", "_ever_empty")

    def __init__(
        self, now: int, end: date, changes: Iterable[tuple[date, int]], before: date
    ) -> None:
        self._end = end
        # Each balance with the day since which it stood, newest first.
        self._closes: list[tuple[date, int]] = []
        empty, balance = now <= 0, now
        for day, change in changes:
            self._closes.append((day, balance))
            balance -= change
            empty = empty or balance <= 0
        self._closes.append((before, balance))
        self._ever_empty = empty

    def at(self, day: date) -> int:
        """The balance at the close of that day; 0 outside of what is known."""
        if day > self._end:
            return 0
        for since, balance in self._closes:
            if since <= day:
                return balance
        return 0

    def days_empty(self, first: date, last: date) -> int:
        """Days from `first` to `last` that closed with nothing."""
        if not self._ever_empty:
            return 0
        days, end = 0, self._end
        for since, balance in self._closes:
            if balance <= 0 and since <= last and end >= first:
                days += (min(end, last) - max(since, first)).days + 1
            end = since - timedelta(days=1)
        return days

    def empty_since(self) -> date | None:
        """The first of the days without any up to now; None while there is some."""
        found = None
        for since, balance in self._closes:
            if balance > 0:
                break
            found = since
        return found
