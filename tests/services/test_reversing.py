"""A document is taken back once, by another that names it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.documents import document_numbered, lines_of
from inventory.queries.usage import use_of_items
from inventory.services.adjusting import adjust, change_status, move_place
from inventory.services.reversing import reverse_by_id
from tests.ready_clinic import TODAY, ReadyClinic, furnish


def test_a_dispensing_comes_back_to_its_batches(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, lot="SOON", expiry="2027-12")
    clinic.receive(quantity=10, lot="LATE")
    done = clinic.dispense(quantity=15)
    posted = clinic.reverse(done.number, "WRONG_QUANTITY")
    assert posted.number == "REV-2026-00001"
    assert clinic.stock() == {("SOON", Status.USABLE): 10, ("LATE", Status.USABLE): 10}
    lines = clinic.ask(lines_of, posted.document_id)
    first = clinic.ask(lines_of, done.document_id)
    assert [(x.quantity, x.reverses_uid) for x in lines] == [(-x.quantity, x.uid) for x in first]
    assert clinic.check() == []


def test_each_document_knows_the_other(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.reverse("GRN-2026-00001", "ENTERED_TWICE")
    first = clinic.ask(document_numbered, clinic.id, "GRN-2026-00001")
    second = clinic.ask(document_numbered, clinic.id, "REV-2026-00001")
    assert (first.reversed_by, second.reverses) == ("REV-2026-00001", "GRN-2026-00001")
    assert (second.reference, second.reason) == ("GRN-2026-00001", "ENTERED_TWICE")
    assert clinic.on_hand() == 0


def test_a_document_is_reversed_once(clinic: ReadyClinic) -> None:
    clinic.receive()
    number = clinic.dispense().number
    clinic.reverse(number, request="undo")
    assert clinic.reverse(number, request="undo").again
    with pytest.raises(Refused, match="DSP-2026-00001 was already reversed by REV-2026-00001"):
        clinic.reverse(number)
    with pytest.raises(Refused, match="REV-2026-00001 is itself a reversal"):
        clinic.reverse("REV-2026-00001")
    assert clinic.on_hand() == 100


def test_a_receipt_that_was_used_is_not_taken_back(clinic: ReadyClinic) -> None:
    receipt = clinic.receive(quantity=100).number
    dispensed = clinic.dispense(quantity=1).number
    with pytest.raises(Refused, match="of the 100 Item AMOX, batch A1, only 99 are still where"):
        clinic.reverse(receipt)
    clinic.reverse(dispensed)
    clinic.reverse(receipt)
    assert clinic.on_hand() == 0
    assert clinic.check() == []


def test_a_receipt_that_was_moved_is_not_taken_back(clinic: ReadyClinic) -> None:
    receipt = clinic.receive(quantity=100).number
    _, store = clinic.places()
    moved = clinic.act(move_place, clinic.held(quantity=40), store)
    with pytest.raises(Refused, match="only 60 are still where it put them"):
        clinic.reverse(receipt)
    clinic.reverse(moved.number)
    held = clinic.act(change_status, [clinic.held(quantity=100)], Status.QUARANTINED, "RECALL")
    with pytest.raises(Refused, match="only 0 are still"):
        clinic.reverse(receipt)
    clinic.reverse(held.number)
    clinic.reverse(receipt)
    assert clinic.check() == []


def test_it_needs_a_reason_and_a_document(clinic: ReadyClinic) -> None:
    clinic.receive()
    with pytest.raises(Refused, match="needs a reason"):
        clinic.reverse("GRN-2026-00001", "  ")
    with pytest.raises(Refused, match="no document GRN-2026-00009"):
        clinic.reverse("GRN-2026-00009")
    assert clinic.reverse("  GRN-2026-00001 ").number == "REV-2026-00001"


def test_every_kind_of_document_can_be_reversed(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, damaged=5)
    before = clinic.stock()
    done = [
        clinic.act(adjust, clinic.held(), -3, "DAMAGED_STORE"),
        clinic.act(adjust, clinic.held(), 4, "COUNT_GAIN"),
        clinic.act(change_status, [clinic.held(quantity=7)], Status.RECALLED, "RECALL"),
        clinic.act(move_place, clinic.held(quantity=9), clinic.places()[1]),
    ]
    for posted in reversed(done):
        clinic.reverse(posted.number)
    assert clinic.stock() == before
    assert clinic.check() == []


def test_a_reversed_dispensing_was_no_consumption(clinic: ReadyClinic) -> None:
    clinic.today = date(2026, 9, 1)
    clinic.receive(quantity=1000)
    clinic.today = date(2026, 9, 10)
    clinic.dispense(quantity=30)
    wrong = clinic.dispense(quantity=300).number
    clinic.today = TODAY
    clinic.reverse(wrong)
    use = clinic.ask(use_of_items, clinic.id, TODAY)[clinic.items["AMOX"]]
    assert [m.consumed if m else None for m in use.months] == [None, 30, 0]
    assert clinic.check() == []


def test_a_dispensing_of_what_has_expired_since_comes_back_as_expired(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, expiry="2026-12")
    number = clinic.dispense(quantity=10).number
    clinic.today = date(2027, 1, 5)
    clinic.reverse(number)
    assert clinic.on_hand() == 0
    assert clinic.stock() == {("A1", Status.USABLE): 10}
    with pytest.raises(Refused):
        clinic.dispense(quantity=1)


def test_an_id_of_another_clinic_reverses_nothing(clinic: ReadyClinic) -> None:
    other = furnish_another(clinic)
    mine, theirs = clinic.receive(), other.receive()
    assert mine.number == theirs.number
    with pytest.raises(Refused, match="not in this clinic"):
        clinic.act(reverse_by_id, theirs.document_id, "WRONG_ITEM")
    clinic.act(reverse_by_id, mine.document_id, "WRONG_ITEM")
    assert (clinic.on_hand(), other.on_hand()) == (0, 100)


def furnish_another(clinic: ReadyClinic) -> ReadyClinic:
    """A second clinic in the same database, with the same items."""
    return furnish(clinic.database, "Al-Salam")


def test_reversals_of_unmet_demand_alone(clinic: ReadyClinic) -> None:
    number = clinic.dispense(quantity=5, give_what_there_is=True).number
    posted = clinic.reverse(number)
    count = text("SELECT count(*) FROM movement WHERE document_id = :id")
    assert clinic.ask(lambda c: c.scalar(count, {"id": posted.document_id})) == 0
    assert clinic.check() == []


def test_a_reversed_dispensing_left_no_day_without_stock(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, on=date(2026, 8, 1))
    wrong = clinic.dispense(quantity=100, on=date(2026, 9, 10)).number
    clinic.reverse(wrong)
    use = clinic.ask(use_of_items, clinic.id, TODAY)[clinic.items["AMOX"]]
    assert (use.days_out, use.consumed, use.closing, use.adjusted) == (0, 0, 100, 0)
    assert clinic.check() == []


def test_a_reversed_receipt_was_never_on_the_shelf(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, on=date(2026, 8, 1))
    clinic.dispense(quantity=100, on=date(2026, 8, 31))
    clinic.reverse(clinic.receive(quantity=50, on=date(2026, 9, 16)).number)
    use = clinic.ask(use_of_items, clinic.id, TODAY)[clinic.items["AMOX"]]
    assert [month.days_out if month else None for month in use.months] == [1, 30, 31]
    assert clinic.check() == []
