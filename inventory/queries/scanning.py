"""Which item a scan means, and how many units the scanned pack holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from inventory.domain.scan import Scan
from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow, item_by_code, item_of_barcode


@dataclass(frozen=True, slots=True)
class Found:
    """A known item and the size of the pack that was scanned, in smallest units."""

    item: ItemRow
    pack_size: int


def item_of_scan(connection: Connection, scan: Scan) -> Found | None:
    """The item by own label, learned GTIN or learned text; None when it is not known here."""
    if scan.item_code:
        try:
            item = item_by_code(connection, scan.item_code)
        except Refused:
            return None
        return Found(item, item.pack_size)
    known = item_of_barcode(connection, code_to_learn(scan))
    return None if known is None else Found(*known)


def code_to_learn(scan: Scan) -> str:
    """What an unknown pack would be remembered by: its GTIN, else the raw text."""
    return scan.gtin or scan.raw.strip()
