"""After how many minutes without a key or a movement a desk locks itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventory.queries.clinics import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTING = "lock_minutes"
USUAL, LEAST, MOST = 5, 1, 60


def lock_minutes(connection: Connection) -> int:
    """As this database has it, for every desk."""
    return int(setting(connection, 0, SETTING, USUAL))
