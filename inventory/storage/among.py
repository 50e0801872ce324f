"""A question about every item, or about a few of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from inventory.storage.statement import Statement, Values

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Among:
    """SQL that ends in a condition; `column` is what is compared with the items asked for."""

    def __init__(self, sql: str, column: str = "item_id", tail: str = "") -> None:
        self._sql, self._column, self._tail = sql, column, tail
        self._all = Statement(f"{sql} {tail}")
        self._one = Statement(f"{sql} AND {column} = :item {tail}")

    def rows(
        self, connection: Connection, values: Values, items: Collection[int] | None
    ) -> Sequence[tuple[Any, ...]]:
        """Of those items, or of all of them when None."""
        if items is None:
            return self._all.rows(connection, values)
        if len(items) == 1:
            return self._one.rows(connection, {**values, "item": next(iter(items))})
        # Ids are whole numbers, so they may stand in the text; neither engine binds a list.
        few = ", ".join(str(int(item)) for item in sorted(items)) or "NULL"
        asked = Statement(f"{self._sql} AND {self._column} IN ({few}) {self._tail}")
        return asked.rows(connection, values)
