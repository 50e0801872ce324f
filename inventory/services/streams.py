"""A ledger that goes on in a new stream: after a restore, a copy, a move.

The old stream is closed where it stands and the new one names it, its last number and its head.
Numbers of papers leap to a later thousand where entries may have been lost: what was printed and
is not here any more is never printed a second time on another paper.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.documents import ORDER_PREFIX, PREFIXES
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.services import chain, ledger, security_log
from inventory.services.permits import unguarded
from inventory.storage.marks import Numbers
from inventory.storage.statement import Statement

A_DAY: Final = 250
"""More documents than a clinic writes in a day."""

AT_LEAST: Final = 500
_THOUSAND: Final = 1000
_RANGE: Final = re.compile(r"([A-Z]{3})-(\d{4}) (\d{1,9}) (\d{1,9})", re.ASCII)

_CLOSE = Statement("UPDATE stream SET open = 0 WHERE id = :stream")
_OPEN = Statement("""
INSERT INTO stream (uid, clinic_id, parent_uid, parent_seq, reason, started_at, last_seq, head,
  last_recorded_at, last_day, open)
VALUES (:uid, :clinic, :parent, :parent_seq, :reason, :now, 0, :head, :last_at, :last_day, 1)
""")
_COUNTERS = Statement(
    "SELECT prefix, last FROM number_counter WHERE clinic_id = :clinic AND year = :year"
)
_LEAP = Statement("""
INSERT INTO number_counter (clinic_id, prefix, year, last) VALUES (:clinic, :prefix, :year, :last)
ON CONFLICT (clinic_id, prefix, year) DO UPDATE SET last = excluded.last
""")
_STREAMS = Statement("""
SELECT s.id, s.uid, s.clinic_id, c.name, s.parent_uid, s.parent_seq, s.last_seq, s.head, s.open
FROM stream s JOIN clinic c ON c.id = s.clinic_id ORDER BY s.clinic_id, s.id
""")
_FIRST_EVENTS = Statement("SELECT stream_id, says FROM security_event WHERE seq = 1")
_LEAPS = Statement("SELECT clinic_id, says FROM security_event WHERE says LIKE '%\"numbers\"%'")


class StreamReason(StrEnum):
    """Why a stream was opened; the first one of a clinic is `install`."""

    RESTORE = "restore"
    COPY = "copy"
    MOVE = "move"


@unguarded("it is a part of restoring, continuing and moving, which ask for themselves")
def open_next(
    connection: Connection,
    clinic_id: int,
    stamp: Stamp,
    reason: StreamReason | str,
    *,
    event: SecurityEvent = SecurityEvent.STREAM_OPENED,
    says: Mapping[str, str | int] | None = None,
    leap: bool = False,
    above: Numbers | None = None,
) -> str:
    """Close the clinic's stream and go on in a new one, whose uid it returns.

    The first entry of the new stream is `event`, with the head of the old one. With `leap`
    numbers of papers go on at a later thousand, beyond those that were seen elsewhere: `above`.
    """
    old, own = ledger.begin(connection, clinic_id), replace(stamp, clinic_id=clinic_id)
    uid = uuid7().hex
    _CLOSE.run(connection, {"stream": old.id})
    _OPEN.run(
        connection,
        {"uid": uid, "clinic": clinic_id, "parent": old.uid, "parent_seq": old.last_seq,
         "reason": str(reason), "now": stamp.now, "last_at": old.last_recorded_at,
         "last_day": old.last_day.isoformat(),
         "head": chain.start(old.clinic_uid, uid, old.uid, old.last_seq)},
    )  # fmt: skip
    told = {**(says or {}), "parent": old.uid, "parent_seq": old.last_seq, "head": old.head.hex()}
    if leap:
        told["numbers"] = _leap(connection, old, own, above)
    security_log.record(connection, own, event, told, second=stamp.second)
    return uid


def _leap(connection: Connection, old: ledger.Stream, stamp: Stamp, above: Numbers | None) -> str:
    """Which numbers are left out, as the security log keeps it: "DSP-2026 13 999;..."."""
    day, clinic_id = old.day(stamp), stamp.clinic_id
    lost = AT_LEAST + A_DAY * (day - old.last_day).days if old.last_seq else 0
    seen = above.highest if above is not None and above.year == day.year else 0
    given = dict(_COUNTERS.rows(connection, {"clinic": clinic_id, "year": day.year}))
    left_out = []
    for prefix in sorted({*PREFIXES.values(), ORDER_PREFIX, *given}):
        last = int(given.get(prefix, 0))
        goes_on = -(-(max(last, seen) + 1 + lost) // _THOUSAND) * _THOUSAND
        where = {"clinic": clinic_id, "prefix": prefix, "year": day.year, "last": goes_on - 1}
        _LEAP.run(connection, where)
        left_out.append(f"{prefix}-{day.year} {last + 1} {goes_on - 1}")
    return ";".join(left_out)


def left_out(connection: Connection) -> Mapping[tuple[int, str, int], list[range]]:
    """The numbers that leaps left out, by clinic, prefix and year."""
    found: dict[tuple[int, str, int], list[range]] = defaultdict(list)
    for clinic_id, says in _LEAPS.rows(connection, {}):
        for prefix, year, first, last in _RANGE.findall(str(_said(says).get("numbers", ""))):
            found[clinic_id, prefix, int(year)].append(range(int(first), int(last) + 1))
    return found


@dataclass(frozen=True, slots=True)
class _Stream:
    id: int
    uid: str
    clinic_id: int
    clinic: str
    parent_uid: str
    parent_seq: int
    last_seq: int
    head: bytes
    open: int


def broken_streams(connection: Connection) -> Iterator[Sentence]:
    """A sentence for each clinic whose streams do not follow one another in one line."""
    told = {stream: _said(says) for stream, says in _FIRST_EVENTS.rows(connection, {})}
    clinics: dict[int, list[_Stream]] = defaultdict(list)
    for row in _STREAMS.rows(connection, {}):
        clinics[row[2]].append(_Stream(*row))
    for streams in clinics.values():
        if not _in_line(streams, told):
            yield sentence(
                "{clinic}: where its ledger was continued does not fit what came before.",
                clinic=streams[0].clinic,
            )


def _in_line(streams: list[_Stream], told: Mapping[int, Mapping[str, object]]) -> bool:
    """Each stream but the last is closed and continued by the next one, from its end."""
    # The last one of a database that was moved is shut in a way of its own.
    if [min(stream.open, 1) for stream in streams] != [0] * (len(streams) - 1) + [1]:
        return False
    if streams[0].parent_uid:
        return False
    return all(
        (after.parent_uid, after.parent_seq) == (before.uid, before.last_seq)
        and told.get(after.id, {}).get("head") == bytes(before.head).hex()
        for before, after in pairwise(streams)
    )


def _said(says: str) -> Mapping[str, object]:
    try:
        content = json.loads(says)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
