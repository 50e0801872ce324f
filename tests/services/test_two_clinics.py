"""Two clinics in one database share the list of items and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.sentence import Refused
from inventory.queries.card import stock_card
from inventory.queries.clinics import clinic_named, clinics, places
from inventory.queries.documents import document_numbered, documents_of_day, last_documents
from inventory.queries.drafts import drafts
from inventory.queries.lots import all_lots
from inventory.queries.stock import stock_list
from inventory.queries.usage import use_of_items
from inventory.services.adjusting import adjust, move_place
from inventory.services.drafts import save_draft
from tests.ready_clinic import TODAY, ReadyClinic, furnish


@pytest.fixture
def two(clinic: ReadyClinic) -> tuple[ReadyClinic, ReadyClinic]:
    return clinic, furnish(clinic.database, "Al-Salam")


Two = tuple[ReadyClinic, ReadyClinic]


def test_stock_and_numbers_stay_apart(two: Two) -> None:
    mine, theirs = two
    mine.receive(quantity=100)
    theirs.receive(quantity=7)
    theirs.dispense(quantity=7)
    assert (mine.on_hand(), theirs.on_hand()) == (100, 0)
    assert mine.documents() == ["GRN-2026-00001"]
    assert theirs.documents() == ["GRN-2026-00001", "DSP-2026-00001"]
    with pytest.raises(Refused, match="Only 0 Item AMOX"):
        theirs.dispense(quantity=1)
    assert mine.check() == []


def test_the_same_request_is_another_in_another_clinic(two: Two) -> None:
    mine, theirs = two
    mine.receive(request="x")
    assert not theirs.receive(request="x").again


def test_each_has_its_own_clock(two: Two) -> None:
    mine, theirs = two
    mine.today = date(2027, 3, 1)
    mine.receive()
    theirs.receive()
    assert mine.value("SELECT sum(clock_back) FROM movement") == 0


def test_queries_tell_of_one(two: Two) -> None:
    mine, theirs = two
    mine.receive(quantity=100)
    mine.dispense(quantity=5)
    item = mine.items["AMOX"]
    for query in (stock_list, all_lots):
        assert mine.ask(query, mine.id, TODAY)
        assert theirs.ask(query, theirs.id, TODAY) == []
    assert theirs.ask(stock_card, theirs.id, item) == (0, [])
    assert theirs.ask(use_of_items, theirs.id, TODAY) == {}
    assert theirs.ask(documents_of_day, theirs.id, TODAY) == []
    assert [d.number for d in mine.ask(last_documents, mine.id)] == [
        "DSP-2026-00001", "GRN-2026-00001"
    ]  # fmt: skip
    with pytest.raises(Refused, match="no document GRN-2026-00001 in this clinic"):
        theirs.ask(document_numbered, theirs.id, "GRN-2026-00001")


def test_one_cannot_reach_into_the_other(two: Two) -> None:
    mine, theirs = two
    mine.receive()
    with pytest.raises(Refused, match="not in this clinic"):
        theirs.act(adjust, mine.held(), -1, "THEFT")
    with pytest.raises(Refused, match="not in this clinic"):
        mine.act(move_place, mine.held(), theirs.places()[0])
    with pytest.raises(Refused, match="not in this clinic"):
        mine.receive(place_id=theirs.places()[0])
    with pytest.raises(Refused, match="no document"):
        theirs.reverse("GRN-2026-00001")


def test_drafts_stay_apart(two: Two) -> None:
    mine, theirs = two
    with mine.database.write() as connection:
        save_draft(connection, mine.id, "basket", "1", {"n": 1}, 5)
    assert [d.body for d in mine.ask(drafts, mine.id, "basket")] == [{"n": 1}]
    assert theirs.ask(drafts, theirs.id, "basket") == []


def test_a_clinic_is_called_by_name_or_code(two: Two) -> None:
    mine, _ = two
    rows = mine.ask(clinics)
    assert [row.name for row in rows] == ["Al-Zuhoor", "Al-Salam"]
    assert mine.ask(clinic_named, " Al-Salam ").id == rows[1].id
    assert mine.ask(clinic_named, rows[1].code).id == rows[1].id
    with pytest.raises(Refused, match="There are 2 clinics here"):
        mine.ask(clinic_named, None)
    with pytest.raises(Refused, match="no clinic called Nowhere"):
        mine.ask(clinic_named, "Nowhere")
    assert [place.name for place in mine.ask(places, rows[1].id)] == ["Pharmacy", "Store"]
