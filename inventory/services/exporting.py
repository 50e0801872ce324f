"""Lists that leave the program can be read by everybody: each one is written into the log."""

from __future__ import annotations

from sqlalchemy import Connection

from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.stamp import Stamp
from inventory.services import security_log
from inventory.services.permits import permitted


@permitted(Permission.EXPORT)
def record_export(connection: Connection, stamp: Stamp, what: str, rows: int) -> None:
    """`what` is English source text, such as "Stock"; `rows` how many lines, 0 for a paper."""
    says: dict[str, str | int] = {"what": what, **({"rows": rows} if rows else {})}
    security_log.record(connection, stamp, SecurityEvent.EXPORTED, says)
