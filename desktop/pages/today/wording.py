"""What each line of Do first says, and where its act leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from desktop.filters import Filter
from inventory.domain.months import Month
from inventory.domain.sentence import N_, Sentence, counted, sentence
from inventory.queries.today import Task, TaskKind, Today


@dataclass(frozen=True, slots=True)
class Line:
    """A row of Do first: icon and tone, two sentences, the act and the page it opens."""

    icon: str
    tone: str
    title: Sentence
    second: Sentence
    act: str
    page: str
    what: object = None


Wording = Callable[[Task, Today, str], Line]
"""(task, all facts, time the draft was kept) -> line."""


def line_of(task: Task, facts: Today, kept_at: str) -> Line:
    """The row of one task; `kept_at` is the clock time of a draft, finished."""
    return _WORDING[task.kind](task, facts, kept_at)


def _expired(task: Task, facts: Today, kept_at: str) -> Line:
    title = counted("Take {n} expired batch off the shelf",
                    "Take {n} expired batches off the shelf", task.count)  # fmt: skip
    second = sentence("{item}, expired {expiry}", item=task.names, expiry=task.expiry)
    if task.second is not None:
        second = sentence("{item} and {other}, expired {expiry}", item=task.names,
                          other=task.second, expiry=task.expiry)  # fmt: skip
    return Line("cancel", "expired", title, second, N_("Move"), "stock", Filter("expired"))


def _vital_out(task: Task, facts: Today, kept_at: str) -> Line:
    second = sentence("{item}. None is on order.", item=task.names)
    return Line("close-circle-outline", "red", _out(task), second, N_("Look"), "stock",
                _where(task, "out"))  # fmt: skip


def _vital_out_coming(task: Task, facts: Today, kept_at: str) -> Line:
    second = sentence("{item}. {quantity} are on order {order}.", item=task.names,
                      quantity=task.quantity, order=task.order)  # fmt: skip
    return Line("close-circle-outline", "red", _out(task), second, N_("Look"), "stock",
                _where(task, "out"))  # fmt: skip


def _out(task: Task) -> Sentence:
    return counted("{n} vital item is out of stock", "{n} vital items are out of stock",
                   task.count)  # fmt: skip


def _where(task: Task, state: str) -> object:
    return task.item_id if task.count == 1 else Filter(state)


def _half_done(task: Task, facts: Today, kept_at: str) -> Line:
    saved = counted("{n} line, saved at {time}", "{n} lines, saved at {time}", task.count,
                    time=kept_at)  # fmt: skip
    if task.draft == "receive":
        return Line("truck-delivery-outline", "accent", sentence("Go on with the delivery"), saved,
                    N_("Go on"), "receive")  # fmt: skip
    return Line("hand-heart-outline", "accent", sentence("Go on with the basket"), saved,
                N_("Go on"), "dispense")  # fmt: skip


def _order_due(task: Task, facts: Today, kept_at: str) -> Line:
    month = Month.of(facts.next_order).next()
    return Line("clipboard-list-outline", "accent",
                sentence("Make the order for {month}", month=month),
                counted("{n} line proposed", "{n} lines proposed", task.count), N_("Review"),
                "order")  # fmt: skip


def _will_expire(task: Task, facts: Today, kept_at: str) -> Line:
    title = counted("{n} item will not be used in time", "{n} items will not be used in time",
                    task.count)  # fmt: skip
    second = sentence("{item}: {quantity} will expire, the first on {expiry}", item=task.names,
                      quantity=task.quantity, expiry=task.expiry)  # fmt: skip
    return Line("timer-sand", "amber", title, second, N_("Look"), "stock",
                _where(task, "expiring"))  # fmt: skip


def _vital_low(task: Task, facts: Today, kept_at: str) -> Line:
    title = counted("{n} vital item is low", "{n} vital items are low", task.count)
    return Line("arrow-down-circle-outline", "amber", title, _cover(task), N_("Look"), "stock",
                _where(task, "low"))  # fmt: skip


def _fuel_low(task: Task, facts: Today, kept_at: str) -> Line:
    return Line("fuel", "amber", sentence("{item} is low", item=task.names), _cover(task),
                N_("Look"), "stock", task.item_id)  # fmt: skip


def _cover(task: Task) -> Sentence:
    return sentence("{item}: {months} months of stock", item=task.names,
                    months=task.months or Fraction(0))  # fmt: skip


_WORDING: dict[TaskKind, Wording] = {
    TaskKind.EXPIRED: _expired,
    TaskKind.VITAL_OUT: _vital_out,
    TaskKind.VITAL_OUT_COMING: _vital_out_coming,
    TaskKind.HALF_DONE: _half_done,
    TaskKind.ORDER_DUE: _order_due,
    TaskKind.WILL_EXPIRE: _will_expire,
    TaskKind.VITAL_LOW: _vital_low,
    TaskKind.FUEL_LOW: _fuel_low,
}
