"""Do first: at most five lines, one a kind, in the order of the harm that waiting does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inventory.domain.expiry import Expiry
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState
from inventory.queries.drafts import drafts
from inventory.queries.emergency import emergency_issues
from inventory.queries.items import ItemRow
from inventory.queries.lots import LotRow
from inventory.queries.orders import OrderRow, order_lines
from inventory.queries.stock import StockRow, risk_of
from inventory.queries.stock_filters import FILTERS
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

WARNED = 2
"""Days before an order is due that it is asked for."""
LOOKED_AT = 7
"""Days for which an emergency issue stays on the list."""
MOST = 5
UNFINISHED = ("receive", "dispense")
"""Kinds of drafts that are work left half done."""


class TaskKind(StrEnum):
    """In the order of the list."""

    EXPIRED = "expired"
    RECALLED = "recalled"
    EMERGENCY = "emergency"
    VITAL_OUT = "vital_out"
    VITAL_OUT_COMING = "vital_out_coming"
    HALF_DONE = "half_done"
    FIRST_DELIVERY = "first_delivery"
    FIRST_IMPORT = "first_import"
    ORDER_DUE = "order_due"
    WILL_EXPIRE = "will_expire"
    VITAL_LOW = "vital_low"
    FUEL_LOW = "fuel_low"


_BEGUN = (
    Statement("SELECT 1 FROM movement WHERE clinic_id = :clinic LIMIT 1"),
    Statement("SELECT 1 FROM reported_month WHERE clinic_id = :clinic LIMIT 1"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of Do first: the kind, how many, and the worst example.

    `quantity` is units on order or at risk; `second` another example; `expiry` the earliest of
    what it is about; `since` the day the example ran out, or of the last order; `order` the
    number that brings what is out, or the document that took stock out; `who` wrote it; `draft`
    the work left half done.
    """

    kind: TaskKind
    count: int
    item: ItemRow | None = None
    second: ItemRow | None = None
    quantity: int = 0
    expiry: Expiry | None = None
    lot: str = ""
    months: Fraction | None = None
    since: date | None = None
    order: str = ""
    who: str = ""
    draft: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft: its kind, the lines it has and those it waits for, from whom, when it was kept."""

    kind: str
    lines: int
    awaited: int
    party: str
    changed_at: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What the tasks are made from: the stock list, open orders, and when the next is due."""

    connection: Connection
    clinic_id: int
    today: date
    stock: Sequence[StockRow]
    waiting: Sequence[OrderRow]
    due: date | None
    last_order: date | None


def tasks(now: Situation) -> tuple[Task, ...]:
    """The lines of the list, most pressing first."""
    return tuple(
        task
        for find in (_expired, _recalled, _emergency, _vital_out, _half_done, _brand_new,
                     _order_due, _will_expire, _low)
        for task in find(now)
    )[:MOST]


def is_order_due(now: Situation) -> bool:
    """Whether an order should be made by now, and there is something to ask for."""
    short = any(row.line.proposal.packs for row in now.stock)
    return short and (now.due is None or now.due - now.today <= timedelta(days=WARNED))


def _expired(now: Situation) -> Iterable[Task]:
    dead = sorted(
        (lot for row in now.stock for lot in row.expired_on_shelf), key=_last_day
    )
    if dead:
        named = {row.item.id: row.item for row in now.stock}
        items = [named[item] for item in dict.fromkeys(lot.item_id for lot in dead)]
        yield Task(TaskKind.EXPIRED, len(dead), items[0], _other(items), expiry=dead[0].expiry)


def _other(items: Sequence[ItemRow]) -> ItemRow | None:
    return items[1] if len(items) > 1 else None


def _recalled(now: Situation) -> Iterable[Task]:
    """A batch recalled on one shelf that still stands as usable on another."""
    found = []
    for row in now.stock:
        called = {(lot.lot, lot.expiry) for lot in row.lots if lot.status is Status.RECALLED}
        found += [
            (row, lot)
            for lot in row.lots
            if lot.lot and lot.status is Status.USABLE and (lot.lot, lot.expiry) in called
        ]
    if found:
        row, lot = found[0]
        yield Task(TaskKind.RECALLED, len(found), row.item, lot=lot.lot)


def _emergency(now: Situation) -> Iterable[Task]:
    """What was taken out in an emergency this week, so that somebody looks at it."""
    since = now.today - timedelta(days=LOOKED_AT - 1)
    issues = emergency_issues(now.connection, now.clinic_id, since)
    if issues:
        last = issues[0]
        yield Task(TaskKind.EMERGENCY, len(issues), since=last.happened_on, order=last.document,
                   who=last.user)  # fmt: skip


def _brand_new(now: Situation) -> Iterable[Task]:
    """Where a clinic begins that has neither stock nor history."""
    given = {"clinic": now.clinic_id}
    if any(begun.row(now.connection, given) for begun in _BEGUN):
        return
    if not unfinished(now.connection, now.clinic_id, "receive"):
        yield Task(TaskKind.FIRST_DELIVERY, 1)
    yield Task(TaskKind.FIRST_IMPORT, 1)


def _vital_out(now: Situation) -> Iterable[Task]:
    out = [row for row in FILTERS["out"].rows(now.stock) if row.item.ven == "V"]
    out.sort(key=lambda row: (row.line.use.out_since or now.today, row.item.code))
    yield from _out(now, TaskKind.VITAL_OUT, [row for row in out if not row.on_order])
    yield from _out(now, TaskKind.VITAL_OUT_COMING, [row for row in out if row.on_order])


def _out(now: Situation, kind: TaskKind, rows: Sequence[StockRow]) -> Iterable[Task]:
    if rows:
        worst = rows[0]
        yield Task(
            kind, len(rows), worst.item, _other([row.item for row in rows]), worst.on_order,
            since=worst.line.use.out_since, order=_bringing(now, worst) if worst.on_order else "",
        )  # fmt: skip


def _bringing(now: Situation, row: StockRow) -> str:
    """The number of the oldest order that still owes the item."""
    for order in reversed(now.waiting):
        if any(line.item.id == row.item.id and line.to_come
               for line in order_lines(now.connection, order.id)):  # fmt: skip
            return order.number
    return ""


def _half_done(now: Situation) -> Iterable[Task]:
    """A line for each sort of work, about the piece that was touched last."""
    for kind in UNFINISHED:
        begun = unfinished(now.connection, now.clinic_id, kind)
        if begun:
            last = max(begun, key=lambda draft: draft.changed_at)
            yield Task(TaskKind.HALF_DONE, len(begun), draft=last)


def unfinished(connection: Connection, clinic_id: int, kind: str) -> list[Unfinished]:
    """Drafts of that kind that something was written in. An odd body counts as nothing."""
    found = []
    for row in drafts(connection, clinic_id, kind):
        body = row.body if isinstance(row.body, dict) else {}
        rest = _part(body, "rest")
        awaited = len({line[0] for line in rest.get("expected", ()) if line})
        lines = len(body.get("lines", ()))
        party = str(_part(rest, "paper").get("supplier", ""))
        if lines or awaited:
            found.append(Unfinished(kind, lines, awaited, party, row.changed_at))
    return found


def _part(body: dict[str, Any], key: str) -> dict[str, Any]:
    found = body.get(key)
    return found if isinstance(found, dict) else {}


def _order_due(now: Situation) -> Iterable[Task]:
    if is_order_due(now):
        short = sum(row.line.proposal.packs > 0 for row in now.stock)
        yield Task(TaskKind.ORDER_DUE, short, since=now.last_order)


def _will_expire(now: Situation) -> Iterable[Task]:
    risky = FILTERS["expiring"].rows(now.stock)
    if risky:
        worst = risky[0]
        yield Task(TaskKind.WILL_EXPIRE, len(risky), worst.item, quantity=worst.at_risk,
                   expiry=_first_lost(now, worst))  # fmt: skip


def _first_lost(now: Situation, row: StockRow) -> Expiry | None:
    """The expiry of the first batch of which some will not be used."""
    risk = risk_of(
        now.connection, now.clinic_id, row.item.id, row.line.amc.rounded, now.today
    )
    lost = {lot for lot, quantity in risk.per_batch if quantity}
    return next((lot.expiry for lot in row.lots if lot.lot_id in lost), row.nearest)


def _low(now: Situation) -> Iterable[Task]:
    low = FILTERS["low"].rows(now.stock)
    yield from _cover(TaskKind.VITAL_LOW, [row for row in low if row.item.ven == "V"])
    fuel = [row for row in now.stock if row.item.traits.section == "fuel"]
    under = [row for row in fuel if row.state is StockState.LOW or row.on_hand == 0]
    yield from _cover(TaskKind.FUEL_LOW, [row for row in under if row.item.ven != "V"])


def _cover(kind: TaskKind, rows: Sequence[StockRow]) -> Iterable[Task]:
    ranked = sorted(rows, key=lambda row: (row.months or Fraction(0), row.item.code))
    if ranked:
        worst = ranked[0]
        yield Task(kind, len(ranked), worst.item, months=worst.months)


def _last_day(lot: LotRow) -> tuple[date, int]:
    return (date.min if lot.expiry is None else lot.expiry.last_day, lot.lot_id)
