"""Changing after how many minutes a desk locks itself."""

from __future__ import annotations

from sqlalchemy import Connection

from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.desk_lock import LEAST, MOST, SETTING
from inventory.services import security_log
from inventory.services.clinics import save_setting
from inventory.services.permits import needs_second, permitted


@permitted(Permission.PROTECTION)
def keep_lock_minutes(connection: Connection, stamp: Stamp, minutes: int) -> None:
    """Every desk of this database locks itself after so long; a second person confirms it."""
    if not LEAST <= minutes <= MOST:
        raise Refused("Choose 1 to 60 minutes.")
    needs_second(connection, stamp, Permission.PROTECTION)
    save_setting(connection, 0, SETTING, minutes)
    security_log.record(connection, stamp, SecurityEvent.SETTINGS_CHANGED, {"minutes": minutes})
