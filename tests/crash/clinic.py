"""A small clinic with shelves full enough to dispense from for a long time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.item import ItemDraft
from inventory.domain.names import Names
from inventory.domain.stamp import Stamp
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.items import save_item
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage.database import Database

DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic and the items on its shelves."""

    id: int
    items: tuple[int, ...]


def stamp(clinic_id: int, request: str) -> Stamp:
    return Stamp(clinic_id, "crash", DAY, time.time_ns() // 1_000_000, request)


def furnish(database: Database, batches: tuple[int, ...], items: int = 3) -> Clinic:
    """A clinic with `items` medicines, each in batches of these sizes, earliest expiry first."""
    with database.write() as connection:
        clinic_id = add_clinic(connection, NewClinic("Crash clinic"), DAY, 0)
        ids = tuple(_item(connection, f"M-{n}") for n in range(items))
    for item_id in ids:
        lines = tuple(
            ReceiptLine(item_id, quantity, f"B{n}", Expiry.of_day(DAY + timedelta(days=730 + n)))
            for n, quantity in enumerate(batches)
        )
        database.act(receive, stamp(clinic_id, f"stock {item_id}"), Receipt(lines, DAY))
    return Clinic(clinic_id, ids)


def _item(connection: Connection, code: str) -> int:
    draft = ItemDraft(code=code, names=Names(en=f"Medicine {code}"), kind="medicine", unit="tablet")
    return save_item(connection, draft, 0)
