"""By what the backups of one database know each other."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from inventory.domain.backup_names import MARK_LETTERS
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIRST_STREAM = Statement("SELECT uid FROM stream ORDER BY id LIMIT 1")


def mark_of(connection: Connection) -> str:
    """What the names of all backups of this database begin with."""
    row = _FIRST_STREAM.row(connection, {})
    return sha256(b"amana backups " + str(row and row[0]).encode()).hexdigest()[:MARK_LETTERS]
