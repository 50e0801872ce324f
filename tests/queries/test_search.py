"""Search as you type, over the starter catalogue: however it is spelled, the right item is near."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.queries.items import item_by_code, item_by_id
from inventory.queries.search import MOST, Hits, SearchIndex
from inventory.services.items import bind_barcode
from inventory.services.setting_up import STARTER, SetUp, set_up
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("search") / "amana.db"
    set_up(path, SetUp("Search clinic", catalogue=STARTER), TODAY, 0)
    database = open_database(path)
    with database.write() as connection:
        item = item_by_code(connection, "PARA500T")
        bind_barcode(connection, "3400949497294", item.id, 1000, 0)
    yield database
    database.close()


@pytest.fixture(scope="module")
def index(listed: Database) -> SearchIndex:
    with listed.read() as connection:
        return SearchIndex.build(connection)


def codes(listed: Database, hits: Hits) -> list[str]:
    with listed.read() as connection:
        return [item_by_id(connection, item_id).code for item_id in hits.items]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("PARA500T", "PARA500T"),
        ("para500t", "PARA500T"),
        ("metf 500", "METF500T"),
        ("باراس", "PARA500T"),
        ("پاراس", "PARA500T"),
        ("paracetamol", "PARA500T"),
        ("Paracétamol", "PARA500T"),
        ("انسولين", "INSX10V"),
        ("إنسولين", "INSX10V"),
        ("٥٠٠ metformin", "METF500T"),
        ("3400949497294", "PARA500T"),
        ("03400949497294", "PARA500T"),
    ],
)
def test_finds_by_code_name_in_any_spelling_and_barcode(
    listed: Database, index: SearchIndex, typed: str, wanted: str
) -> None:
    assert wanted in codes(listed, index.search(typed))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Amlodepine", "AMLO5T"),
        ("spironolacton", "SPIR25T"),
        ("Atorvastatine", "ATOR20T"),
        ("amoxycillin", "AMOX500C"),
        ("cipro floxacin", "CIPR500T"),
    ],
)
def test_misspellings_find_what_was_meant(
    listed: Database, index: SearchIndex, typed: str, wanted: str
) -> None:
    assert wanted in codes(listed, index.search(typed))


def test_a_misspelling_says_what_it_was_read_as(index: SearchIndex) -> None:
    assert index.search("amlodepine").read_as == "amlodipine"
    assert index.search("amlodipine").read_as == ""


def test_plain_medicines_stand_before_their_combinations(
    listed: Database, index: SearchIndex
) -> None:
    found = codes(listed, index.search("amox"))
    assert found.index("AMOX500C") < found.index("AMCL625T")
    assert codes(listed, index.search("AMOX500C"))[0] == "AMOX500C"


def test_nothing_is_found_for_nothing(index: SearchIndex) -> None:
    assert index.search("") == Hits(())
    assert index.search(" ـ ") == Hits(())
    assert index.search("qqqqqqqq") == Hits(())


def test_a_changed_list_is_noticed(listed: Database, index: SearchIndex) -> None:
    with listed.read() as connection:
        assert index.fresh(connection)
    with listed.write() as connection:
        item = item_by_code(connection, "SYRG5")
        bind_barcode(connection, "2000000000015", item.id, 100, 5)
    with listed.read() as connection:
        assert not index.fresh(connection)


@given(st.text(max_size=40))
def test_anything_typed_gets_an_answer(index: SearchIndex, typed: str) -> None:
    assert len(index.search(typed).items) <= MOST
