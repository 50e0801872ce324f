"""Edits of a draft go back as they were; a closed order can be expected again."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.sentence import Refused
from inventory.queries.order_view import OrderView, order_view, saved_orders, suppliers
from inventory.queries.orders_across import orders_across
from inventory.queries.proposal import on_order
from inventory.services import ordering
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.ordering import LineState
from tests.ready_clinic import TODAY, ReadyClinic


@pytest.fixture
def used(clinic: ReadyClinic) -> ReadyClinic:
    """AMOX was used from August to October, 150 a month; 50 are left."""
    clinic.today = date(2026, 8, 1)
    clinic.receive("AMOX", 500)
    for month in (8, 9, 10):
        clinic.today = date(2026, month, 20)
        clinic.dispense("AMOX", 150)
    clinic.today = TODAY
    return clinic


def view(clinic: ReadyClinic, order: int) -> OrderView:
    return clinic.ask(order_view, clinic.id, order, clinic.today)


def test_an_edit_goes_back_as_it_was(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    item = used.items["AMOX"]
    before = view(used, order)
    used.act(ordering.change_line, order, item, 9, "SEASON")
    used.act(ordering.put_back, order, item, LineState(4, "", "", "", False))
    assert view(used, order) == before


def test_an_added_line_goes_again(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    before = view(used, order)
    used.act(ordering.add_line, order, used.items["PARA"])
    assert [row.line.added for row in view(used, order).lines] == [False, True]
    used.act(ordering.put_back, order, used.items["PARA"], None)
    assert view(used, order) == before


def test_a_printed_order_does_not_go_back(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    used.act(ordering.print_order, order)
    with pytest.raises(Refused, match="has been printed"):
        used.act(ordering.put_back, order, used.items["AMOX"], None)


def test_a_closed_order_can_be_expected_again(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    used.act(ordering.print_order, order)
    used.receive("AMOX", 100, lot="N1", requisition_id=order)
    used.act(ordering.close_order, order)
    assert used.ask(on_order, used.id) == {}
    used.act(ordering.reopen_order, order)
    assert view(used, order).order.state == "partly_received"
    assert used.ask(on_order, used.id) == {used.items["AMOX"]: 300}


def test_a_draft_is_not_reopened(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    used.act(ordering.reopen_order, order)
    assert view(used, order).is_draft


def test_what_an_order_comes_to(used: ReadyClinic) -> None:
    order = used.act(ordering.open_draft)
    seen = view(used, order)
    (row,) = seen.lines
    assert (row.section, row.usable, row.value) == ("medicines", 50, None)
    assert str(row.because) == ("150 a month; 3 months = 450; 50 usable; 0 coming; short 400")
    assert (seen.totals.lines, seen.totals.packs, seen.totals.unpriced) == (1, 4, 1)
    (listed,) = used.ask(saved_orders, used.id)
    assert listed.totals == seen.totals
    assert used.ask(suppliers) == []


def test_every_clinic_counts_for_itself(used: ReadyClinic) -> None:
    with used.database.write() as connection:
        other = add_clinic(connection, NewClinic("Al-Noor"), TODAY, 0)
    there, rows = used.ask(orders_across, used.today)
    assert [row.id for row in there] == [used.id, other]
    assert [(row.item.code, dict(row.packs)) for row in rows] == [("AMOX", {used.id: 4})]
    order = used.act(ordering.open_draft)
    used.act(ordering.change_line, order, used.items["AMOX"], 9, "SEASON")
    _, rows = used.ask(orders_across, used.today)
    assert [row.total for row in rows] == [9]
