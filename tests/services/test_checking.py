"""Caches that disagree with the facts are noticed, and made anew from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.services.cache_tables import CACHE_TABLES
from inventory.services.checking import rebuild
from inventory.services.ordering import open_draft
from tests.ready_clinic import ReadyClinic, furnish
from tests.services.tampering import tamper


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    clinic.receive(quantity=100)
    clinic.receive("GLOV", 50, lot="", expiry=None)
    clinic.dispense(quantity=10)
    clinic.dispense("GLOV", 50)
    other = furnish(clinic.database, "Al-Salam")
    other.receive("PARA", 7, lot="P1")
    return clinic


BROKEN = [
    ("UPDATE stock SET quantity = quantity + 1 WHERE quantity = 90", "Stock on hand", "AMOX"),
    ("DELETE FROM stock WHERE quantity = 7", "Stock on hand", "PARA"),
    ("UPDATE stock SET status = 'damaged' WHERE quantity = 90", "Stock on hand", "AMOX"),
    ("UPDATE month_use SET consumed = 3 WHERE consumed = 10", "Monthly use", "AMOX"),
    ("DELETE FROM month_use WHERE consumed = 50", "Monthly use", "GLOV"),
    ("UPDATE usable_day SET change = 0 WHERE change = 7", "Days in stock", "PARA"),
    ("DELETE FROM first_day", "First days on record", "AMOX"),
    ("UPDATE first_day SET day = '2020-01-01'", "First days on record", "AMOX"),
]


@pytest.mark.parametrize(("sql", "cache", "code"), BROKEN)
def test_a_broken_cache_is_noticed_and_mended(
    busy: ReadyClinic, sql: str, cache: str, code: str
) -> None:
    assert busy.check() == []
    with busy.database.write() as connection:
        connection.execute(text(sql))
    (problem,) = busy.check()
    assert problem.startswith(f"{cache} does not agree with the movements in ")
    assert f", {code} among them. Run check with --rebuild." in problem
    with busy.database.write() as connection:
        rebuild(connection)
    assert busy.check() == []
    assert busy.on_hand() == 90


def test_making_anew_what_was_right_changes_nothing(busy: ReadyClinic) -> None:
    def rows() -> dict[str, set[tuple[object, ...]]]:
        """Without rows of zeros, which say nothing."""
        found = {}
        for cache in CACHE_TABLES:
            sql = text(f"SELECT {', '.join((*cache.keys, *cache.values))} FROM {cache.table}")
            every = busy.ask(lambda c, sql=sql: [tuple(row) for row in c.execute(sql)])
            found[cache.table] = {row for row in every if any(row[len(cache.keys) :])}
        return found

    before = rows()
    with busy.database.write() as connection:
        rebuild(connection)
    assert rows() == before


def test_work_goes_on_after_a_rebuild(busy: ReadyClinic) -> None:
    with busy.database.write() as connection:
        rebuild(connection)
    busy.dispense(quantity=90)
    busy.receive("GLOV", 5, lot="", expiry=None)
    assert busy.check() == []


def test_a_counter_that_was_set_back_is_noticed(busy: ReadyClinic) -> None:
    with busy.database.write() as connection:
        connection.execute(text("UPDATE number_counter SET last = 1 WHERE prefix = 'GRN'"))
    assert busy.check() == ["Al-Zuhoor: GRN-2026-00002 is there, but was never given out."]
    with busy.database.write() as connection:
        connection.execute(text("DELETE FROM number_counter WHERE prefix = 'DSP'"))
    assert "Al-Zuhoor: DSP-2026-00002 is there, but was never given out." in busy.check()


def test_a_lost_order_number_is_noticed(busy: ReadyClinic) -> None:
    busy.act(open_draft)
    assert busy.check() == []
    with busy.database.write() as connection:
        connection.execute(text("UPDATE requisition SET number = 'ORD-2026-00009'"))
    assert busy.check() == [
        "Al-Zuhoor: ORD-2026-00001 is missing from its numbers.",
        "Al-Zuhoor: ORD-2026-00009 is there, but was never given out.",
    ]
    with busy.database.write() as connection:
        connection.execute(text("UPDATE requisition SET number = 'mine'"))
    assert busy.check()[0] == "Al-Zuhoor: mine is not a number of Amana."


def test_a_reference_to_nothing_is_noticed(file_clinic: ReadyClinic) -> None:
    file_clinic.receive()
    tamper(
        file_clinic.database, "DELETE FROM item_pack", "INSERT INTO item_pack VALUES (99, 1, 0, 1)"
    )
    assert file_clinic.check() == ["A row of item_pack names something that is not there."]


def test_a_damaged_page_is_noticed(file_clinic: ReadyClinic) -> None:
    for number in range(40):
        file_clinic.receive(lot=f"L{number}")
    file_clinic.database.close()
    path = Path(file_clinic.database.address)
    whole = bytearray(path.read_bytes())
    place = whole.index(b"L17") - 40
    whole[place : place + 90] = bytes(90)
    path.write_bytes(whole)
    try:
        problems = file_clinic.check()
    except Refused as refusal:
        problems = [str(refusal)]
    assert problems


def test_an_untouched_clinic_is_well(clinic: ReadyClinic) -> None:
    assert clinic.check() == []
