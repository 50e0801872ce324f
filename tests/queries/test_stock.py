"""Stock on hand, the state of items, cards, documents and shelves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from inventory.domain.documents import DocumentKind
from inventory.domain.expiry import Expiry
from inventory.domain.movements import MovementKind
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.domain.stock_state import StockState
from inventory.queries.card import stock_card
from inventory.queries.documents import document_by_id, documents_of_day, last_documents
from inventory.queries.lots import all_lots, lots_of
from inventory.queries.proposal import proposals
from inventory.queries.stock import risk_of, stock_list
from inventory.services.adjusting import adjust, change_status, move_expired, move_place
from inventory.services.clinics import save_setting
from tests.ready_clinic import TODAY, ReadyClinic


@pytest.fixture
def used(clinic: ReadyClinic) -> ReadyClinic:
    """AMOX at 100 a month since August, 200 left until June 2028."""
    clinic.today = date(2026, 8, 1)
    clinic.receive(quantity=500)
    for month in (8, 9, 10):
        clinic.today = date(2026, month, 20)
        clinic.dispense(quantity=100)
    clinic.today = TODAY
    return clinic


def row(clinic: ReadyClinic, code: str = "AMOX") -> object:
    return {r.item.code: r for r in clinic.ask(stock_list, clinic.id, clinic.today)}[code]


def test_a_row_of_the_list(used: ReadyClinic) -> None:
    found = row(used)
    assert (found.on_hand, found.held, found.expired) == (200, 0, 0)
    assert (found.months, found.state) == (Fraction(2), StockState.IN_RANGE)
    assert found.nearest == Expiry.of_month(2028, 6)
    assert [(lot.lot, lot.quantity, lot.place) for lot in found.lots] == [("A1", 200, "Pharmacy")]
    assert found.line.proposal.packs == 1


def test_held_and_expired_stock_is_not_on_hand(used: ReadyClinic) -> None:
    used.act(change_status, [used.held(quantity=50)], Status.QUARANTINED, "RECALL")
    used.receive(quantity=30, lot="B1", expiry="2026-11")
    used.today = date(2026, 12, 1)
    found = row(used)
    assert (found.on_hand, found.held, found.expired) == (150, 50, 30)
    expired = next(lot for lot in found.lots if lot.lot == "B1")
    assert (expired.status, expired.kept_as) == (Status.EXPIRED, Status.USABLE)
    used.act(move_expired)
    expired = next(lot for lot in row(used).lots if lot.lot == "B1")
    assert (expired.status, expired.kept_as) == (Status.EXPIRED, Status.EXPIRED)
    assert row(used).on_hand == 150


def test_an_item_that_never_was_here_is_not_on_the_list(used: ReadyClinic) -> None:
    assert [r.item.code for r in used.ask(stock_list, used.id, TODAY)] == ["AMOX"]
    used.dispense(quantity=200)
    assert row(used).state is StockState.OUT


def test_places_are_told_apart(used: ReadyClinic) -> None:
    used.act(move_place, used.held(quantity=20), used.places()[1])
    lots = used.ask(lots_of, used.id, used.items["AMOX"], TODAY)
    assert [(lot.place, lot.quantity) for lot in lots] == [("Pharmacy", 180), ("Store", 20)]
    assert used.ask(all_lots, used.id, TODAY) == lots


def test_what_will_expire_unused_is_walked_over_all_batches(clinic: ReadyClinic) -> None:
    """The second example of the walk: 900 in 2 months, 1,200 in 3, 1,200 in 22, at 300 a month."""
    for lot, quantity, expiry in (("A", 900, "2027-01-22"), ("B", 1200, "2027-02-21"),
                                  ("C", 1200, "2028-09-22")):  # fmt: skip
        clinic.receive(quantity=quantity, lot=lot, expiry=expiry)
    risk = clinic.ask(risk_of, clinic.id, clinic.items["AMOX"], 300, TODAY)
    assert [at_risk for _, at_risk in risk.per_batch] == [299, 905, 0]
    assert risk.at_risk == 1204


def test_the_settings_of_a_clinic_decide(used: ReadyClinic) -> None:
    with used.database.write() as connection:
        save_setting(connection, used.id, "max_months", "6")
        save_setting(connection, used.id, "min_months", "2.5")
        save_setting(connection, used.id, "amc_window", 2)
    (line,) = used.ask(proposals, used.id, TODAY, only=used.items["AMOX"])
    assert (line.proposal.maximum, line.proposal.packs) == (600, 4)
    assert len(line.use.months) == 2
    assert row(used).state is StockState.LOW


def test_a_card_runs_in_the_order_things_happened(used: ReadyClinic) -> None:
    used.dispense(quantity=7, on=date(2026, 9, 1))
    used.act(adjust, used.held(), -3, "DAMAGED_STORE")
    forward, lines = used.ask(stock_card, used.id, used.items["AMOX"])
    assert forward == 0
    assert [(x.day.isoformat(), x.received, x.issued, x.adjusted, x.balance) for x in lines] == [
        ("2026-08-01", 500, None, None, 500),
        ("2026-08-20", None, 100, None, 400),
        ("2026-09-01", None, 7, None, 393),
        ("2026-09-20", None, 100, None, 293),
        ("2026-10-20", None, 100, None, 193),
        ("2026-11-22", None, None, -3, 190),
    ]
    assert lines[2].document == "DSP-2026-00004"
    assert (lines[0].lot, lines[0].expiry) == ("A1", Expiry.of_month(2028, 6))


def test_a_card_is_carried_forward(used: ReadyClinic) -> None:
    forward, lines = used.ask(stock_card, used.id, used.items["AMOX"], date(2026, 9, 20))
    assert (forward, [x.balance for x in lines]) == (400, [300, 200])


def test_a_reversed_line_stands_in_its_column_with_the_other_sign(used: ReadyClinic) -> None:
    used.reverse("DSP-2026-00003")
    _, lines = used.ask(stock_card, used.id, used.items["AMOX"])
    assert (lines[-1].kind, lines[-1].issued, lines[-1].balance) == (
        MovementKind.REVERSAL, -100, 300
    )  # fmt: skip


def test_what_only_stands_apart_does_not_count_on_the_card(used: ReadyClinic) -> None:
    used.receive(quantity=40, lot="Q1", expiry="2026-12", reason="")
    _, lines = used.ask(stock_card, used.id, used.items["AMOX"])
    last = lines[-1]
    assert (last.received, last.issued, last.adjusted, last.balance) == (None, None, None, 200)
    assert last.status is Status.QUARANTINED


def test_the_days_list_is_last_first(used: ReadyClinic) -> None:
    used.dispense(quantity=1)
    used.dispense(quantity=2)
    numbers = [d.number for d in used.ask(documents_of_day, used.id, TODAY)]
    assert numbers == ["DSP-2026-00005", "DSP-2026-00004"]
    last = used.ask(last_documents, used.id, 1)[0]
    assert (last.kind, last.number) == (DocumentKind.DISPENSE, "DSP-2026-00005")
    assert used.ask(document_by_id, last.id) == last
    with pytest.raises(Refused, match="not in this clinic"):
        used.ask(document_by_id, 999)


def test_what_came_and_ran_out_this_month_is_out_not_gone(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=20)
    clinic.dispense(quantity=20)
    found = row(clinic)
    assert (found.on_hand, found.state) == (0, StockState.OUT)
