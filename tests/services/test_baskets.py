"""A basket is posted and forgotten in one transaction, or neither."""

from __future__ import annotations

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.visit import Visit
from inventory.queries.counter import Wanted, counter_lines
from inventory.queries.day_list import day_list, dispensing_numbered, visits_of_day
from inventory.queries.drafts import drafts
from inventory.services.baskets import KIND, dispense_basket, move_basket
from inventory.services.dispensing import Dispensed, DispenseLine, DispenseOrder
from inventory.services.drafts import save_draft
from inventory.services.items import bind_substitutes
from tests.ready_clinic import TODAY, ReadyClinic


def kept(clinic: ReadyClinic) -> list[str]:
    return [row.key for row in clinic.ask(drafts, clinic.id, KIND)]


def keep(clinic: ReadyClinic, key: str = "desk") -> None:
    with clinic.database.write() as connection:
        save_draft(connection, clinic.id, KIND, key, {"lines": [1]}, 5)


def post(clinic: ReadyClinic, quantity: int, request: str = "", **more: object) -> Dispensed:
    line = DispenseLine(clinic.items["AMOX"], quantity)
    order = DispenseOrder((line,), TODAY, **more)  # type: ignore[arg-type]
    return clinic.act(dispense_basket, order, "desk", request=request)


def test_posting_forgets_the_draft(clinic: ReadyClinic) -> None:
    clinic.receive()
    keep(clinic)
    keep(clinic, "parked")
    post(clinic, 10)
    assert kept(clinic) == ["parked"]
    assert clinic.on_hand() == 90


def test_a_refusal_keeps_the_draft(clinic: ReadyClinic) -> None:
    clinic.receive()
    keep(clinic)
    with pytest.raises(Refused):
        post(clinic, 101)
    assert kept(clinic) == ["desk"]
    assert clinic.on_hand() == 100


def test_the_same_request_twice_dispenses_once(clinic: ReadyClinic) -> None:
    clinic.receive()
    first = post(clinic, 10, request="basket")
    again = post(clinic, 10, request="basket")
    assert (again.number, again.again) == (first.number, True)
    assert clinic.on_hand() == 90
    assert clinic.check() == []


def test_nothing_there_is_still_written_down(clinic: ReadyClinic) -> None:
    post(clinic, 21, give_what_there_is=True)
    found = clinic.ask(day_list, clinic.id, TODAY)
    assert [row.quantity for row in found[0].unmet] == [21]
    assert found[0].given == ()
    assert clinic.check() == []


def test_a_parked_basket_is_under_one_key_only(clinic: ReadyClinic) -> None:
    keep(clinic)
    with clinic.database.write() as connection:
        move_basket(connection, clinic.id, "desk", "parked", {"lines": [1]}, 6)
    assert kept(clinic) == ["parked"]


def test_the_day_s_list_is_last_first_with_visits_and_reversals(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=15, lot="A1")
    clinic.receive(quantity=100, lot="A2")
    first = post(clinic, 20, visit=Visit(number="ZH-1"))
    last = post(clinic, 5)
    back = clinic.reverse(first.number)
    found = clinic.ask(day_list, clinic.id, TODAY)
    assert [one.document.number for one in found] == [last.number, first.number]
    assert [one.visit for one in found] == ["", "ZH-1"]
    assert [row.quantity for row in found[1].given] == [20]
    assert found[1].document.reversed_by == back.number
    assert clinic.ask(visits_of_day, clinic.id, TODAY) == 2
    assert clinic.ask(dispensing_numbered, clinic.id, first.number) == found[1]


def test_the_counter_sees_what_may_replace_a_short_item(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 12)
    clinic.receive("PARA", 640, expiry="2027-05-31")
    with clinic.database.write() as connection:
        bind_substitutes(connection, clinic.items["AMOX"], ["PARA", "GLOV"])
    wanted = [Wanted(clinic.items["AMOX"], 21), Wanted(clinic.items["PARA"], 5)]
    short, fine = clinic.ask(counter_lines, clinic.id, TODAY, wanted)
    assert (short.pick.short, short.there, short.left_after) == (9, 12, 0)
    assert [(row.item.code, row.there) for row in short.instead] == [("PARA", 640)]
    assert (fine.pick.short, fine.left_after, fine.instead) == (0, 635, ())
