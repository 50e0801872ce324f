"""The tables. Facts (FACTS below) are only ever inserted; triggers see to it.

Local integer ids join rows inside one database; `uid` (UUIDv7, 32 hex digits) is the identity
that travels between databases and goes into the hash chain.
"""

from __future__ import annotations

from inventory.storage.tables.caches import first_day, month_use, stock, usable_day
from inventory.storage.tables.clinics import clinic, place, setting, stream
from inventory.storage.tables.columns import metadata
from inventory.storage.tables.drafts import draft
from inventory.storage.tables.items import barcode, item, item_code, item_pack, item_substitute
from inventory.storage.tables.ledger import document, lot, movement, number_counter
from inventory.storage.tables.orders import requisition, requisition_line
from inventory.storage.tables.papers import (
    receipt,
    receipt_line,
    reported_month,
    unmet_demand,
    visit,
)
from inventory.storage.tables.people import person, security_event

FACTS = ("movement", "document", "lot", "receipt", "receipt_line", "visit", "unmet_demand",
         "security_event")  # fmt: skip
"""Tables that may only ever be inserted into."""

__all__ = [
    "FACTS", "barcode", "clinic", "document", "draft", "first_day", "item", "item_code",
    "item_pack", "item_substitute", "lot", "metadata", "month_use", "movement", "number_counter",
    "person", "place", "receipt", "receipt_line", "reported_month", "requisition",
    "requisition_line", "security_event", "setting", "stock", "stream", "unmet_demand",
    "usable_day", "visit",
]  # fmt: skip
