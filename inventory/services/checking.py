"""`check`: is everything written here still true, and do the caches agree with the facts?

Problems come back as sentences. `rebuild` makes the caches anew from the movements; facts are
never touched.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, text
from uuid6 import uuid7

from inventory.domain.sentence import N_, Refused, Sentence, sentence
from inventory.queries.holdings import CACHES_MADE
from inventory.services import ledger
from inventory.services.cache_tables import CACHE_TABLES
from inventory.services.clinics import save_setting
from inventory.services.clock import broken_days
from inventory.services.guarding import missing_guards
from inventory.services.replay import Expected, walk
from inventory.services.run_of_numbers import broken_numbers
from inventory.services.sealing import broken_documents, broken_lots, broken_orders
from inventory.services.streams import broken_streams
from inventory.storage import tables

DAMAGE = N_("The file is damaged: {detail}. Restore the last backup.")
STALE = N_("{cache} does not agree with the movements in {count} places, {code} among them. "
           "Run check with --rebuild.")  # fmt: skip

_STREAMS = text("""
SELECT s.id, s.uid, s.clinic_id, s.parent_uid, s.parent_seq, s.last_seq, s.head, c.name,
  c.uid AS clinic_uid
FROM stream s JOIN clinic c ON c.id = s.clinic_id ORDER BY s.clinic_id, s.id
""")


def check(connection: Connection) -> list[Sentence]:
    """Everything that is wrong, in sentences; empty when all is well."""
    damage = list(_integrity(connection))
    if damage:
        return damage
    expected = Expected()
    problems = list(_orphans(connection))
    problems += missing_guards(connection)
    problems += broken_documents(connection)
    problems += broken_lots(connection)
    problems += broken_orders(connection)
    problems += broken_streams(connection)
    problems += _ledger(connection, expected)
    problems += _caches(connection, expected)
    problems += broken_numbers(connection)
    problems += broken_days(connection)
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
    for cache in CACHE_TABLES:
        cache.make_anew(connection, expected)
    save_setting(connection, 0, CACHES_MADE, uuid7().hex)


def _integrity(connection: Connection) -> Iterator[Sentence]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(5)").all():
        if said != "ok":
            yield Sentence(DAMAGE, {"detail": said})


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


def _caches(connection: Connection, expected: Expected) -> Iterator[Sentence]:
    for cache in CACHE_TABLES:
        wrong = list(cache.wrong(connection, expected))
        if wrong:
            item_id = cache.item_of(min(wrong, key=str))
            code = connection.scalar(select(tables.item.c.code).where(tables.item.c.id == item_id))
            about = {"cache": Sentence(cache.name), "count": len(wrong),
                     "code": code or str(item_id)}  # fmt: skip
            yield Sentence(STALE, about)
