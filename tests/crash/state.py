"""Everything a database says, as one digest: the same after a crash as after the last commit.

Without ids made by chance and what is worked out from them, because an act that was tried twice
has others; that the chain over them is whole is for `check` to say.
"""

from __future__ import annotations

import hashlib
from typing import Any

_COLUMNS = """
SELECT t.name, group_concat('"' || c.name || '"') FROM sqlite_master t
JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND c.name NOT LIKE '%uid' AND c.name NOT LIKE '%hash'
  AND c.name NOT IN ('seal', 'head')
GROUP BY t.name ORDER BY t.name
"""


def digest(raw: Any) -> str:
    """The digest of all rows, through a connection of the driver."""
    found = hashlib.sha256()
    for table, columns in raw.execute(_COLUMNS).fetchall():
        rows = raw.execute(f'SELECT {columns} FROM "{table}"').fetchall()
        found.update(repr((table, sorted(rows, key=repr))).encode())
    return found.hexdigest()
