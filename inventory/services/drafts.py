"""Work in progress, written as it is made: baskets, deliveries, half-filled forms."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, text

_SAVE = text("""
INSERT INTO draft (clinic_id, kind, key, body, changed_at)
VALUES (:clinic, :kind, :key, :body, :now)
ON CONFLICT (clinic_id, kind, key)
DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at
""")
_DROP = text("DELETE FROM draft WHERE clinic_id = :clinic AND kind = :kind AND key = :key")


def save_draft(
    connection: Connection, clinic_id: int, kind: str, key: str, body: Any, now: int
) -> None:
    """Keep a draft as JSON, over what was there."""
    connection.execute(
        _SAVE,
        {"clinic": clinic_id, "kind": kind, "key": key, "now": now,
         "body": json.dumps(body, ensure_ascii=False)},
    )  # fmt: skip


def drop_draft(connection: Connection, clinic_id: int, kind: str, key: str) -> None:
    """Forget a draft; in the same transaction as the document it became."""
    connection.execute(_DROP, {"clinic": clinic_id, "kind": kind, "key": key})
