"""A printed order is taken back: it is closed, says why, and is expected no more."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.sentence import Refused
from inventory.queries.documents import document_numbered
from inventory.queries.orders import order_by_id
from inventory.queries.proposal import on_order
from inventory.services import ordering
from inventory.services.reversing import reverse
from tests.ready_clinic import TODAY, ReadyClinic


@pytest.fixture
def order(clinic: ReadyClinic) -> int:
    """A printed order for 400 AMOX, number ORD-2026-00001."""
    clinic.today = date(2026, 8, 1)
    clinic.receive("AMOX", 500)
    for month in (8, 9, 10):
        clinic.today = date(2026, month, 20)
        clinic.dispense("AMOX", 150)
    clinic.today = TODAY
    made = clinic.act(ordering.open_draft)
    clinic.act(ordering.print_order, made)
    return made


def cancel(clinic: ReadyClinic) -> str:
    return clinic.act(reverse, " ORD-2026-00001 ", "Printed twice").number


def test_it_is_closed_and_no_longer_on_order(clinic: ReadyClinic, order: int) -> None:
    assert clinic.ask(on_order, clinic.id)
    number = cancel(clinic)
    assert clinic.ask(order_by_id, order).state == "closed"
    assert clinic.ask(on_order, clinic.id) == {}
    kept = clinic.ask(document_numbered, clinic.id, number)
    assert (kept.reference, kept.reason) == ("ORD-2026-00001", "Printed twice")
    with pytest.raises(Refused, match="closed already"):
        cancel(clinic)
    assert clinic.check() == []


def test_not_when_goods_came_until_they_are_taken_back(clinic: ReadyClinic, order: int) -> None:
    clinic.receive("AMOX", 100, lot="N1", requisition_id=order)
    with pytest.raises(Refused, match="reverse the goods-received note first"):
        cancel(clinic)
    note = clinic.value("SELECT number FROM document ORDER BY id DESC LIMIT 1")
    clinic.act(reverse, note, "Wrong item")
    cancel(clinic)
    assert clinic.ask(on_order, clinic.id) == {}


def test_not_a_draft_and_not_one_that_is_not_here(clinic: ReadyClinic) -> None:
    clinic.act(ordering.open_draft)
    with pytest.raises(Refused, match="is a draft"):
        cancel(clinic)
    with pytest.raises(Refused, match="no order ORD-2026-00009"):
        clinic.act(reverse, "ORD-2026-00009", "x")
