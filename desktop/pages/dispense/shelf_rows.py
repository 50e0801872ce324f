"""The batches of one line as people read them: taken, refused, or not needed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.expiry import Expiry
from inventory.domain.fefo import Passed, Pick, Shelf, Take
from inventory.domain.sentence import Sentence
from inventory.domain.status import STATUSES, Status

MOST_ROWS = 6
_NEVER = ("expired", "held", "damaged")


class Fate(StrEnum):
    """What becomes of a batch."""

    TAKEN = "taken"
    EXPIRED = "expired"
    HELD = "held"
    DAMAGED = "damaged"
    TOO_SOON = "too_soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class FateLook:
    """Icon and the token of its words; what can hurt is said in black."""

    icon: str
    ink: str
    strong: bool = False


LOOKS: Mapping[Fate, FateLook] = MappingProxyType(
    {
        Fate.TAKEN: FateLook("arrow-right", "ink"),
        Fate.EXPIRED: FateLook("cancel", "ink", strong=True),
        Fate.HELD: FateLook("lock-outline", "ink2"),
        Fate.DAMAGED: FateLook("package-variant", "ink2"),
        Fate.TOO_SOON: FateLook("clock-alert-outline", "ink2"),
        Fate.LATER: FateLook("circle-outline", "ink2"),
    }
)


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A batch with all its places added up; `take` is None where nothing is taken."""

    lot_id: int
    lot: str
    expiry: Expiry | None
    there: int
    take: int | None
    fate: Fate
    why: Sentence


def shelf_rows(
    pick: Pick, day: date, course_days: int = 0, most: int = MOST_ROWS
) -> tuple[ShelfRow, ...]:
    """Earliest expiry first. Batches that are only later than needed give way when too many."""
    passed = (_passed(one, day, course_days) for one in pick.passed)
    merged = _merged([*map(_taken, pick.takes), *passed])
    later = [row for row in merged if row.fate is Fate.LATER]
    room = max(most - (len(merged) - len(later)), 0)
    shown = set(map(id, later[:room]))
    return tuple(row for row in merged if row.fate is not Fate.LATER or id(row) in shown)


def _merged(rows: Iterable[ShelfRow]) -> list[ShelfRow]:
    """One row a batch and fate: what stands at two places is one heap to a patient."""
    found: dict[tuple[int, bool], ShelfRow] = {}
    for row in sorted(rows, key=_rank):
        key = (row.lot_id, row.fate in _NEVER)
        first = found.get(key)
        found[key] = row if first is None else _together(first, row)
    return list(found.values())


def _together(first: ShelfRow, second: ShelfRow) -> ShelfRow:
    taken = first if first.take is not None else second
    total = (first.take or 0) + (second.take or 0)
    return ShelfRow(taken.lot_id, taken.lot, taken.expiry, first.there + second.there,
                    total or None, taken.fate, taken.why)  # fmt: skip


def _rank(row: ShelfRow) -> tuple[date, int, bool]:
    last = date.max if row.expiry is None else row.expiry.last_day
    return (last, row.lot_id, row.take is None)


def _taken(take: Take) -> ShelfRow:
    s = take.shelf
    return ShelfRow(s.lot_id, s.lot, s.expiry, s.quantity, take.quantity, Fate.TAKEN, take.why)


def _passed(passed: Passed, day: date, course_days: int) -> ShelfRow:
    s = passed.shelf
    fate = _fate(s, day, course_days)
    return ShelfRow(s.lot_id, s.lot, s.expiry, s.quantity, None, fate, passed.why)


def _fate(shelf: Shelf, day: date, course_days: int) -> Fate:
    if shelf.status is Status.EXPIRED:
        return Fate.EXPIRED
    if shelf.status is Status.DAMAGED:
        return Fate.DAMAGED
    if not STATUSES[shelf.status].issuable:
        return Fate.HELD
    if shelf.expiry is None:
        return Fate.LATER
    if shelf.expiry.expired_on(day):
        return Fate.EXPIRED
    lasts = day + timedelta(days=course_days) <= shelf.expiry.last_day
    return Fate.LATER if lasts else Fate.TOO_SOON
