"""The cache tables as the ledger's replay sees them: what each should hold, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from inventory.domain.movements import Column
from inventory.domain.sentence import N_
from inventory.services.replay import Expected
from inventory.storage.statement import Statement

Key = tuple[Any, ...]
Values = tuple[Any, ...]
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class CacheTable:
    """`wanted` gives the rows it should have; a row of zeros says the same as no row."""

    table: str
    name: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    wanted: Callable[[Expected], Iterable[tuple[Key, Values]]]
    _all: Statement = field(init=False)
    _add: Statement = field(init=False)
    _clear: Statement = field(init=False)

    def __post_init__(self) -> None:
        columns = (*self.keys, *self.values)
        named, given = ", ".join(columns), ", ".join(f":{name}" for name in columns)
        parts = {
            "_all": f"SELECT {named} FROM {self.table}",
            "_add": f"INSERT INTO {self.table} ({named}) VALUES ({given})",
            "_clear": f"DELETE FROM {self.table}",
        }
        for name, sql in parts.items():
            object.__setattr__(self, name, Statement(sql))

    def wrong(self, connection: Connection, expected: Expected) -> Iterator[Key]:
        """The keys whose row is not as the movements have it."""
        wanted = {key: values for key, values in self.wanted(expected) if any(values)}
        width = len(self.keys)
        for row in self._all.each(connection, {}):
            have = row[width:]
            if wanted.pop(row[:width], ()) != (have if any(have) else ()):
                yield row[:width]
        yield from wanted

    def make_anew(self, connection: Connection, expected: Expected) -> None:
        """Empty it and fill it from the movements."""
        self._clear.run(connection, {})
        columns = (*self.keys, *self.values)
        rows: list[Mapping[str, Any]] = []
        for key, values in self.wanted(expected):
            if not any(values):
                continue
            rows.append(dict(zip(columns, (*key, *values), strict=True)))
            if len(rows) == _BATCH:
                self._add.many(connection, rows)
                rows = []
        if rows:
            self._add.many(connection, rows)

    def item_of(self, key: Key) -> int:
        """The item that a row is about."""
        return int(key[self.keys.index("item_id")])


def _months(expected: Expected) -> Iterator[tuple[Key, Values]]:
    for key, use in expected.months.items():
        yield key, (use[Column.RECEIVED], use[Column.CONSUMED], use[Column.ADJUSTED])


CACHE_TABLES = (
    CacheTable(
        "stock",
        N_("Stock on hand"),
        ("clinic_id", "item_id", "lot_id", "place_id", "status"),
        ("quantity",),
        lambda expected: ((key, (n,)) for key, n in expected.stock.items()),
    ),
    CacheTable(
        "month_use",
        N_("Monthly use"),
        ("clinic_id", "month", "item_id"),
        ("received", "consumed", "adjusted"),
        _months,
    ),
    CacheTable(
        "usable_day",
        N_("Days in stock"),
        ("clinic_id", "day", "item_id"),
        ("change",),
        lambda expected: ((key, (n,)) for key, n in expected.days.items()),
    ),
    CacheTable(
        "first_day",
        N_("First days on record"),
        ("clinic_id", "item_id"),
        ("day",),
        lambda expected: ((key, (day,)) for key, day in expected.first.items()),
    ),
)
