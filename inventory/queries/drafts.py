"""Work in progress that was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ALL = Statement("""
SELECT key, body, changed_at FROM draft WHERE clinic_id = :clinic AND kind = :kind ORDER BY key
""")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as it was kept; `changed_at` in milliseconds UTC."""

    key: str
    body: Any
    changed_at: int


def drafts(connection: Connection, clinic_id: int, kind: str) -> list[DraftRow]:
    """All drafts of one kind, in order of key."""
    rows = _ALL.rows(connection, {"clinic": clinic_id, "kind": kind})
    return [DraftRow(key, json.loads(body), changed_at) for key, body, changed_at in rows]


def draft(connection: Connection, clinic_id: int, kind: str, key: str) -> DraftRow | None:
    return next((d for d in drafts(connection, clinic_id, kind) if d.key == key), None)
