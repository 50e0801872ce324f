"""The practice clinic: the same every time for the same day, whole, and with something of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.clinics import clinics, setting
from inventory.queries.do_first import TaskKind
from inventory.queries.drafts import drafts
from inventory.queries.orders import orders
from inventory.queries.stock import stock_list
from inventory.queries.stock_filters import FILTERS, counts
from inventory.queries.today import today_facts
from inventory.services.checking import check
from inventory.services.practice import DAYS, make_practice
from inventory.services.setting_up import SetUp, set_up
from inventory.storage.database import Database
from inventory.storage.opening import open_database

TODAY = date(2026, 11, 22)
_FACTS = text("""
SELECT d.number, d.kind, d.happened_on, d.recorded_at, d.party, i.code, l.number AS lot, l.expiry,
  m.status, m.quantity, m.place_id
FROM movement m JOIN document d ON d.id = m.document_id JOIN item i ON i.id = m.item_id
JOIN lot l ON l.id = m.lot_id ORDER BY m.stream_id, m.seq
""")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    make_practice(path, TODAY, 1_800_000_000_000)
    database = open_database(path)
    yield database
    database.close()


def facts(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(_FACTS)]


def test_it_is_whole(practice: Database) -> None:
    with practice.read() as connection:
        assert check(connection) == []
        assert setting(connection, 0, "practice", False) is True


def test_it_is_the_same_every_time(practice: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "again.db"
    make_practice(path, TODAY, 1_900_000_000_000, lambda done, all_: told.append((done, all_)))
    again = open_database(path)
    assert facts(again) == facts(practice)
    again.close()
    assert told == [(day, DAYS) for day in range(1, DAYS + 1)]


def test_a_newcomer_finds_something_of_everything(practice: Database) -> None:
    with practice.read() as connection:
        clinic = clinics(connection)[0].id
        found = today_facts(connection, clinic, TODAY)
        rows = stock_list(connection, clinic, TODAY)
        waiting = orders(connection, clinic, open_only=True)
    assert [task.kind for task in found.tasks] == [
        TaskKind.EXPIRED, TaskKind.VITAL_OUT_COMING, TaskKind.HALF_DONE, TaskKind.HALF_DONE,
        TaskKind.ORDER_DUE,
    ]  # fmt: skip
    assert (found.expired, found.expired_on_shelf) == (4, 2)
    assert (found.out, found.out_vital) == (5, 2)
    assert (found.expiring, found.at_risk) == (11, 6)
    assert (found.deliveries, found.half_scanned, found.orders_due) == (2, 1, 1)
    assert found.visits > 15
    assert found.lines > found.visits
    assert all(kept > 0 for kept in counts(rows).values())
    assert {order.state for order in waiting} == {"printed", "partly_received"}
    assert {lot.status for row in rows for lot in row.lots} == set(Status)


def test_averages_are_believable(practice: Database) -> None:
    with practice.read() as connection:
        rows = stock_list(connection, clinics(connection)[0].id, TODAY)
    assert len(rows) > 50
    assert all(row.line.amc.months_counted == 3 for row in rows)
    gap = next(row for row in rows if row.item.code == "PARA500T")
    assert 14 <= gap.line.amc.days_out <= 17
    assert all(row.months is not None and row.months < 8 for row in rows)
    in_range = FILTERS["in_range"].rows(rows)
    assert len(in_range) * 2 >= len(rows)


def test_a_basket_and_a_delivery_wait(practice: Database) -> None:
    with practice.read() as connection:
        clinic = clinics(connection)[0].id
        baskets = drafts(connection, clinic, "dispense")
        deliveries = drafts(connection, clinic, "receive")
    assert [len(one.body["lines"]) for one in baskets] == [3]
    (delivery,) = deliveries
    assert len(delivery.body["lines"]) == 7
    assert len(delivery.body["rest"]["expected"]) > 7


def test_any_day_tells_the_same_stories(tmp_path: Path) -> None:
    """A Friday in a leap year, too."""
    today = date(2028, 2, 25)
    path = tmp_path / "practice.db"
    make_practice(path, today, 1_800_000_000_000)
    database = open_database(path)
    with database.read() as connection:
        found = today_facts(connection, clinics(connection)[0].id, today)
        assert check(connection) == []
    database.close()
    assert (found.expired, found.expired_on_shelf, found.out_vital) == (4, 2, 2)
    assert (found.deliveries, found.half_scanned, found.orders_due) == (2, 1, 1)
    assert found.visits > 10


def test_it_never_takes_the_place_of_real_work(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    set_up(path, SetUp("Al-Noor"), TODAY, 1_800_000_000_000)
    before = path.read_bytes()
    with pytest.raises(Refused, match="not a practice clinic"):
        make_practice(path, TODAY, 1_800_000_000_000)
    assert path.read_bytes() == before
