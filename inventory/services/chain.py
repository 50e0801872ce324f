"""The hash chain over movements and security events, and the seals of what movements name.

A movement's hash covers the hash before it and everything the movement says. It names its
document and its batch by their seals, so those cannot be changed either; a document's seal covers
the head of the chain when it was written, so a document that moved nothing is tied in as well.
Identities are those that mean the same in every database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

MOVEMENT_FIELDS = (
    "clinic_uid", "stream_uid", "seq", "uid", "document_seal", "line", "kind", "item_uid",
    "lot_seal", "place_uid", "status", "quantity", "balance_after", "happened_on", "recorded_at",
    "clock_back", "user", "reason", "note", "reverses_uid",
)  # fmt: skip
EVENT_FIELDS = (
    "clinic_uid", "stream_uid", "seq", "uid", "kind", "user", "second", "says", "recorded_at",
    "clock_back",
)  # fmt: skip
DOCUMENT_FIELDS = (
    "clinic_uid", "stream_uid", "after_seq", "uid", "kind", "number", "request", "happened_on",
    "recorded_at", "user", "party", "reference", "reason", "note", "reverses_uid", "says",
)  # fmt: skip
LOT_FIELDS = (
    "clinic_uid", "item_uid", "uid", "number", "expiry", "expiry_precision", "made_on", "maker",
    "source",
)  # fmt: skip


def start(clinic_uid: str, stream_uid: str, parent_uid: str = "", parent_seq: int = 0) -> bytes:
    """The head of a stream that has no movements yet."""
    return _digest(b"", "stream", (clinic_uid, stream_uid, parent_uid, parent_seq))


def link(previous: bytes, fields: Iterable[object]) -> bytes:
    """The hash of a movement; fields as in MOVEMENT_FIELDS, days as ISO text, seals as hex."""
    return _digest(previous, "movement", fields)


def link_event(previous: bytes, fields: Iterable[object]) -> bytes:
    """The hash of a security event, in the same chain; EVENT_FIELDS."""
    return _digest(previous, "event", fields)


def seal_document(head: bytes, fields: Iterable[object]) -> bytes:
    """The seal of a document written when the chain ended in `head`; DOCUMENT_FIELDS."""
    return _digest(head, "document", fields)


def seal_order(head: bytes, fields: Iterable[object]) -> bytes:
    """The seal of an order printed when the chain ended in `head`."""
    return _digest(head, "order", fields)


def seal_lot(fields: Iterable[object]) -> bytes:
    """The seal of a batch; LOT_FIELDS."""
    return _digest(b"", "lot", fields)


def _digest(before: bytes, what: str, fields: Iterable[object]) -> bytes:
    return hashlib.sha256(before + _encode([what, *fields]).encode("ascii")).digest()
