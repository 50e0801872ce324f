"""`check`: is everything written here still true, and do the caches agree with the facts?

Problems come back as sentences. `rebuild` makes the caches anew from the movements; facts are
never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from inventory.domain.movements import Column
from inventory.domain.sentence import N_, Refused, Sentence, sentence
from inventory.services import ledger
from inventory.services.replay import Expected, walk
from inventory.services.run_of_numbers import broken_numbers
from inventory.services.sealing import broken_documents, broken_lots
from inventory.storage import tables
from inventory.storage.types import day_of

_STREAMS = text("""
SELECT s.id, s.uid, s.clinic_id, s.parent_uid, s.parent_seq, s.last_seq, s.head, c.name,
  c.uid AS clinic_uid
FROM stream s JOIN clinic c ON c.id = s.clinic_id ORDER BY s.clinic_id, s.id
""")
_BATCH = 5000


def check(connection: Connection) -> list[Sentence]:
    """Everything that is wrong, in sentences; empty when all is well."""
    damage = list(_integrity(connection))
    if damage:
        return damage
    expected = Expected()
    problems = list(_orphans(connection))
    problems += broken_documents(connection)
    problems += broken_lots(connection)
    problems += _ledger(connection, expected)
    problems += _caches(connection, expected)
    problems += broken_numbers(connection)
    return problems


def rebuild(connection: Connection) -> None:
    """Make stock, monthly use and daily stock anew from the movements.

    Raises Refused when movements are missing or their quantities were changed: caches made from
    them would only hide it.
    """
    for clinic_id in connection.scalars(select(tables.clinic.c.id)).all():
        ledger.begin(connection, clinic_id)
    damage = list(_integrity(connection))
    if damage:
        raise Refused(damage[0])
    expected = Expected()
    problems = list(_ledger(connection, expected))
    if not expected.trusted:
        raise Refused(
            "The ledger itself is damaged, so nothing was made anew from it. {problem}",
            problem=problems[0],
        )
    for table, rows in _rows(expected).items():
        connection.execute(delete(table))
        for start in range(0, len(rows), _BATCH):
            connection.execute(insert(table), rows[start : start + _BATCH])


def _integrity(connection: Connection) -> Iterator[Sentence]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(5)").all():
        if said != "ok":
            yield sentence("The file is damaged: {detail}. Restore the last backup.", detail=said)


def _orphans(connection: Connection) -> Iterator[Sentence]:
    """PostgreSQL never lets go of what is named; SQLite does for who switches its watch off."""
    if connection.dialect.name != "sqlite":
        return
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    for table in dict.fromkeys(str(row[0]) for row in rows):
        yield sentence("A row of {table} names something that is not there.", table=table)


def _ledger(connection: Connection, expected: Expected) -> Iterator[Sentence]:
    for stream in connection.execute(_STREAMS).all():
        yield from walk(connection, stream, expected)


def _rows(expected: Expected) -> dict[Table, list[dict[str, Any]]]:
    """The rows each cache should have. Zero stock needs no row."""
    return {
        tables.stock: [
            {"clinic_id": c, "item_id": i, "lot_id": lot, "place_id": p, "status": s, "quantity": q}
            for (c, i, lot, p, s), q in expected.stock.items()
            if q
        ],
        tables.month_use: [
            {"clinic_id": c, "month": m, "item_id": i, "received": use[Column.RECEIVED],
             "consumed": use[Column.CONSUMED], "adjusted": use[Column.ADJUSTED]}
            for (c, m, i), use in expected.months.items()
        ],
        tables.usable_day: [
            {"clinic_id": c, "day": day_of(d), "item_id": i, "change": q}
            for (c, d, i), q in expected.days.items()
        ],
        tables.first_day: [
            {"clinic_id": c, "item_id": i, "day": day_of(d)}
            for (c, i), d in expected.first.items()
        ],
    }  # fmt: skip


def _caches(connection: Connection, expected: Expected) -> Iterator[Sentence]:
    for table, rows in _rows(expected).items():
        keys = [column.name for column in table.primary_key.columns]
        values = [column.name for column in table.columns if column.name not in keys]
        want = {tuple(row[k] for k in keys): tuple(row[v] for v in values) for row in rows}
        have = {
            tuple(row._mapping[k] for k in keys): tuple(row._mapping[v] for v in values)
            for row in connection.execute(select(table))
        }
        wrong = [key for key in want.keys() | have.keys() if _value(want, key) != _value(have, key)]
        if wrong:
            yield _disagrees(connection, table, keys, wrong)


def _value(side: Mapping[Any, tuple[Any, ...]], key: object) -> tuple[Any, ...]:
    """A row of zeros says the same as no row."""
    found = side.get(key, ())
    return () if all(part == 0 for part in found) else found


_CACHE_NAMES = {
    "stock": N_("Stock on hand"),
    "month_use": N_("Monthly use"),
    "usable_day": N_("Days in stock"),
    "first_day": N_("First days on record"),
}


def _disagrees(
    connection: Connection, table: Table, keys: list[str], wrong: list[tuple[Any, ...]]
) -> Sentence:
    first = min(wrong, key=str)
    item_id = first[keys.index("item_id")]
    code = connection.scalar(select(tables.item.c.code).where(tables.item.c.id == item_id))
    return sentence(
        "{cache} does not agree with the movements in {count} places, {code} among them. "
        "Run check with --rebuild.",
        cache=Sentence(_CACHE_NAMES[table.name]), count=len(wrong), code=code or str(item_id),
    )  # fmt: skip
