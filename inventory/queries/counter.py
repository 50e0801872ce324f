"""What the counter sees of a basket: where each line comes from, and what could replace it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Pick, Shelf, pick
from inventory.domain.status import STATUSES
from inventory.queries.items import ItemRow, item_by_id, substitutes
from inventory.queries.shelves import shelves_on

MOST_INSTEAD = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of a basket; 0 while no quantity is written, `first_lot` chosen by hand."""

    item_id: int
    quantity: int
    first_lot: int | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """What may replace an item; `there` is usable and unexpired, `nearest` its first expiry."""

    item: ItemRow
    there: int
    nearest: Expiry | None


@dataclass(frozen=True, slots=True)
class CounterLine:
    """One line as the shelf answers it; `there` is all that may be dispensed on the day.

    `instead` is filled while the line is short: at most three, best first, only what is there.
    """

    item: ItemRow
    wanted: Wanted
    pick: Pick
    there: int
    instead: tuple[Instead, ...] = ()

    @property
    def left_after(self) -> int:
        return self.there - sum(take.quantity for take in self.pick.takes)


def counter_lines(
    connection: Connection,
    clinic_id: int,
    day: date,
    wanted: Sequence[Wanted],
    course_days: int = 0,
) -> list[CounterLine]:
    """Each line in order; nothing is promised by asking."""
    return [_line(connection, clinic_id, day, line, course_days) for line in wanted]


def issuable(standing: Sequence[Shelf], day: date) -> list[Shelf]:
    """The shelves that something may be taken from on that day, earliest expiry first."""
    fit = [
        shelf
        for shelf in standing
        if STATUSES[shelf.status].issuable and not _expired(shelf.expiry, day)
    ]
    return sorted(fit, key=lambda shelf: (_last_day(shelf.expiry), shelf.order))


def _line(
    connection: Connection, clinic_id: int, day: date, wanted: Wanted, course_days: int
) -> CounterLine:
    item = item_by_id(connection, wanted.item_id)
    standing = shelves_on(connection, clinic_id, item.id, day)
    picked = pick(
        standing, wanted.quantity, day, course_days=course_days, first_lot=wanted.first_lot
    )
    there = sum(shelf.quantity for shelf in issuable(standing, day))
    instead = _instead(connection, clinic_id, day, item.id) if picked.short else ()
    return CounterLine(item, wanted, picked, there, instead)


def _instead(
    connection: Connection, clinic_id: int, day: date, item_id: int
) -> tuple[Instead, ...]:
    found: list[Instead] = []
    for item in substitutes(connection, item_id):
        fit = issuable(shelves_on(connection, clinic_id, item.id, day), day)
        if fit and item.active:
            found.append(Instead(item, sum(s.quantity for s in fit), fit[0].expiry))
    return tuple(found[:MOST_INSTEAD])


def _expired(expiry: Expiry | None, day: date) -> bool:
    return expiry is not None and expiry.expired_on(day)


def _last_day(expiry: Expiry | None) -> date:
    return date.max if expiry is None else expiry.last_day
