"""What the first page answers: what must be done now, and what is running out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.stock_state import StockState
from inventory.queries.do_first import Situation, Task, is_order_due, tasks, unfinished
from inventory.queries.orders import OrderRow, orders
from inventory.queries.proposal import levels
from inventory.queries.stock import StockRow, stock_list
from inventory.queries.stock_filters import FILTERS, counts, cover
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORGOTTEN = 100
"""Days after which an order is not expected to be made again."""

_DONE = Statement("""
SELECT count(DISTINCT d.id) AS visits, count(m.seq) AS lines
FROM document d JOIN movement m ON m.document_id = d.id
WHERE d.clinic_id = :clinic AND d.kind = 'dispense' AND d.happened_on = :day
  AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
""")


@dataclass(frozen=True, slots=True)
class Vital:
    """Cover of a vital item, in months; None while nothing is used."""

    item_id: int
    names: Names
    months: Fraction | None
    state: StockState


@dataclass(frozen=True, slots=True)
class Today:
    """The six tiles with their second lines, Do first, and vital items by shortest cover.

    Items, but for deliveries and orders. `next_order` is None until a first order was made;
    `calm_until` the next day on which something is due that no line of Do first tells.
    """

    expired: int
    expired_on_shelf: int
    expiring: int
    at_risk: int
    out: int
    out_vital: int
    low: int
    min_months: Fraction
    max_months: Fraction
    deliveries: int
    half_scanned: int
    orders_due: int
    next_order: date | None
    calm_until: date | None
    tasks: tuple[Task, ...]
    vital: tuple[Vital, ...]
    visits: int
    lines: int


def today_facts(connection: Connection, clinic_id: int, today: date) -> Today:
    """Everything on the first page, for one clinic."""
    stock = stock_list(connection, clinic_id, today)
    level = levels(connection, clinic_id)
    every_order = orders(connection, clinic_id)
    waiting = [row for row in every_order if row.state in ("printed", "partly_received")]
    last, due = _rhythm(every_order, today)
    now = Situation(connection, clinic_id, today, stock, waiting, due, last)
    given = {"clinic": clinic_id, "day": today.isoformat()}
    ((visits, lines),) = _DONE.rows(connection, given)
    tile = counts(stock)
    soon = FILTERS["under_3_months"].rows(stock)
    return Today(
        expired=tile["expired"],
        expired_on_shelf=sum(bool(row.expired_on_shelf) for row in stock),
        expiring=tile["under_3_months"],
        at_risk=sum(row.at_risk > 0 for row in soon),
        out=tile["out"],
        out_vital=sum(row.item.ven == "V" for row in FILTERS["out"].rows(stock)),
        low=tile["low"],
        min_months=level.min_months,
        max_months=level.max_months,
        deliveries=len(waiting),
        half_scanned=len(unfinished(connection, clinic_id, "receive")),
        orders_due=int(is_order_due(now)),
        next_order=due,
        calm_until=_calm_until(now),
        tasks=tasks(now),
        vital=tuple(_vital(stock)),
        visits=visits,
        lines=lines,
    )


def month_after(day: date) -> date:
    """The same day of the next month, or the last one it has."""
    following = Month.of(day).next()
    return following.first_day.replace(day=min(day.day, following.days))


def _rhythm(every: Iterable[OrderRow], today: date) -> tuple[date | None, date | None]:
    """The last regular order and the day the next is due: a month later, for each sort of order.

    A sort is a supplier and kinds; it is also made by an order for more. An emergency order
    comes between them, and a sort not made for some months is no habit any more.
    """
    made = [row for row in every if row.state != "draft" and not row.emergency]
    habits = [row for row in made if (today - row.made_on).days <= FORGOTTEN] or made[:1]
    lasts = [max(row.made_on for row in made if _covers(row, habit)) for habit in habits]
    last = min(lasts, default=None)
    return last, None if last is None else month_after(last)


def _covers(order: OrderRow, habit: OrderRow) -> bool:
    of_supplier = order.supplier in ("", habit.supplier)
    kinds = set(order.kinds)
    return of_supplier and (not kinds or (bool(habit.kinds) and kinds >= set(habit.kinds)))


def _calm_until(now: Situation) -> date | None:
    """The next order, or the first batch to leave the shelf, whichever is sooner."""
    days = [
        row.nearest.last_day + timedelta(days=1)
        for row in now.stock
        if row.on_hand and row.nearest is not None and row.nearest.last_day < date.max
    ]
    if now.due is not None:
        days.append(month_after(now.today) if is_order_due(now) else now.due)
    return min((day for day in days if day > now.today), default=None)


def _vital(stock: Sequence[StockRow]) -> list[Vital]:
    rows = [row for row in stock
            if row.item.ven == "V" and (row.months is not None or row.on_hand == 0)]  # fmt: skip
    rows.sort(key=lambda row: (row.on_hand and cover(row), str(row.item.names)))
    return [Vital(row.item.id, row.item.names, row.months, row.state) for row in rows]
