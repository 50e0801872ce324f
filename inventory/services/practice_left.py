"""What the practice clinic left half done this morning: stock held, a delivery, a basket aside."""

from __future__ import annotations

import platform
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.status import Status
from inventory.queries.items import item_by_code
from inventory.queries.lots import lots_of
from inventory.queries.orders import OrderLineRow, order_lines
from inventory.services import baskets, deliveries
from inventory.services.adjusting import Held, change_status
from inventory.services.drafts import save_draft
from inventory.services.practice_supply import STORE, SUPPLIER, Supply

PHARMACIST = "Rana"
HELD = (
    ("INSM10V", Status.QUARANTINED, "COLD_CHAIN", 4),
    ("DICL75A", Status.RECALLED, "RECALL", MAX_QUANTITY),
)
"""Items of which so much of the earliest batch is held at each place, how, and why."""
SCANNED = 7
BASKET = (("METF500T", 60), ("ASPI100T", 30), ("AMLO5T", 30))
AT_ONCE = "closed"
"""The run of a draft that was left in order."""


def leave_work(connection: Connection, supply: Supply) -> None:
    """Hold two batches, scan half of the delivery, put a basket aside."""
    _hold(connection, supply)
    _scan_half(connection, supply)
    _put_aside(connection, supply)


def _hold(connection: Connection, supply: Supply) -> None:
    for code, status, reason, most in HELD:
        item = item_by_code(connection, code)
        lots = lots_of(connection, supply.calendar.clinic_id, item.id, supply.today)
        usable = [lot for lot in lots if lot.status is Status.USABLE]
        held = [
            Held(item.id, lot.lot_id, lot.place_id, lot.kept_as, min(most, lot.quantity))
            for lot in usable
            if lot.lot_id == usable[0].lot_id
        ]
        if held:
            stamp = supply.calendar.stamp(supply.today, PHARMACIST)
            change_status(connection, stamp, held, status, reason)


def _scan_half(connection: Connection, supply: Supply) -> None:
    """The rest of the last order is at the door."""
    order = supply.open_order
    if order is None:
        return
    due = [line for line in order_lines(connection, order.id) if line.to_come]
    stamp = supply.calendar.stamp(supply.today, STORE)
    lines = [
        _scanned(supply, number, line, stamp.now)
        for number, line in enumerate(due[:SCANNED], start=1)
    ]
    body = {
        "request": uuid7().hex, "run": AT_ONCE, "desk": platform.node(), "open": True,
        "lines": lines, "at": len(lines), "steps": [],
        "rest": {
            "paper": {"supplier": SUPPLIER, "source": SUPPLIER, "waybill": f"{4100 + order.id}",
                      "order_id": order.id, "order": order.number},
            "expected": [[line.item.id, line.to_come, line.pack_size] for line in due],
            "ended": [], "symbols": [],
        },
    }  # fmt: skip
    save_draft(connection, stamp.clinic_id, deliveries.KIND, f"delivery-{uuid7().hex}", body,
               stamp.now)  # fmt: skip


def _scanned(supply: Supply, number: int, line: OrderLineRow, now: int) -> dict[str, Any]:
    """One line as the Receive page keeps it: the third came broken, the fifth is short."""
    habit = next(habit for habit in supply.habits if habit.item.id == line.item.id)
    expiry = supply.expiry(habit, supply.today, 10, 26)
    packs = max(1, line.to_come // line.pack_size)
    came = (packs - packs // 3 if number == 5 else packs) * line.pack_size
    return {
        "key": number, "item_id": line.item.id, "lot": supply.lot(habit),
        "expiry": expiry.iso if expiry is not None else "", "came": came,
        "size": line.pack_size, "damaged": min(came, 2) if number == 3 else 0, "settled": 1,
        "at": now,
    }  # fmt: skip


def _put_aside(connection: Connection, supply: Supply) -> None:
    stamp = supply.calendar.stamp(supply.today, PHARMACIST)
    lines = [
        {"item_id": item_by_code(connection, code).id, "quantity": quantity}
        for code, quantity in BASKET
    ]
    body = {"run": AT_ONCE, "request": uuid7().hex, "lines": lines, "visit": {"number": "ZH-0171"},
            "at": 0, "steps": []}  # fmt: skip
    save_draft(connection, stamp.clinic_id, baskets.KIND, f"parked-{uuid7().hex}", body, stamp.now)
