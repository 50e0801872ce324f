"""The security log as people read it: newest first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from inventory.domain.security import SecurityEvent
from inventory.storage.statement import Statement

MOST = 500


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. `says` are its particulars by name; `recorded_at` milliseconds UTC."""

    uid: str
    event: SecurityEvent
    user: str
    second: str
    says: Mapping[str, str | int]
    recorded_at: int
    clock_back: bool


_EVENTS = Statement("""
SELECT e.uid, e.kind, e."user", e.second, e.says, e.recorded_at, e.clock_back
FROM security_event e JOIN stream s ON s.id = e.stream_id
WHERE (:clinic = 0 OR e.clinic_id = :clinic) AND e.recorded_at >= :since
ORDER BY s.id DESC, e.seq DESC
""")


def events(
    connection: Connection,
    clinic_id: int = 0,
    *,
    since: int = 0,
    kinds: Collection[SecurityEvent] = (),
    most: int = MOST,
) -> list[EventRow]:
    """Events of a clinic (0: of all), of these kinds only when any are named."""
    found: list[EventRow] = []
    for uid, kind, user, second, says, at, back in _EVENTS.each(
        connection, {"clinic": clinic_id, "since": since}
    ):
        event = SecurityEvent(kind)
        if kinds and event not in kinds:
            continue
        found.append(EventRow(uid, event, user, second, json.loads(says), at, bool(back)))
        if len(found) == most:
            break
    return found
