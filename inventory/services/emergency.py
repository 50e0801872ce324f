"""Stock taken out in an emergency: forbidden to nobody who works here, always written down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from inventory.domain.reasons import Context
from inventory.domain.reasons import reason as reason_named
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.services import security_log


def check_reason(code: str) -> None:
    """Raises Refused when it is no reason for an emergency."""
    why = reason_named(code)
    if Context.EMERGENCY not in why.uses:
        raise Refused("Say what the emergency is.")


def record(
    connection: Connection,
    stamp: Stamp,
    document: str,
    reason: str,
    amounts: Sequence[tuple[str, int]],
) -> None:
    """List it for the pharmacist and the manager, with what went out."""
    total: dict[str, int] = {}
    for code, quantity in amounts:
        total[code] = total.get(code, 0) + quantity
    items = ", ".join(f"{code} {quantity}" for code, quantity in total.items())
    says = {"document": document, "reason": reason, "items": items}
    security_log.record(connection, stamp, SecurityEvent.EMERGENCY_ISSUE, says)
