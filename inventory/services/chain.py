"""The hash chain over movements.

A movement's hash covers the hash before it and everything the movement says, including the
document and lot it names, by identities that mean the same in every database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SEPARATOR = "\x1f"


def start(clinic_uid: str, stream_uid: str, parent_uid: str = "", parent_seq: int = 0) -> bytes:
    """The head of a stream that has no movements yet."""
    return _digest(b"", ("amana-stream-1", clinic_uid, stream_uid, parent_uid, parent_seq))


def link(previous: bytes, fields: Iterable[object]) -> bytes:
    """The hash of a movement whose fields, in the order of `MOVEMENT_FIELDS`, are given."""
    return _digest(previous, fields)


MOVEMENT_FIELDS = (
    "clinic_uid", "stream_uid", "seq", "uid", "document_uid", "document_number",
    "document_kind", "document_party", "document_reference", "line", "kind", "item_uid",
    "lot_uid", "lot_number", "lot_expiry", "lot_precision", "lot_maker", "lot_source",
    "place_uid", "status", "quantity", "balance_after", "happened_on", "recorded_at",
    "clock_back", "user", "reason", "note", "reverses_uid",
)  # fmt: skip


def _digest(previous: bytes, fields: Iterable[object]) -> bytes:
    text = SEPARATOR.join("" if field is None else str(field) for field in fields)
    return hashlib.sha256(previous + text.encode("utf-8")).digest()
