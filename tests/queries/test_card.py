"""The stock card of an item: every movement on its day, with the balance that it left."""

from __future__ import annotations

from datetime import timedelta

from inventory.domain.movements import MovementKind
from inventory.domain.status import Status
from inventory.queries.card import last_lines, stock_card
from inventory.services.adjusting import OpeningLine, adjust, change_status, open_stock
from tests.ready_clinic import TODAY, ReadyClinic

EARLIER = TODAY - timedelta(days=20)
LATER = TODAY - timedelta(days=10)


def card(clinic: ReadyClinic, code: str = "AMOX"):
    return clinic.ask(stock_card, clinic.id, clinic.items[code])


def test_each_line_is_received_issued_or_adjusted_and_says_what_is_left(
    clinic: ReadyClinic,
) -> None:
    came = clinic.receive(quantity=100, on=EARLIER, supplier="DoH")
    given = clinic.dispense(quantity=30, on=LATER)
    lost = clinic.act(adjust, clinic.held(), -5, "DAMAGED_STORE")
    forward, lines = card(clinic)
    assert forward == 0
    assert [(line.document, line.received, line.issued, line.adjusted, line.balance)
            for line in lines] == [
        (came.number, 100, None, None, 100),
        (given.number, None, 30, None, 70),
        (lost.number, None, None, -5, 65),
    ]  # fmt: skip
    assert (lines[0].party, lines[0].lot, lines[2].reason) == ("DoH", "A1", "DAMAGED_STORE")


def test_lines_stand_on_the_day_they_happened(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, on=LATER)
    clinic.receive(quantity=40, lot="A2", on=EARLIER)
    _, lines = card(clinic)
    assert [(line.day, line.lot, line.balance) for line in lines] == [
        (EARLIER, "A2", 40), (LATER, "A1", 140),
    ]  # fmt: skip


def test_a_reversal_goes_back_in_the_column_it_came_from(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100)
    given = clinic.dispense(quantity=30)
    clinic.reverse(given.number)
    _, lines = card(clinic)
    assert [(line.received, line.issued, line.balance) for line in lines] == [
        (100, None, 100), (None, 30, 70), (None, -30, 100),
    ]  # fmt: skip
    assert lines[-1].kind is MovementKind.REVERSAL


def test_opening_stock_is_received(clinic: ReadyClinic) -> None:
    line = OpeningLine(clinic.items["GLOV"], 300)
    clinic.act(open_stock, [line], clinic.today)
    _, lines = card(clinic, "GLOV")
    assert [(line.received, line.balance) for line in lines] == [(300, 300)]


def test_held_stock_leaves_the_balance_and_says_so_once(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100)
    held = clinic.held(quantity=40)
    clinic.act(change_status, [held], Status.QUARANTINED, "COLD_CHAIN")
    _, lines = card(clinic)
    assert [(line.adjusted, line.balance, line.reason) for line in lines[1:]] == [
        (-40, 60, "COLD_CHAIN")
    ]


def test_what_is_kept_apart_on_arrival_is_told_without_a_figure(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=90, damaged=10)
    _, lines = card(clinic)
    apart = next(line for line in lines if line.status is not Status.USABLE)
    assert (apart.received, apart.issued, apart.adjusted) == (None, None, None)
    assert [line.balance for line in lines][-1] == 90


def test_a_card_may_begin_later_with_what_was_there(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, on=EARLIER)
    clinic.dispense(quantity=30, on=LATER)
    clinic.dispense(quantity=20)
    forward, lines = clinic.ask(stock_card, clinic.id, clinic.items["AMOX"], TODAY)
    assert (forward, [line.balance for line in lines]) == (70, [50])


def test_the_last_lines_are_those_of_the_whole_card(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, on=EARLIER)
    clinic.receive(quantity=50, damaged=5, lot="A2")
    clinic.act(change_status, [clinic.held(quantity=10)], Status.QUARANTINED, "RECALL")
    clinic.reverse(clinic.dispense(quantity=30, on=LATER).number)
    _, whole = card(clinic)
    for most in (1, 3, 20):
        last = clinic.ask(last_lines, clinic.id, clinic.items["AMOX"], most)
        assert last == list(reversed(whole))[:most]


def test_the_card_of_an_item_that_never_was_here_is_empty(clinic: ReadyClinic) -> None:
    assert card(clinic, "PARA") == (0, [])
    assert clinic.ask(last_lines, clinic.id, clinic.items["PARA"], 3) == []
