"""Who works with the same database on a server just now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventory.storage.server_lines import name_in
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CONNECTED = Statement("""
SELECT usename, application_name, bool_or(pid = pg_backend_pid())
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
GROUP BY usename, application_name ORDER BY usename, application_name
""")
_DESK = "_desk_"


@dataclass(frozen=True, slots=True)
class Connected:
    """A desk, and who sits there if somebody has signed in; `here` is this one."""

    desk: str
    person: str
    here: bool


def connected(connection: Connection) -> list[Connected]:
    """Every desk that is connected; nobody, for a file."""
    if connection.dialect.name != "postgresql":
        return []
    return [
        Connected(role.partition(_DESK)[2] or role, name_in(line), here)
        for role, line, here in _CONNECTED.rows(connection, {})
    ]
