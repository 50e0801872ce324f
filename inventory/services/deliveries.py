"""Deliveries on their way to the shelf: kept as they are scanned, and posted once.

A draft's body names the desk it is open at, so that two desks never write over each other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.drafts import draft
from inventory.services.drafts import drop_draft, save_draft
from inventory.services.permits import permitted
from inventory.services.receiving import Receipt, Received, receive

KIND = "receive"
"""The kind of draft that a delivery is."""


@permitted(Permission.RECEIVE)
def receive_delivery(connection: Connection, stamp: Stamp, receipt: Receipt, key: str) -> Received:
    """Post a delivery and forget its draft: a power cut leaves one or the other, never both.

    Raises Refused and keeps the draft.
    """
    posted = receive(connection, stamp, receipt)
    drop_draft(connection, stamp.clinic_id, KIND, key)
    return posted


def keep_delivery(
    connection: Connection, clinic_id: int, key: str, body: dict[str, Any], now: int
) -> None:
    """Keep a delivery that is open at `body["desk"]`.

    Raises Refused when another desk has taken it over meanwhile.
    """
    kept = draft(connection, clinic_id, KIND, key)
    if kept is not None and kept.body.get("desk") != body["desk"]:
        raise Refused("This delivery was taken over at {desk}. Go on with it there.",
                      desk=str(kept.body.get("desk")))  # fmt: skip
    save_draft(connection, clinic_id, KIND, key, body, now)


def take_delivery(
    connection: Connection, clinic_id: int, key: str, desk: str, now: int
) -> dict[str, Any]:
    """Open a kept delivery at this desk. Returns its body; Refused when it is gone."""
    kept = draft(connection, clinic_id, KIND, key)
    if kept is None:
        raise Refused("That delivery was finished or thrown away at another desk.")
    body = {**kept.body, "desk": desk, "open": True}
    save_draft(connection, clinic_id, KIND, key, body, now)
    return body
