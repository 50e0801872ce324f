"""What the field finds in a real database: what is here first, with its state and stock."""

from __future__ import annotations

import pytest

from desktop.desk import Desk
from desktop.item_search import ItemSearch
from inventory.domain.expiry import Expiry
from inventory.domain.item import ItemDraft
from inventory.domain.names import Names
from inventory.services.items import bind_barcode, save_item
from inventory.services.receiving import Receipt, ReceiptLine, receive
from tests.desktop.conftest import TODAY, MakeDesk

CAPSULE = ItemDraft("AMOX500C", Names("Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسولة"),
                    "medicine", "capsule", 100)  # fmt: skip
SYRUP = ItemDraft("AMOX125S", Names("Amoxicillin 125 mg/5 mL syrup"), "medicine", "bottle")
DIESEL = ItemDraft("DIESEL", Names("Diesel"), "fuel", "litre")


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """Two items of amoxicillin on the list, one of them on the shelf, and diesel."""
    made = make_desk()
    capsule, _, diesel = (made.keep(save_item, draft, 0) for draft in (CAPSULE, SYRUP, DIESEL))
    made.keep(bind_barcode, "06291100081233", capsule, 100, 0)
    lines = (
        ReceiptLine(capsule, 1_204, lot="AX1", expiry=Expiry.of_month(2028, 3)),
        ReceiptLine(diesel, 6_250),
    )
    made.do(receive, Receipt(lines, TODAY))
    return made


def test_what_the_clinic_has_comes_first(desk: Desk) -> None:
    found = ItemSearch(desk)("amox")
    assert [hit.code for hit in found.hits] == ["AMOX500C", "AMOX125S"]
    capsule, syrup = found.hits
    assert capsule.stock == "1,204 capsules"
    assert capsule.expiry == Expiry.of_month(2028, 3)
    assert (syrup.state, syrup.stock, syrup.expiry) == ("no_use", "0", None)


def test_decimals_are_shown(desk: Desk) -> None:
    hit = ItemSearch(desk)("diesel").hits[0]
    assert "625.0" in hit.stock
    assert "litre" in hit.stock


@pytest.mark.parametrize(
    "typed", ["اموكس", "أموكسيسيلين", "amox 500", "AMOX500C", "06291100081233"]
)
def test_any_name_code_or_barcode_finds_it(desk: Desk, typed: str) -> None:
    found = ItemSearch(desk)(typed)
    assert found.hits[0].code == "AMOX500C"
    assert found.read_as is None


def test_a_misspelling_says_what_it_was_read_as(desk: Desk) -> None:
    found = ItemSearch(desk)("amoxcilin")
    assert found.hits
    assert found.read_as is not None
    assert "amoxicillin" in str(found.read_as)


def test_a_typed_code_stays_first_though_the_clinic_never_had_it(desk: Desk) -> None:
    assert ItemSearch(desk)("AMOX125S").hits[0].code == "AMOX125S"


def test_a_new_item_is_found_at_once(desk: Desk) -> None:
    search = ItemSearch(desk)
    assert not search("zinc").hits
    desk.keep(save_item, ItemDraft("ZINC20", Names("Zinc 20 mg tablet"), "medicine", "tablet"), 1)
    assert [hit.code for hit in search("zinc").hits] == ["ZINC20"]


def test_nothing_is_found_for_nothing(desk: Desk) -> None:
    assert ItemSearch(desk)("   ").hits == ()
    assert ItemSearch(desk)("qqqqqq").hits == ()
