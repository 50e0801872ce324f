"""What a clinic holds of each item and how it uses it: all that follows from the ledger.

Working it out for a whole list takes a good part of a second, so it is kept in memory from one
question to the next. It changes with movements, and with what `_Circumstances` names, which is
read and compared at each question. After a commit, here or at another desk, only the items of the
movements since are worked out again. That nothing else happened in between is proved by the
ledger's chain: the hash of the last movement seen must still stand in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inventory.domain.consumption import Amc, average
from inventory.domain.expiry_risk import Batch, walk
from inventory.domain.status import Status
from inventory.queries.clinics import setting
from inventory.queries.lots import LotRow, lots_among, on_hand_of
from inventory.queries.usage import ItemUse, last_close, reported_in, use_among
from inventory.storage.database import memory_of
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

CACHES_MADE = "caches_made"
"""The setting that a rebuild of the caches changes: they are then read anew."""

MOST_TOUCHED = 200
"""With more items than this it is as fast to work out all."""

_HEADS = Statement("SELECT id, last_seq, head FROM stream WHERE clinic_id = :clinic ORDER BY id")
_SINCE = Statement("""
SELECT seq, hash, item_id FROM movement
WHERE clinic_id = :clinic AND stream_id = :stream AND seq >= :seq ORDER BY seq LIMIT 5000
""")
_PLACES = Statement("SELECT id, name, rank FROM place WHERE clinic_id = :clinic ORDER BY id")

Heads = dict[int, tuple[int, bytes]]
"""Where each stream of a clinic ends: its last movement and the hash of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One item in one clinic: batches, earliest expiry first; use over the window; average.

    `usable` is neither expired nor held; `at_risk` of it will expire unused at that average.
    """

    use: ItemUse
    amc: Amc
    lots: tuple[LotRow, ...]
    usable: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What holdings depend on besides movements."""

    today: date
    months: int
    last_close: date
    caches_made: object
    places: tuple[tuple[Any, ...], ...]
    reported: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was worked out, when the streams ended at `heads`."""

    circumstances: _Circumstances
    heads: Heads
    holdings: Mapping[int, Holding]


def holdings(
    connection: Connection, clinic_id: int, today: date, months: int
) -> Mapping[int, Holding]:
    """By item id, of every item that the clinic has a record of; `months` is the window."""
    memory = memory_of(connection)
    heads = _heads(connection, clinic_id)
    now = _circumstances(connection, clinic_id, today, months)
    kept: _Kept | None = memory.get((_Kept, clinic_id))
    touched: set[int] | None = None
    if kept is not None and kept.circumstances == now:
        touched = _touched(connection, clinic_id, kept.heads, heads)
    if kept is None or touched is None or len(touched) > MOST_TOUCHED:
        found: Mapping[int, Holding] = holdings_among(connection, clinic_id, today, months, None)
    elif touched:
        fresh = holdings_among(connection, clinic_id, today, months, touched)
        found = {item: held for item, held in kept.holdings.items() if item not in touched} | fresh
    else:
        found = kept.holdings
    memory[_Kept, clinic_id] = _Kept(now, heads, found)
    return found


def holdings_among(
    connection: Connection, clinic_id: int, today: date, months: int, items: Collection[int] | None
) -> dict[int, Holding]:
    """The same worked out afresh, of a few items or of all."""
    lots: dict[int, list[LotRow]] = defaultdict(list)
    for lot in lots_among(connection, clinic_id, items, today):
        lots[lot.item_id].append(lot)
    uses = use_among(connection, clinic_id, today, months, items)
    unused = no_holding(months).use
    return {
        item: _holding(uses.get(item, unused), tuple(lots.get(item, ())), today)
        for item in uses.keys() | lots.keys()
    }


@lru_cache
def no_holding(months: int) -> Holding:
    """Of an item that the clinic never had."""
    use = ItemUse((None,) * months, 0, 0, 0, 0)
    return Holding(use, average(use.months), (), 0, 0)


def _holding(use: ItemUse, lots: tuple[LotRow, ...], today: date) -> Holding:
    amc = average(use.months)
    risk = 0
    if amc.rounded:
        batches = [Batch(lot.lot_id, lot.expiry, lot.quantity) for lot in lots
                   if lot.status is Status.USABLE]  # fmt: skip
        risk = walk(batches, Fraction(amc.rounded), today).at_risk
    return Holding(use, amc, lots, on_hand_of(lots), risk)


def _circumstances(
    connection: Connection, clinic_id: int, today: date, months: int
) -> _Circumstances:
    return _Circumstances(
        today,
        months,
        last_close(connection, clinic_id, today),
        setting(connection, 0, CACHES_MADE),
        tuple(_PLACES.rows(connection, {"clinic": clinic_id})),
        tuple(reported_in(connection, clinic_id, today, months)),
    )


def _heads(connection: Connection, clinic_id: int) -> Heads:
    rows = _HEADS.rows(connection, {"clinic": clinic_id})
    return {stream: (last, bytes(head)) for stream, last, head in rows}


def _touched(
    connection: Connection, clinic_id: int, before: Heads, now: Heads
) -> set[int] | None:
    """Items of the movements since; None when the ledger is not the one that was seen before."""
    touched: set[int] = set()
    for stream, (last, head) in before.items():
        if now.get(stream) == (last, head):
            continue
        given = {"clinic": clinic_id, "stream": stream, "seq": last}
        rows = _SINCE.rows(connection, given)
        if last > 0:
            if not rows or (rows[0][0], bytes(rows[0][1])) != (last, head):
                return None
            rows = rows[1:]
        if stream not in now or len(rows) != now[stream][0] - last:
            return None
        touched.update(row[2] for row in rows)
    return touched if now.keys() == before.keys() else None
