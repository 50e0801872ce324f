"""Where the ledgers of a database stand, and whether they hold what was seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventory.storage.marks import Mark, Numbers
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

_POSITIONS = Statement("SELECT id, clinic_id, uid, last_seq, head, open FROM stream ORDER BY id")
_NUMBERS = Statement("""
SELECT c.uid, n.year, max(n.last) FROM number_counter n JOIN clinic c ON c.id = n.clinic_id
GROUP BY c.uid, n.year
""")
_ENTRY = Statement("""
SELECT hash FROM movement WHERE clinic_id = :clinic AND stream_id = :stream AND seq = :seq
UNION ALL
SELECT hash FROM security_event WHERE clinic_id = :clinic AND stream_id = :stream AND seq = :seq
""")


@dataclass(frozen=True, slots=True)
class Position:
    """A stream, its last number and its head."""

    id: int
    clinic_id: int
    stream: str
    seq: int
    head: bytes
    open: bool

    @property
    def mark(self) -> Mark:
        """What is remembered of it."""
        return Mark(self.seq, self.head if self.seq else b"", not self.open)


def positions(connection: Connection) -> list[Position]:
    """All streams, oldest first."""
    return [
        Position(number, clinic, uid, seq, bytes(head), bool(is_open))
        for number, clinic, uid, seq, head, is_open in _POSITIONS.rows(connection, {})
    ]


def holds(connection: Connection, position: Position, mark: Mark | None) -> bool:
    """Whether an open stream holds what was seen of it, and nothing else in its place."""
    if mark is None or not position.open:
        return True
    if mark.continued or position.seq < mark.seq:
        return False
    if not mark.seq:
        return True
    where = {"clinic": position.clinic_id, "stream": position.id, "seq": mark.seq}
    return [(bytes(entry),) for (entry,) in _ENTRY.rows(connection, where)] == [(mark.head,)]


def highest_numbers(connection: Connection) -> dict[str, Numbers]:
    """The highest number on the papers of each clinic, by its uid, in the last year there is."""
    found: dict[str, Numbers] = {}
    for clinic, year, highest in _NUMBERS.rows(connection, {}):
        numbers = Numbers(int(year), int(highest))
        found[clinic] = max(found.get(clinic, numbers), numbers)
    return found
