"""What each item used, month by month, and the days it was out of stock.

Balances of past days are walked back from today's stock through the daily changes of the window,
so the cost does not grow with history. A month that was reported on paper before Amana began
stands as reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.consumption import MonthUse
from inventory.domain.months import Month, window
from inventory.storage.types import day_of

_ONE = " AND item_id = :item"
_ANCHOR = text("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")
_NOW = """
SELECT s.item_id, sum(s.quantity) AS quantity FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.status = 'usable' AND (l.expiry IS NULL OR l.expiry >= :day)
"""
_CHANGES = """
SELECT item_id, day, change FROM usable_day
WHERE clinic_id = :clinic AND day >= :start AND day <= :day
"""
_MONTHS = """
SELECT item_id, month, received, consumed, adjusted FROM month_use
WHERE clinic_id = :clinic AND month >= :first AND month <= :last
"""
_REPORTED = """
SELECT item_id, month, opening, received, consumed, adjusted, closing, days_out
FROM reported_month WHERE clinic_id = :clinic AND month >= :first AND month <= :last
"""
_FIRST = "SELECT item_id, day FROM first_day WHERE clinic_id = :clinic"


@dataclass(frozen=True, slots=True)
class ItemUse:
    """One item over the window. closing = opening + received - consumed + adjusted.

    `months` has None where there is no report. Quantities are usable, unexpired stock.
    """

    months: tuple[MonthUse | None, ...]
    opening: int
    received: int
    consumed: int
    closing: int

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
    wanted = window(today, months)
    facts = _Facts.read(connection, clinic_id, today, wanted, item_id)
    return {item: facts.use(item, wanted) for item in facts.items()}


@dataclass(frozen=True, slots=True)
class _Facts:
    anchor: date
    now: Mapping[int, int]
    changes: Mapping[int, list[tuple[date, int]]]
    used: Mapping[tuple[int, str], Row[Any]]
    reported: Mapping[tuple[int, str], Row[Any]]
    first: Mapping[int, date]

    @classmethod
    def read(
        cls,
        connection: Connection,
        clinic_id: int,
        today: date,
        wanted: Sequence[Month],
        item_id: int | None,
    ) -> _Facts:
        last = connection.execute(_ANCHOR, {"clinic": clinic_id}).scalar()
        anchor = max(today, day_of(last) if last else today)
        given: dict[str, Any] = {
            "clinic": clinic_id, "day": anchor.isoformat(), "item": item_id,
            "start": wanted[0].first_day.isoformat(),
            "first": wanted[0].iso, "last": wanted[-1].iso,
        }  # fmt: skip

        def rows(query: str, tail: str = "") -> Sequence[Row[Any]]:
            one = _ONE.replace("item_id", "s.item_id") if " stock s" in query else _ONE
            statement = text(query + (one if item_id is not None else "") + tail)
            used = {k: given[k] for k in statement._bindparams}
            return connection.execute(statement, used).all()

        changes: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for row in rows(_CHANGES, " ORDER BY day DESC"):
            changes[row.item_id].append((day_of(row.day), row.change))
        return cls(
            anchor,
            {r.item_id: int(r.quantity) for r in rows(_NOW, " GROUP BY s.item_id")},
            changes,
            {(r.item_id, r.month): r for r in rows(_MONTHS)},
            {(r.item_id, r.month): r for r in rows(_REPORTED)},
            {r.item_id: day_of(r.day) for r in rows(_FIRST)},
        )

    def items(self) -> set[int]:
        return {*self.first, *(item for item, _ in self.reported)}

    def use(self, item: int, wanted: Sequence[Month]) -> ItemUse:
        balances = list(self._segments(item, wanted[0].first_day - timedelta(days=1)))
        months = tuple(self._month(item, month, balances) for month in wanted)
        opening = self.reported.get((item, wanted[0].iso))
        closing = self.reported.get((item, wanted[-1].iso))
        return ItemUse(
            months,
            opening.opening if opening else _at(balances, wanted[0].first_day - timedelta(days=1)),
            sum(self._sum(item, month, "received") for month in wanted),
            sum(month.consumed for month in months if month is not None),
            closing.closing if closing else _at(balances, wanted[-1].last_day),
        )

    def _sum(self, item: int, month: Month, name: str) -> int:
        row = self.reported.get((item, month.iso)) or self.used.get((item, month.iso))
        return 0 if row is None else int(getattr(row, name))

    def _month(
        self, item: int, month: Month, balances: Sequence[tuple[date, date, int]]
    ) -> MonthUse | None:
        reported = self.reported.get((item, month.iso))
        if reported is not None:
            return MonthUse(month, reported.consumed, reported.days_out, month.days)
        first = self.first.get(item)
        if first is None or first > month.last_day:
            return None
        out = sum(
            max(0, (min(end, month.last_day) - max(start, month.first_day)).days + 1)
            for start, end, balance in balances
            if balance <= 0
        )
        return MonthUse(month, self._sum(item, month, "consumed"), out, month.days)

    def _segments(self, item: int, start: date) -> Iterator[tuple[date, date, int]]:
        """(first day, last day, balance at close) from today back to `start`, newest first."""
        balance, end = self.now.get(item, 0), self.anchor
        for day, change in self.changes.get(item, ()):
            if day <= start:
                break
            yield day, end, balance
            balance, end = balance - change, day - timedelta(days=1)
        yield start, end, balance


def _at(balances: Sequence[tuple[date, date, int]], day: date) -> int:
    return next((balance for start, end, balance in balances if start <= day <= end), 0)
