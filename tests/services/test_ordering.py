"""A draft follows the stock until it is printed, then waits to be received."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.queries.orders import order_by_id, order_lines, order_numbered, orders
from inventory.queries.proposal import on_order, proposals
from inventory.services import ordering
from inventory.services.items import retire_item
from inventory.services.ordering import OrderState
from tests.ready_clinic import TODAY, ReadyClinic, furnish


@pytest.fixture
def used(clinic: ReadyClinic) -> ReadyClinic:
    """AMOX and GLOV were used from August to October, 150 and 100 a month; 50 and 30 are left."""
    clinic.today = date(2026, 8, 1)
    clinic.receive("AMOX", 500)
    clinic.receive("GLOV", 330, lot="", expiry=None)
    for month in (8, 9, 10):
        clinic.today = date(2026, month, 20)
        clinic.dispense("AMOX", 150)
        clinic.dispense("GLOV", 100)
    clinic.today = TODAY
    return clinic


def draft(clinic: ReadyClinic, **more: object) -> int:
    return clinic.act(ordering.open_draft, **more)


def packs(clinic: ReadyClinic, order: int) -> dict[str, int]:
    return {line.item.code: line.packs for line in clinic.ask(order_lines, order)}


def state(clinic: ReadyClinic, order: int) -> str:
    return clinic.ask(order_by_id, order).state


def printed(clinic: ReadyClinic) -> int:
    order = draft(clinic)
    clinic.act(ordering.print_order, order)
    return order


def test_a_draft_proposes_what_is_short(used: ReadyClinic) -> None:
    order = draft(used)
    row = used.ask(order_by_id, order)
    assert (row.number, row.state, row.period_start, row.period_end) == (
        "ORD-2026-00001", "draft", date(2026, 8, 1), date(2026, 10, 31)
    )  # fmt: skip
    lines = {line.item.code: line for line in used.ask(order_lines, order)}
    amox = lines["AMOX"]
    assert (amox.opening, amox.received, amox.consumed, amox.closing) == (0, 500, 450, 50)
    assert (amox.amc, amox.average, amox.maximum, amox.on_hand) == ("150.00", 150, 450, 50)
    assert (amox.proposed_packs, amox.packs, amox.pack_size, amox.requested) == (4, 4, 100, 400)
    assert (lines["GLOV"].days_out, lines["GLOV"].packs) == (0, 3)
    assert draft(used) == order
    assert used.check() == []


def test_a_draft_follows_the_stock_and_keeps_what_people_changed(used: ReadyClinic) -> None:
    order = draft(used)
    assert packs(used, order) == {"AMOX": 4, "GLOV": 3}
    used.act(ordering.change_line, order, used.items["GLOV"], 9, "SEASON")
    used.act(ordering.add_line, order, used.items["PARA"])
    used.receive("AMOX", 1000, lot="B1")
    used.receive("GLOV", 1000, lot="", expiry=None)
    assert draft(used) == order
    assert packs(used, order) == {"GLOV": 9, "PARA": 0}
    glov = next(x for x in used.ask(order_lines, order) if x.item.code == "GLOV")
    assert (glov.proposed_packs, glov.on_hand, glov.changed_by) == (0, 1030, "pharmacist")
    used.act(ordering.reset_line, order, used.items["GLOV"])
    draft(used)
    assert packs(used, order) == {"PARA": 0}


def test_a_change_needs_a_reason_and_a_line(used: ReadyClinic) -> None:
    order = draft(used)
    amox = used.items["AMOX"]
    with pytest.raises(Refused, match="Say why"):
        used.act(ordering.change_line, order, amox, 5, "", "  ")
    with pytest.raises(Refused, match="between 0 and"):
        used.act(ordering.change_line, order, amox, -1, "BUDGET")
    with pytest.raises(Refused, match="not on the order any more"):
        used.act(ordering.change_line, order, used.items["PARA"], 5, "BUDGET")
    with pytest.raises(Refused, match="is on this order already"):
        used.act(ordering.add_line, order, amox)
    used.act(ordering.change_line, order, amox, 5, "", "for the camp")
    assert packs(used, order)["AMOX"] == 5


def test_a_draft_of_one_kind_or_supplier_is_its_own(used: ReadyClinic) -> None:
    supplies = draft(used, kinds=("supply",))
    assert packs(used, supplies) == {"GLOV": 3}
    assert draft(used) != supplies
    with used.database.write() as connection:
        connection.execute(text("UPDATE item SET supplier = 'Kimadia' WHERE code = 'AMOX'"))
    assert packs(used, draft(used, supplier="Kimadia")) == {"AMOX": 4}


def test_what_was_added_from_elsewhere_follows_too(used: ReadyClinic) -> None:
    order = draft(used, kinds=("supply",))
    used.act(ordering.add_line, order, used.items["AMOX"])
    used.receive("AMOX", 30)
    draft(used, kinds=("supply",))
    amox = next(x for x in used.ask(order_lines, order) if x.item.code == "AMOX")
    assert (amox.on_hand, amox.packs) == (80, 4)


def test_a_printed_order_counts_as_coming_and_is_not_changed(used: ReadyClinic) -> None:
    order = printed(used)
    assert used.ask(on_order, used.id) == {used.items["AMOX"]: 400, used.items["GLOV"]: 300}
    lines = used.ask(proposals, used.id, TODAY)
    assert {x.item.code: x.proposal.packs for x in lines if x.proposal.packs} == {}
    used.act(ordering.print_order, order)
    for change in (
        lambda: used.act(ordering.change_line, order, used.items["AMOX"], 5, "BUDGET"),
        lambda: used.act(ordering.add_line, order, used.items["PARA"]),
        lambda: used.act(ordering.refresh, order),
        lambda: used.act(ordering.set_needed_by, order, TODAY, True),
    ):
        with pytest.raises(Refused, match="ORD-2026-00001 has been printed"):
            change()
    assert used.ask(order_by_id, order).head is not None


def test_nothing_to_order_is_not_printed(clinic: ReadyClinic) -> None:
    order = draft(clinic)
    with pytest.raises(Refused, match="Nothing needs ordering"):
        clinic.act(ordering.print_order, order)
    assert state(clinic, order) == OrderState.DRAFT


def test_an_order_is_followed_until_it_is_complete(used: ReadyClinic) -> None:
    order = printed(used)
    used.receive("AMOX", 150, lot="B1", requisition_id=order)
    assert state(used, order) == OrderState.PARTLY_RECEIVED
    assert used.ask(on_order, used.id)[used.items["AMOX"]] == 250
    used.receive("AMOX", 300, lot="B2", requisition_id=order)
    last = used.receive("GLOV", 300, lot="", expiry=None, requisition_id=order)
    assert state(used, order) == OrderState.CLOSED
    assert used.ask(on_order, used.id) == {}
    used.reverse(last.number)
    assert state(used, order) == OrderState.PARTLY_RECEIVED
    assert used.ask(on_order, used.id) == {used.items["GLOV"]: 300}
    assert {x.item.code: x.to_come for x in used.ask(order_lines, order)} == {
        "AMOX": 0,
        "GLOV": 300,
    }


def test_broken_goods_are_still_to_come(used: ReadyClinic) -> None:
    order = printed(used)
    used.receive("AMOX", 390, lot="B1", damaged=10, requisition_id=order)
    assert used.ask(on_order, used.id)[used.items["AMOX"]] == 10


def test_the_reversal_of_all_that_came_leaves_it_printed(used: ReadyClinic) -> None:
    order = printed(used)
    number = used.receive("AMOX", 10, lot="B1", requisition_id=order).number
    used.reverse(number)
    assert state(used, order) == OrderState.PRINTED


def test_what_a_person_closed_stays_closed(used: ReadyClinic) -> None:
    order = printed(used)
    late = used.receive("AMOX", 10, lot="B1", requisition_id=order).number
    used.act(ordering.close_order, order)
    assert used.ask(on_order, used.id) == {}
    used.receive("AMOX", 10, lot="B1", requisition_id=order)
    used.reverse(late)
    assert state(used, order) == OrderState.CLOSED
    assert used.ask(on_order, used.id) == {}


def test_goods_are_received_against_a_printed_order_of_this_clinic(used: ReadyClinic) -> None:
    other = furnish(used.database, "Al-Salam")
    theirs = draft(other)
    mine = draft(used)
    with pytest.raises(Refused, match="has not been printed"):
        used.receive(requisition_id=mine)
    for wrong in (theirs, 999):
        with pytest.raises(Refused, match="not in this clinic"):
            used.receive(requisition_id=wrong)
        with pytest.raises(Refused, match="not in this clinic"):
            used.act(ordering.close_order, wrong)
        with pytest.raises(Refused, match="not in this clinic"):
            used.act(ordering.print_order, wrong)
    assert used.on_hand() == 50


def test_an_item_off_the_list_is_not_proposed(used: ReadyClinic) -> None:
    used.dispense("AMOX", 50)
    with used.database.write() as connection:
        retire_item(connection, used.items["AMOX"], 0)
    assert packs(used, draft(used)) == {"GLOV": 3}


def test_orders_are_found_again(used: ReadyClinic) -> None:
    order = printed(used)
    second = draft(used)
    assert [x.id for x in used.ask(orders, used.id)] == [second, order]
    assert [x.id for x in used.ask(orders, used.id, open_only=True)] == [order]
    assert used.ask(order_numbered, used.id, " ORD-2026-00001 ").id == order
    with pytest.raises(Refused, match="no order ORD-2026-00077"):
        used.ask(order_numbered, used.id, "ORD-2026-00077")
    used.act(ordering.set_needed_by, second, date(2026, 12, 1), True)
    assert used.ask(order_by_id, second).emergency
