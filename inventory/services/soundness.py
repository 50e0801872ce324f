"""Is an open file sound? A quick look at the start of work, and what a whole check found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from inventory.domain.sentence import Refused, Sentence
from inventory.domain.troubles import Trouble
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from inventory.storage.database import Database

TAIL = 200
"""So many of the last entries of each ledger are proven at every start."""

_WHOLE = Statement("PRAGMA quick_check(1)")
_STREAMS = Statement("""
SELECT s.id, s.clinic_id, s.last_seq, s.head FROM stream s WHERE s.open = 1 AND s.last_seq > 0
""")
_LINKS = Statement("""
SELECT seq, previous_hash, hash FROM movement
WHERE clinic_id = :clinic AND stream_id = :stream AND seq > :after
UNION ALL SELECT seq, previous_hash, hash FROM security_event
WHERE clinic_id = :clinic AND stream_id = :stream AND seq > :after ORDER BY seq
""")


def look_over(database: Database) -> Trouble | None:
    """What is wrong with a file at first sight; it takes seconds for ten years of work.

    Every page of the file is read, so that the seal of a locked one proves it, and the last
    entries of the ledger must lead to where it ended.
    """
    try:
        with database.read() as connection:
            if connection.dialect.name == "sqlite" and not _pages_are_whole(connection):
                return Trouble.DAMAGED
            if not _ends_where_it_was_left(connection):
                return Trouble.LEDGER_DAMAGED
    except Refused as refusal:
        return refusal.trouble
    return None


def trouble_of(problems: Sequence[Sentence]) -> Trouble | None:
    """The trouble behind what a whole check found; None when it found nothing."""
    from inventory.services import checking  # loads SQLAlchemy, which a first look does without

    texts = {problem.text for problem in problems}
    if checking.DAMAGE in texts:
        return Trouble.DAMAGED
    if texts - {checking.STALE}:
        return Trouble.LEDGER_DAMAGED
    return Trouble.FIGURES_DAMAGED if texts else None


def _pages_are_whole(connection: Connection) -> bool:
    return _WHOLE.row(connection, {}) == ("ok",)


def _ends_where_it_was_left(connection: Connection) -> bool:
    return all(
        _leads_to(connection, stream, clinic, last, bytes(head))
        for stream, clinic, last, head in _STREAMS.rows(connection, {})
    )


def _leads_to(connection: Connection, stream: int, clinic: int, last: int, head: bytes) -> bool:
    """Numbers without a gap, each hash the one that the next entry names."""
    after = max(0, last - TAIL)
    rows: Sequence[tuple[Any, ...]] = _LINKS.rows(
        connection, {"clinic": clinic, "stream": stream, "after": after}
    )
    if [row[0] for row in rows] != list(range(after + 1, last + 1)):
        return False
    hashes = [bytes(row[2]) for row in rows]
    named = [bytes(row[1]) for row in rows[1:]]
    return hashes[:-1] == named and hashes[-1] == head
