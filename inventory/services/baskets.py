"""Baskets at the counter: posted or parked in the same transaction that lets go of the draft."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from inventory.domain.stamp import Stamp
from inventory.services.dispensing import (
    TO_DISPENSE,
    Dispensed,
    DispenseOrder,
    dispense,
    needed_for,
)
from inventory.services.drafts import drop_draft, save_draft
from inventory.services.permits import permitted

KIND = "dispense"
"""The kind of draft that a basket is."""


@permitted(*TO_DISPENSE, by=needed_for)
def dispense_basket(
    connection: Connection, stamp: Stamp, order: DispenseOrder, key: str
) -> Dispensed:
    """Post a basket and forget its draft: a power cut leaves one or the other, never both.

    Raises Refused and keeps the draft.
    """
    posted = dispense(connection, stamp, order)
    drop_draft(connection, stamp.clinic_id, KIND, key)
    return posted


def move_basket(
    connection: Connection, clinic_id: int, old_key: str, new_key: str, body: Any, now: int
) -> None:
    """Keep a basket under another key: parked, or taken up again."""
    drop_draft(connection, clinic_id, KIND, old_key)
    save_draft(connection, clinic_id, KIND, new_key, body, now)
