"""What each item used, month by month, and the days it was out of stock.

Balances of past days are walked back from today's stock through the daily changes of the window,
so the cost does not grow with history. A month that was reported on paper before Amana began
stands as reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from inventory.domain.consumption import MonthUse
from inventory.domain.months import Month, window
from inventory.domain.shelf_history import History
from inventory.storage.among import Among
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ANCHOR = Statement("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")
_NOW = Among(
    """
SELECT s.item_id, sum(s.quantity) FROM stock s JOIN lot l ON l.id = s.lot_id
WHERE s.clinic_id = :clinic AND s.status = 'usable' AND s.quantity > 0
  AND (l.expiry IS NULL OR l.expiry >= :day)
""",
    "s.item_id",
    "GROUP BY s.item_id",
)
_CHANGES = Among(
    """
SELECT item_id, day, change FROM usable_day
WHERE clinic_id = :clinic AND day > :before AND day <= :day AND change <> 0
""",
    tail="ORDER BY day DESC",
)
_MONTHS = Among("""
SELECT item_id, month, received, consumed FROM month_use
WHERE clinic_id = :clinic AND month >= :first AND month <= :last
""")
_REPORTED = Among("""
SELECT item_id, month, received, consumed, opening, closing, days_out
FROM reported_month WHERE clinic_id = :clinic AND month >= :first AND month <= :last
""")
_FIRST = Among("SELECT item_id, day FROM first_day WHERE clinic_id = :clinic")

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
    only = None if item_id is None else (item_id,)
    return use_among(connection, clinic_id, today, months, only)


def use_among(
    connection: Connection, clinic_id: int, today: date, months: int, items: Collection[int] | None
) -> dict[int, ItemUse]:
    """The same of a few items; of every item with a record when None."""
    facts = _Facts(connection, clinic_id, today, window(today, months), items)
    return {item: facts.use(item) for item in facts.items()}


def last_close(connection: Connection, clinic_id: int, today: date) -> date:
    """The day up to which stock is counted: today, or what the ledger took for it when the
    clock was ahead."""
    ((last,),) = _ANCHOR.rows(connection, {"clinic": clinic_id})
    return max(today, day_of(last)) if last else today


def reported_in(
    connection: Connection, clinic_id: int, today: date, months: int
) -> Sequence[tuple[Any, ...]]:
    """What paper said of the window, as it is written."""
    wanted = window(today, months)
    given = {"clinic": clinic_id, "first": wanted[0].iso, "last": wanted[-1].iso}
    return _REPORTED.rows(connection, given, None)


class _Facts:
    """What is read of the window, once for all items."""

    def __init__(
        self,
        connection: Connection,
        clinic_id: int,
        today: date,
        wanted: Sequence[Month],
        items: Collection[int] | None,
    ) -> None:
        # Each month with its key, first and last day: asked for often.
        self.wanted = [(m, m.iso, m.first_day, m.last_day, m.days) for m in wanted]
        self.before = wanted[0].first_day - timedelta(days=1)
        self.anchor = last_close(connection, clinic_id, today)
        given = {
            "clinic": clinic_id, "day": self.anchor.isoformat(), "before": self.before.isoformat(),
            "first": wanted[0].iso, "last": wanted[-1].iso,
        }  # fmt: skip
        self.now = {item: int(there) for item, there in _NOW.rows(connection, given, items)}
        self.changes: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for item, day, change in _CHANGES.rows(connection, given, items):
            self.changes[item].append((day_of(day), change))
        self.used = {(r[0], r[1]): r[2:] for r in _MONTHS.rows(connection, given, items)}
        self.reported = {(r[0], r[1]): r[2:] for r in _REPORTED.rows(connection, given, items)}
        self.first = {item: day_of(day) for item, day in _FIRST.rows(connection, given, items)}

    def items(self) -> set[int]:
        return {*self.first, *(item for item, _ in self.reported)}

    def use(self, item: int) -> ItemUse:
        shelf = History(self.now.get(item, 0), self.anchor, self.changes.get(item, ()), self.before)
        received = consumed = 0
        months: list[MonthUse | None] = []
        for month, key, first, last, days in self.wanted:
            reported = self.reported.get((item, key))
            came, went = (reported or self.used.get((item, key)) or (0, 0))[:2]
            received += came
            out = reported[4] if reported else self._days_out(item, first, last, shelf)
            if out is None:
                months.append(None)
                continue
            months.append(MonthUse(month, went, out, days))
            consumed += went
        return ItemUse(
            tuple(months), self._opening(item, shelf), received, consumed,
            self._closing(item, shelf), shelf.empty_since(),
        )  # fmt: skip

    def _days_out(self, item: int, first: date, last: date, shelf: History) -> int | None:
        """Days of a month that closed with nothing usable; None before the first record."""
        known = self.first.get(item)
        return None if known is None or known > last else shelf.days_empty(first, last)

    def _opening(self, item: int, shelf: History) -> int:
        reported = self.reported.get((item, self.wanted[0][1]))
        return int(reported[2]) if reported else shelf.at(self.before)

    def _closing(self, item: int, shelf: History) -> int:
        _, key, _, last, _ = self.wanted[-1]
        reported = self.reported.get((item, key))
        return int(reported[3]) if reported else shelf.at(last)
