"""Everything a database says, as one digest: the same after a crash as after the last commit."""

from __future__ import annotations

import hashlib
from typing import Any

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def digest(raw: Any) -> str:
    """The digest of all rows, through a connection of the driver."""
    found = hashlib.sha256()
    for (table,) in raw.execute(_TABLES).fetchall():
        rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()
        found.update(repr((table, sorted(rows, key=repr))).encode())
    return found.hexdigest()
