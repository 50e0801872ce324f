"""What each item used, month by month, and the days it was out of stock.

Balances of past days are walked back from today's stock through the daily changes of the window,
so the cost does not grow with history. A month that was reported on paper before Amana began
stands as reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from inventory.domain.consumption import MonthUse
from inventory.domain.months import Month, window
from inventory.storage.statement import Statement
from inventory.storage.types import day_of


class _Query:
    """The same question about every item, or about one."""

    def __init__(self, sql: str, tail: str = "", item: str = "item_id") -> None:
        self._all = Statement(f"{sql} {tail}")
        self._one = Statement(f"{sql} AND {item} = :item {tail}")

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        chosen = self._all if values["item"] is None else self._one
        return chosen.rows(connection, values)


_ANCHOR = Statement("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")
_NOW = _Query(
    """
SELECT s.item_id, sum(s.quantity) FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.status = 'usable' AND s.quantity > 0
  AND (l.expiry IS NULL OR l.expiry >= :day)
""",
    "GROUP BY s.item_id",
    "s.item_id",
)
_CHANGES = _Query(
    """
SELECT item_id, day, change FROM usable_day
WHERE clinic_id = :clinic AND day > :before AND day <= :day AND change <> 0
""",
    "ORDER BY day DESC",
)
_MONTHS = _Query("""
SELECT item_id, month, received, consumed FROM month_use
WHERE clinic_id = :clinic AND month >= :first AND month <= :last
""")
_REPORTED = _Query("""
SELECT item_id, month, received, consumed, opening, closing, days_out
FROM reported_month WHERE clinic_id = :clinic AND month >= :first AND month <= :last
""")
_FIRST = _Query("SELECT item_id, day FROM first_day WHERE clinic_id = :clinic")

Segment = tuple[date, date, int]
"""First day, last day, usable stock at the close of each of them."""


@dataclass(frozen=True, slots=True)
class ItemUse:
    """One item over the window. closing = opening + received - consumed + adjusted.

    `months` has None where there is no report. Quantities are usable, unexpired stock.
    `out_since` is the first of the days without any up to now, at the earliest the day before the
    window; None while there is some.
    """

    months: tuple[MonthUse | None, ...]
    opening: int
    received: int
    consumed: int
    closing: int
    out_since: date | None = None

    @property
    def adjusted(self) -> int:
        return self.closing - self.opening - self.received + self.consumed

    @property
    def days_out(self) -> int:
        return sum(month.days_out for month in self.months if month is not None)


def use_of_items(
    connection: Connection, clinic_id: int, today: date, months: int = 3, item_id: int | None = None
) -> dict[int, ItemUse]:
    """Use over the last complete months, of every item with a record, or of one item."""
    facts = _Facts(connection, clinic_id, today, window(today, months), item_id)
    return {item: facts.use(item) for item in facts.items()}


class _Facts:
    """What is read of the window, once for all items."""

    def __init__(
        self,
        connection: Connection,
        clinic_id: int,
        today: date,
        wanted: Sequence[Month],
        item_id: int | None,
    ) -> None:
        # Each month with its key, first and last day: asked for often.
        self.wanted = [(m, m.iso, m.first_day, m.last_day, m.days) for m in wanted]
        self.before = wanted[0].first_day - timedelta(days=1)
        ((last,),) = _ANCHOR.rows(connection, {"clinic": clinic_id})
        self.anchor = max(today, day_of(last)) if last else today
        given = {
            "clinic": clinic_id, "day": self.anchor.isoformat(), "item": item_id,
            "before": self.before.isoformat(), "first": wanted[0].iso, "last": wanted[-1].iso,
        }  # fmt: skip
        self.now = {item: int(quantity) for item, quantity in _NOW.rows(connection, given)}
        self.changes: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for item, day, change in _CHANGES.rows(connection, given):
            self.changes[item].append((day_of(day), change))
        self.used = {(r[0], r[1]): r[2:] for r in _MONTHS.rows(connection, given)}
        self.reported = {(r[0], r[1]): r[2:] for r in _REPORTED.rows(connection, given)}
        self.first = {item: day_of(day) for item, day in _FIRST.rows(connection, given)}

    def items(self) -> set[int]:
        return {*self.first, *(item for item, _ in self.reported)}

    def use(self, item: int) -> ItemUse:
        segments = self._segments(item)
        received = consumed = 0
        months: list[MonthUse | None] = []
        for month, key, first, last, days in self.wanted:
            reported = self.reported.get((item, key))
            came, went = (reported or self.used.get((item, key)) or (0, 0))[:2]
            received += came
            out: int | None
            if reported is not None:
                out = reported[4]
            else:
                out = self._days_out(item, first, last, segments)
            if out is None:
                months.append(None)
                continue
            months.append(MonthUse(month, went, out, days))
            consumed += went
        return ItemUse(
            tuple(months), self._opening(item, segments), received, consumed,
            self._closing(item, segments), _out_since(segments),
        )  # fmt: skip

    def _days_out(
        self, item: int, first: date, last: date, segments: Sequence[Segment]
    ) -> int | None:
        """Days of a month that closed with nothing usable; None before the first record."""
        known = self.first.get(item)
        if known is None or known > last:
            return None
        out = 0
        for start, end, balance in segments:
            if balance <= 0 and start <= last and end >= first:
                out += (min(end, last) - max(start, first)).days + 1
        return out

    def _opening(self, item: int, segments: Sequence[Segment]) -> int:
        reported = self.reported.get((item, self.wanted[0][1]))
        return int(reported[2]) if reported else _at(segments, self.before)

    def _closing(self, item: int, segments: Sequence[Segment]) -> int:
        _, key, _, last, _ = self.wanted[-1]
        reported = self.reported.get((item, key))
        return int(reported[3]) if reported else _at(segments, last)

    def _segments(self, item: int) -> list[Segment]:
        """From today back to the day before the window, newest first."""
        balance, end = self.now.get(item, 0), self.anchor
        segments: list[Segment] = []
        for day, change in self.changes.get(item, ()):
            segments.append((day, end, balance))
            balance, end = balance - change, day - timedelta(days=1)
        segments.append((self.before, end, balance))
        return segments


def _out_since(segments: Sequence[Segment]) -> date | None:
    """Movements of a day may cancel out: what counts is how it closed."""
    since = None
    for start, _, balance in segments:
        if balance > 0:
            break
        since = start
    return since


def _at(segments: Sequence[Segment], day: date) -> int:
    for start, end, balance in segments:
        if start <= day <= end:
            return balance
    return 0
