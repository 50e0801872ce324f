"""What each line of Do first says, and where its act leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType

from desktop.filters import Filter
from desktop.units import quantity_words
from inventory.domain.months import Month
from inventory.domain.sentence import N_, Sentence, counted, sentence
from inventory.language import Language
from inventory.queries.do_first import Task, TaskKind, Unfinished


@dataclass(frozen=True, slots=True)
class Line:
    """A row of Do first: icon and tone, two sentences, the act and the page it opens.

    An empty act is somebody else's to do.
    """

    icon: str
    tone: str
    title: Sentence
    second: Sentence
    act: str
    page: str
    what: object = None


@dataclass(frozen=True, slots=True)
class Day:
    """What the words need to know: the language, today, and the month an order is made for."""

    language: Language
    today: date
    order_for: Month


BEGIN_IMPORT = "import"
"""Told to the page of items: open the import at once."""

Wording = Callable[[Task, Day], Line]


def line_of(task: Task, day: Day) -> Line:
    """The row of one task."""
    return _WORDING[task.kind](task, day)


# Stock that can hurt


def _expired(task: Task, day: Day) -> Line:
    title = counted("Take {n} expired batch off the shelf",
                    "Take {n} expired batches off the shelf", task.count)  # fmt: skip
    second = sentence("{item}, expired {expiry}", item=_name(task), expiry=task.expiry)
    if task.second is not None:
        second = sentence("{item} and {other}, expired {expiry}", item=_name(task),
                          other=task.second.names, expiry=task.expiry)  # fmt: skip
    return Line("cancel", "expired", title, second, N_("Move"), "stock", Filter("expired"))


def _recalled(task: Task, day: Day) -> Line:
    title = counted("{n} recalled batch still stands as usable",
                    "{n} recalled batches still stand as usable", task.count)  # fmt: skip
    second = sentence("{item}, batch {lot}", item=_name(task), lot=task.lot)
    return Line("lock-outline", "red", title, second, N_("Hold"), "stock", _id(task))


def _emergency(task: Task, day: Day) -> Line:
    title = counted("{n} emergency issue to look at", "{n} emergency issues to look at",
                    task.count)  # fmt: skip
    second = sentence("{document} by {user}, {day}", document=task.order, user=task.who,
                      day=task.since)  # fmt: skip
    return Line("flash-outline", "amber", title, second, N_("Look"), "stock", task.order)


# What is out


def _vital_out(task: Task, day: Day) -> Line:
    second = sentence("Vital. None is on order.")
    if task.second is not None:
        second = sentence("{item} and {other}. None is on order.", item=_name(task),
                          other=task.second.names)  # fmt: skip
    return _out_line(task, day, second)


def _vital_out_coming(task: Task, day: Day) -> Line:
    coming = _quantity(task, day)
    second = sentence("Vital. On order: {quantity}, {order}", quantity=coming, order=task.order)
    if task.second is not None:
        second = sentence("{item}, on order: {quantity}, {order}", item=_name(task),
                          quantity=coming, order=task.order)  # fmt: skip
    return _out_line(task, day, second)


def _out_line(task: Task, day: Day, second: Sentence) -> Line:
    return Line("close-circle-outline", "red", _out(task, day), second, N_("Look"), "stock",
                _where(task, "out"))  # fmt: skip


def _out(task: Task, day: Day) -> Sentence:
    if task.count > 1:
        return counted("{n} vital item is out of stock", "{n} vital items are out of stock",
                       task.count)  # fmt: skip
    days = 0 if task.since is None else (day.today - task.since).days
    if days < 1:
        return sentence("{item} is out", item=_name(task))
    return counted("{item} has been out for {n} day", "{item} has been out for {n} days", days,
                   item=_name(task))  # fmt: skip


# Work left half done


def _half_done(task: Task, day: Day) -> Line:
    assert task.draft is not None
    return _UNFINISHED[task.draft.kind](task, task.draft, day)


def _delivery(task: Task, draft: Unfinished, day: Day) -> Line:
    title = sentence("Go on with the delivery")
    if task.count > 1:
        title = counted("{n} delivery is half scanned", "{n} deliveries are half scanned",
                        task.count)  # fmt: skip
    elif draft.party:
        title = sentence("Go on with the delivery from {supplier}", supplier=draft.party)
    return Line("truck-delivery-outline", "accent", title, _kept(draft, day), N_("Go on"),
                "receive")  # fmt: skip


def _basket(task: Task, draft: Unfinished, day: Day) -> Line:
    title = sentence("Go on with the basket")
    if task.count > 1:
        title = counted("{n} basket waits", "{n} baskets wait", task.count)
    return Line("hand-heart-outline", "accent", title, _kept(draft, day), N_("Go on"),
                "dispense")  # fmt: skip


def _kept(draft: Unfinished, day: Day) -> Sentence:
    """How far it is and when it was kept: the time today, else the day."""
    language, kept = day.language, draft.changed_at
    is_today = datetime.fromtimestamp(kept // 1000).date() == day.today
    time = language.time(kept) if is_today else language.moment(kept)
    if draft.awaited:
        all_lines = max(draft.awaited, draft.lines)
        return sentence("{scanned} of {all} lines scanned, saved at {time}", scanned=draft.lines,
                        all=all_lines, time=time)  # fmt: skip
    return counted("{n} line, saved at {time}", "{n} lines, saved at {time}", draft.lines,
                   time=time)  # fmt: skip


_UNFINISHED: Mapping[str, Callable[[Task, Unfinished, Day], Line]] = MappingProxyType(
    {"receive": _delivery, "dispense": _basket}
)


# How a clinic begins


def _first_delivery(task: Task, day: Day) -> Line:
    return Line("truck-delivery-outline", "accent", sentence("Receive the first delivery"),
                sentence("Scan its packs, or find each item by name."), N_("Receive"),
                "receive")  # fmt: skip


def _first_import(task: Task, day: Day) -> Line:
    return Line("table-arrow-down", "accent",
                sentence("Import opening stock and months of use"),
                sentence("From a spreadsheet: orders are right from the first day."),
                N_("Import"), "items", BEGIN_IMPORT)  # fmt: skip


# What comes next


def _order_due(task: Task, day: Day) -> Line:
    second = counted("{n} line proposed", "{n} lines proposed", task.count)
    if task.since is not None:
        second = counted("{n} line proposed. Last order {day}",
                         "{n} lines proposed. Last order {day}", task.count,
                         day=task.since)  # fmt: skip
    month = day.language.month_name(day.order_for)
    return Line("clipboard-list-outline", "accent",
                sentence("Make the order for {month}", month=month), second, N_("Review"),
                "order")  # fmt: skip


def _will_expire(task: Task, day: Day) -> Line:
    title = counted("{n} item will not be used in time", "{n} items will not be used in time",
                    task.count)  # fmt: skip
    second = sentence("{item}: {quantity} will expire, the first by {expiry}", item=_name(task),
                      quantity=_quantity(task, day), expiry=task.expiry)  # fmt: skip
    return Line("timer-sand", "amber", title, second, N_("Look"), "stock",
                _where(task, "expiring"))  # fmt: skip


def _vital_low(task: Task, day: Day) -> Line:
    title = counted("{n} vital item is low", "{n} vital items are low", task.count)
    return Line("arrow-down-circle-outline", "amber", title, _cover(task, day), N_("Look"),
                "stock", _where(task, "low"))  # fmt: skip


def _fuel_low(task: Task, day: Day) -> Line:
    return Line("fuel", "amber", sentence("{item} is low", item=_name(task)),
                _cover(task, day), N_("Look"), "stock", _id(task))  # fmt: skip


def _cover(task: Task, day: Day) -> Sentence:
    months = day.language.decimal(task.months or Fraction(0), 1)
    return sentence("{item}: {months} months of stock", item=_name(task), months=months)


# Parts


def _name(task: Task) -> object:
    return task.item.names if task.item is not None else ""


def _id(task: Task) -> object:
    return task.item.id if task.item is not None else None


def _where(task: Task, state: str) -> object:
    """The one item, or the list of them."""
    return _id(task) if task.count == 1 else Filter(state)


def _quantity(task: Task, day: Day) -> str:
    if task.item is None:
        return day.language.number(task.quantity)
    decimals = task.item.traits.decimals
    return quantity_words(day.language, task.item.unit, task.quantity, decimals)


_WORDING: Mapping[TaskKind, Wording] = MappingProxyType(
    {
        TaskKind.EXPIRED: _expired,
        TaskKind.RECALLED: _recalled,
        TaskKind.EMERGENCY: _emergency,
        TaskKind.VITAL_OUT: _vital_out,
        TaskKind.VITAL_OUT_COMING: _vital_out_coming,
        TaskKind.HALF_DONE: _half_done,
        TaskKind.FIRST_DELIVERY: _first_delivery,
        TaskKind.FIRST_IMPORT: _first_import,
        TaskKind.ORDER_DUE: _order_due,
        TaskKind.WILL_EXPIRE: _will_expire,
        TaskKind.VITAL_LOW: _vital_low,
        TaskKind.FUEL_LOW: _fuel_low,
    }
)
