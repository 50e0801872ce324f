"""What the first page answers: what must be done now, and what is running out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Connection, text

from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState
from inventory.queries.drafts import drafts
from inventory.queries.orders import OrderRow, orders
from inventory.queries.proposal import levels
from inventory.queries.stock import LotRow, StockRow, stock_list

SOON = 92
"""Days: "expiring" is under three months."""
ORDER_WARNING = 2
"""Days before the month ends that the next order is due."""
MOST_TASKS = 5

_DONE = text("""
SELECT count(DISTINCT d.id) AS visits, count(m.seq) AS lines
FROM document d JOIN movement m ON m.document_id = d.id
WHERE d.clinic_id = :clinic AND d.kind = 'dispense' AND d.happened_on = :day
""")


class TaskKind(StrEnum):
    """In the order of the list."""

    EXPIRED = "expired"
    VITAL_OUT = "vital_out"
    VITAL_OUT_COMING = "vital_out_coming"
    HALF_DONE = "half_done"
    ORDER_DUE = "order_due"
    WILL_EXPIRE = "will_expire"
    VITAL_LOW = "vital_low"
    FUEL_LOW = "fuel_low"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of Do first: the kind, how many, and the worst example.

    `quantity` is units at risk, or lines of a draft; `expiry` the earliest among the expired;
    `order` the number that brings what is out; `draft` the kind of work left half done.
    """

    kind: TaskKind
    count: int
    item_id: int | None = None
    names: Names | None = None
    second: Names | None = None
    quantity: int = 0
    expiry: Expiry | None = None
    months: Fraction | None = None
    order: str = ""
    draft: str = ""
    changed_at: int = 0


@dataclass(frozen=True, slots=True)
class Vital:
    """Cover of a vital item, in months; None while nothing is used."""

    item_id: int
    names: Names
    months: Fraction | None
    state: StockState


@dataclass(frozen=True, slots=True)
class Today:
    """The six tiles with their second lines, Do first, and vital items by shortest cover."""

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
    next_order: date
    tasks: tuple[Task, ...]
    vital: tuple[Vital, ...]
    visits: int
    lines: int


def today_facts(connection: Connection, clinic_id: int, today: date) -> Today:
    """Everything on the first page, for one clinic."""
    stock = stock_list(connection, clinic_id, today)
    level = levels(connection, clinic_id)
    waiting = orders(connection, clinic_id, open_only=True)
    due = order_due(connection, clinic_id, today)
    deliveries = drafts(connection, clinic_id, "receive")
    lots = [lot for row in stock for lot in row.lots]
    done = connection.execute(_DONE, {"clinic": clinic_id, "day": today.isoformat()}).one()
    by_state = {state: [r for r in stock if r.state is state] for state in StockState}
    return Today(
        expired=sum(lot.status is Status.EXPIRED for lot in lots),
        expired_on_shelf=len(on_usable_shelf(lots)),
        expiring=sum(_soon(row, today) for row in stock),
        at_risk=sum(row.at_risk > 0 for row in stock),
        out=sum(row.state in (StockState.OUT, StockState.EXPIRED) for row in stock),
        out_vital=sum(row.on_hand == 0 and row.item.ven == "V" for row in stock),
        low=len(by_state[StockState.LOW]),
        min_months=level.min_months,
        max_months=level.max_months,
        deliveries=len(waiting),
        half_scanned=len(deliveries),
        orders_due=int(due <= today),
        next_order=due,
        tasks=tuple(_tasks(connection, clinic_id, stock, waiting, today, due))[:MOST_TASKS],
        vital=tuple(_vital(stock)),
        visits=done.visits,
        lines=done.lines,
    )


def order_due(connection: Connection, clinic_id: int, today: date) -> date:
    """The day the next regular order is due: two days before the month ends, once a month."""
    made = [row.made_on for row in orders(connection, clinic_id) if row.state != "draft"]
    last = max(made, default=None)
    month = Month.of(today)
    due = month.last_day - timedelta(days=ORDER_WARNING)
    recent = timedelta(days=21)
    if last is not None and today - last < recent and due - last < recent:
        due = month.next().last_day - timedelta(days=ORDER_WARNING)
    return due


def on_usable_shelf(lots: Iterable[LotRow]) -> list[LotRow]:
    """Expired batches that nobody has moved yet."""
    return [lot for lot in lots if lot.status is Status.EXPIRED and lot.kept_as is Status.USABLE]


def _soon(row: StockRow, today: date) -> bool:
    return row.nearest is not None and row.nearest.days_left(today) <= SOON


def _tasks(
    connection: Connection,
    clinic_id: int,
    stock: list[StockRow],
    waiting: list[OrderRow],
    today: date,
    due: date,
) -> Iterable[Task]:
    names = {row.item.id: row.item.names for row in stock}
    dead = on_usable_shelf(lot for row in stock for lot in row.lots)
    if dead:
        items = list(dict.fromkeys(lot.item_id for lot in dead))
        yield Task(TaskKind.EXPIRED, len(dead), items[0], names[items[0]],
                   names[items[1]] if len(items) > 1 else None, expiry=dead[0].expiry)  # fmt: skip
    out = [row for row in stock if row.item.ven == "V" and row.on_hand == 0]
    yield from _out(TaskKind.VITAL_OUT, [r for r in out if not r.on_order], "")
    number = waiting[0].number if waiting else ""
    yield from _out(TaskKind.VITAL_OUT_COMING, [r for r in out if r.on_order], number)
    for kind in ("receive", "dispense"):
        for draft in drafts(connection, clinic_id, kind)[:1]:
            lines = len(draft.body.get("lines", ())) if isinstance(draft.body, dict) else 0
            if lines:
                yield Task(TaskKind.HALF_DONE, lines, draft=kind, changed_at=draft.changed_at)
    short = [row for row in stock if row.line.proposal.packs]
    if due - today <= timedelta(days=ORDER_WARNING) and short:
        yield Task(TaskKind.ORDER_DUE, len(short))
    risky = sorted((r for r in stock if r.at_risk), key=lambda r: (-r.at_risk, r.item.code))
    if risky:
        yield Task(TaskKind.WILL_EXPIRE, len(risky), risky[0].item.id, risky[0].item.names,
                   quantity=risky[0].at_risk, expiry=risky[0].nearest)  # fmt: skip
    low = [r for r in stock if r.state is StockState.LOW]
    yield from _low(TaskKind.VITAL_LOW, [r for r in low if r.item.ven == "V"])
    yield from _low(TaskKind.FUEL_LOW, [r for r in low if r.item.traits.section == "fuel"])


def _out(kind: TaskKind, rows: list[StockRow], order: str) -> Iterable[Task]:
    if rows:
        yield Task(kind, len(rows), rows[0].item.id, rows[0].item.names,
                   quantity=rows[0].on_order, order=order)  # fmt: skip


def _low(kind: TaskKind, rows: list[StockRow]) -> Iterable[Task]:
    ranked = sorted(rows, key=lambda r: (r.months or Fraction(0), r.item.code))
    if ranked:
        worst = ranked[0]
        yield Task(kind, len(ranked), worst.item.id, worst.item.names, months=worst.months)


def _vital(stock: list[StockRow]) -> list[Vital]:
    rows = [
        Vital(row.item.id, row.item.names, row.months, row.state)
        for row in stock
        if row.item.ven == "V" and (row.months is not None or row.state is StockState.OUT)
    ]
    return sorted(rows, key=lambda v: (v.months or Fraction(0), str(v.names)))
