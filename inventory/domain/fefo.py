"""First expired, first out: which batches a quantity is taken from, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.status import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Shelf:
    """A lot at a place in one status. `order` ranks by receipt: the smallest came first."""

    lot_id: int
    place_id: int
    lot: str
    expiry: Expiry | None
    status: Status
    quantity: int
    order: int = 0


@dataclass(frozen=True, slots=True)
class Take:
    """Some or all of a shelf."""

    shelf: Shelf
    quantity: int
    why: Sentence


@dataclass(frozen=True, slots=True)
class Passed:
    """A shelf nothing is taken from; `choosable` when a person may still choose its batch."""

    shelf: Shelf
    why: Sentence
    choosable: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """`short` is what the shelves cannot give: quantity asked minus the sum of takes."""

    takes: tuple[Take, ...]
    short: int
    passed: tuple[Passed, ...]


def pick(
    shelves: Iterable[Shelf],
    quantity: int,
    day: date,
    *,
    course_days: int = 0,
    first_lot: int | None = None,
) -> Pick:
    """Take `quantity` from the earliest expiry on, then earliest receipt, then smallest rest.

    Never from a shelf that is not usable or is past its expiry on `day`. A batch that would
    expire within `course_days` is passed unless it is `first_lot`, the batch a person chose,
    which goes first. Refused when quantity is negative.
    """
    if quantity < 0:
        raise Refused("A quantity cannot be less than 0: {typed}.", typed=str(quantity))
    takes: list[Take] = []
    passed: list[Passed] = []
    left = quantity
    stocked = (shelf for shelf in shelves if shelf.quantity > 0)
    for shelf in sorted(stocked, key=lambda shelf: _rank(shelf, first_lot)):
        chosen = shelf.lot_id == first_lot
        refusal = _refusal(shelf, day)
        if refusal is None and not chosen:
            refusal = _too_short(shelf, day, course_days)
            choosable = True
        else:
            choosable = False
        if refusal is not None:
            passed.append(Passed(shelf, refusal, choosable))
        elif left == 0:
            passed.append(Passed(shelf, _not_needed(shelf), not chosen))
        else:
            taken = min(left, shelf.quantity)
            takes.append(Take(shelf, taken, _why(shelf, taken, chosen, bool(takes))))
            left -= taken
    return Pick(tuple(takes), left, tuple(passed))


def _rank(shelf: Shelf, first_lot: int | None) -> tuple[bool, date, int, int, int, int]:
    last_day = date.max if shelf.expiry is None else shelf.expiry.last_day
    chosen = shelf.lot_id == first_lot
    return (not chosen, last_day, shelf.order, shelf.quantity, shelf.lot_id, shelf.place_id)


def _refusal(shelf: Shelf, day: date) -> Sentence | None:
    traits = STATUSES[shelf.status]
    if not traits.issuable:
        return Sentence(traits.why_not)
    if shelf.expiry is not None and shelf.expiry.expired_on(day):
        return sentence("Expired: can never be dispensed")
    return None


def _too_short(shelf: Shelf, day: date, course_days: int) -> Sentence | None:
    if shelf.expiry is None or course_days <= 0:
        return None
    if day + timedelta(days=course_days) <= shelf.expiry.last_day:
        return None
    return sentence("Expires before the treatment ends")


def _not_needed(shelf: Shelf) -> Sentence:
    if shelf.expiry is None:
        return sentence("No expiry date, not needed")
    return sentence("Expires later, not needed")


def _why(shelf: Shelf, taken: int, chosen: bool, following: bool) -> Sentence:
    whole = taken == shelf.quantity
    if chosen:
        return sentence("Chosen by you, all of it") if whole else sentence("Chosen by you")
    if shelf.expiry is None:
        if whole:
            return sentence("No expiry date, all of it")
        return sentence("No expiry date, the rest") if following else sentence("No expiry date")
    if following:
        if whole:
            return sentence("Next to expire, all of it")
        return sentence("Next to expire, the rest")
    return sentence("Expires first, all of it") if whole else sentence("Expires first")
