"""Move a whole database to another place: a file, or a server, in either direction.

First the old one is marked, so that nothing is written there any more. Then everything is copied
into a new one, proved to be the same, row by row, and checked; it gets its name, or is committed,
only when it is whole. Interrupted before that, the old one can be moved again or stay where it
is; interrupted after it, nothing is left to do. The ledger goes on in a new stream over there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics
from inventory.services import security_log
from inventory.services.checking import check
from inventory.services.clinics import save_setting
from inventory.services.permits import permitted
from inventory.services.streams import StreamReason, open_next
from inventory.storage.database import Database
from inventory.storage.moved import MOVED, check_not_moved, moved_to
from inventory.storage.opening import create_database, open_database
from inventory.storage.rows import (
    columns_of,
    count_of,
    rows_of,
    settle,
    tables_in_order,
    write_rows,
)
from inventory.storage.statement import Statement

_CLOSE = Statement("UPDATE stream SET open = 2 WHERE open = 1")
_OPEN = Statement("UPDATE stream SET open = 1 WHERE open = 2")
_SHUT = Statement("SELECT uid FROM stream WHERE open = 2")
_GOES_ON = Statement("SELECT 1 FROM stream WHERE parent_uid = :uid AND reason = 'move'")
_FORGET = Statement("DELETE FROM setting WHERE scope = 0 AND key = :key")

_NOBODY_KNOWS = (Trouble.SERVER_AWAY, Trouble.UNCERTAIN, Trouble.BUSY, Trouble.SERVER_REFUSES)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: an address for `create_database`, and what people call that place."""

    address: str
    place: str
    key: bytes | bytearray | None = None
    just_before: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved; the old database is kept and never written again."""

    place: str
    rows: int
    clinics: int


def move(source: Database, target: Target, stamp: Stamp) -> Moved:
    """Move everything. Raises Refused with the old database as it was.

    Called again after an interruption it goes on. The target must not be there yet, unless it is
    what an interrupted move has made.
    """
    source.moved_to = ""
    source.act(begin_to_move, stamp, target.place)
    if not _arrived(source, target):
        try:
            _fill(source, target, stamp)
        except BaseException:
            # Nobody may write here again before it is certain that nothing arrived there.
            if _arrived(source, target) is False:
                source.act(stay, stamp)
            raise
    with source.read() as connection:
        rows = sum(count_of(connection, table) for table in tables_in_order())
        return Moved(target.place, rows, len(clinics(connection)))


@permitted(Permission.SHARE)
def begin_to_move(connection: Connection, stamp: Stamp, place: str) -> None:
    """From now on nothing is written here any more. Raises Refused."""
    before = moved_to(connection)
    if before == place:
        return
    check_not_moved(connection)
    for clinic in clinics(connection):
        own = _at(stamp, clinic.id)
        security_log.record(connection, own, SecurityEvent.MOVED, {"to": place},
                            second=stamp.second)  # fmt: skip
    _CLOSE.run(connection, {})
    save_setting(connection, 0, MOVED, {"to": place, "at": stamp.now})


@permitted(Permission.SHARE)
def stay(connection: Connection, stamp: Stamp) -> None:
    """A move that came to nothing: work goes on here."""
    place = moved_to(connection)
    if place is None:
        return
    _FORGET.run(connection, {"key": MOVED})
    _OPEN.run(connection, {})
    for clinic in clinics(connection):
        own = _at(stamp, clinic.id)
        security_log.record(connection, own, SecurityEvent.MOVED, {"not_to": place},
                            second=stamp.second)  # fmt: skip


def _arrived(source: Database, target: Target) -> bool | None:
    """Whether the data stand there, whole; None when nobody can tell now."""
    with source.read() as connection:
        shut = [uid for (uid,) in _SHUT.rows(connection, {})]
    try:
        there = open_database(target.address, key=_key(target))
        try:
            with there.read() as connection:
                return all(_GOES_ON.row(connection, {"uid": uid}) for uid in shut)
        finally:
            there.close()
    except Refused as refusal:
        return None if refusal.trouble in _NOBODY_KNOWS else False


def _fill(source: Database, target: Target, stamp: Stamp) -> None:
    def fill(there: Connection) -> None:
        with source.read() as here:
            _copy(here, there)
            _prove(here, there)
        _OPEN.run(there, {})
        for clinic in clinics(there):
            own = _at(stamp, clinic.id)
            open_next(there, clinic.id, own, StreamReason.MOVE, event=SecurityEvent.MOVED,
                      says={"from": source.name})  # fmt: skip
        wrong = check(there)
        if wrong:
            raise Refused("What was copied is not sound, so nothing was moved. {problem}",
                          problem=wrong[0])  # fmt: skip

    create_database(
        target.address, key=_key(target), fill=fill, just_before=target.just_before
    ).close()


def _key(target: Target) -> bytes | None:
    return None if target.key is None else bytes(target.key)


def _copy(here: Connection, there: Connection) -> None:
    for table in tables_in_order():
        write_rows(there, table, _rows(here, table))
    settle(there)


def _prove(here: Connection, there: Connection) -> None:
    """Every row is the same on both sides."""
    for table in tables_in_order():
        if _print_of(here, table) != _print_of(there, table):
            raise Refused(
                "What was copied of {table} is not what was there, so nothing was moved. "
                "Try again.",
                table=table,
            )


def _rows(connection: Connection, table: str) -> Iterator[tuple[int | str | bytes | None, ...]]:
    """All but the mark itself."""
    if table != "setting":
        yield from rows_of(connection, table)
        return
    scope, key = columns_of(table).index("scope"), columns_of(table).index("key")
    yield from (r for r in rows_of(connection, table) if (r[scope], r[key]) != (0, MOVED))


def _print_of(connection: Connection, table: str) -> bytes:
    seen = hashlib.sha256()
    for row in _rows(connection, table):
        plain = [v.hex() if isinstance(v, bytes) else v for v in row]
        seen.update(json.dumps(plain).encode())
    return seen.digest()


def _at(stamp: Stamp, clinic_id: int) -> Stamp:
    return Stamp(clinic_id, stamp.user, stamp.today, stamp.now, stamp.request, stamp.second)
