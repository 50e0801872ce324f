"""Which item a scan means, and how many units the scanned pack holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from inventory.domain.scan import Scan, ScanKind
from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow, item_by_code, item_of_barcode

# What a bare item code can look like; a code of digits alone may pass for a product number.
_PLAIN = frozenset({ScanKind.UNKNOWN, ScanKind.GTIN})


@dataclass(frozen=True, slots=True)
class Found:
    """A known item and the size of the pack that was scanned, in smallest units."""

    item: ItemRow
    pack_size: int


def item_of_scan(connection: Connection, scan: Scan) -> Found | None:
    """The item by own label, learned GTIN or learned text, last by its bare code as the shelf
    label holds it; None when it is not known here."""
    if scan.item_code:
        return _by_code(connection, scan.item_code)
    known = item_of_barcode(connection, code_to_learn(scan))
    if known is not None:
        return Found(*known)
    return _by_code(connection, scan.raw) if scan.kind in _PLAIN else None


def as_known_here(connection: Connection, scan: Scan) -> Scan:
    """The scan; when its text is nothing but the code of an item, as our own label of it."""
    found = item_of_scan(connection, scan) if scan.kind in _PLAIN else None
    if found is None or scan.raw.strip() != found.item.code:
        return scan
    return Scan(ScanKind.OWN, scan.raw, item_code=found.item.code)


def _by_code(connection: Connection, code: str) -> Found | None:
    try:
        item = item_by_code(connection, code)
    except Refused:
        return None
    return Found(item, item.pack_size)


def code_to_learn(scan: Scan) -> str:
    """What an unknown pack would be remembered by: its GTIN, else the raw text."""
    return scan.gtin or scan.raw.strip()
