"""Opening stock, losses and corrections, changes of status, moves between places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.movements import MovementKind
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.documents import lines_of
from inventory.services.adjusting import (
    OpeningLine,
    adjust,
    change_status,
    expired_on_shelf,
    move_expired,
    move_place,
    open_stock,
)
from tests.ready_clinic import TODAY, ReadyClinic


def test_opening_stock_is_no_consumption_and_no_receipt(clinic: ReadyClinic) -> None:
    item = clinic.items["AMOX"]
    lines = [
        OpeningLine(item, 40, "A1", Expiry.of_month(2028, 6)),
        OpeningLine(item, 5, "OLD", Expiry.of_month(2026, 10)),
        OpeningLine(item, 3, "B1", Expiry.of_month(2028, 6), clinic.places()[1]),
    ]
    posted = clinic.act(open_stock, lines, TODAY, request="count")
    assert clinic.act(open_stock, lines, TODAY, request="count").again
    assert posted.number == "OPN-2026-00001"
    assert clinic.stock() == {("A1", Status.USABLE): 40, ("OLD", Status.EXPIRED): 5,
                              ("B1", Status.USABLE): 3}  # fmt: skip
    assert clinic.value("SELECT count(*) FROM month_use") == 0
    assert clinic.check() == []
    with pytest.raises(Refused, match="no opening stock"):
        clinic.act(open_stock, [], TODAY)


@pytest.mark.parametrize(
    ("change", "reason", "kind"),
    [
        (-3, "DAMAGED_STORE", MovementKind.LOSS),
        (-3, "THEFT", MovementKind.LOSS),
        (-3, "COUNT_LOSS", MovementKind.ADJUST_DOWN),
        (3, "COUNT_GAIN", MovementKind.ADJUST_UP),
        (-3, "DATA_ENTRY_CORRECTION", MovementKind.ADJUST_DOWN),
        (3, "DATA_ENTRY_CORRECTION", MovementKind.ADJUST_UP),
    ],
)
def test_the_reason_decides_what_it_is(
    clinic: ReadyClinic, change: int, reason: str, kind: MovementKind
) -> None:
    clinic.receive(quantity=10)
    posted = clinic.act(adjust, clinic.held(), change, reason)
    (line,) = clinic.ask(lines_of, posted.document_id)
    assert (line.kind, line.quantity, line.reason) == (kind, change, reason)
    assert clinic.on_hand() == 10 + change
    assert clinic.value("SELECT consumed FROM month_use") == 0


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (3, "THEFT", "does not fit"),
        (-3, "COUNT_GAIN", "does not fit"),
        (-3, "BECAUSE", "no reason BECAUSE"),
        (0, "DATA_ENTRY_CORRECTION", "between 1 and"),
        (-11, "DATA_ENTRY_CORRECTION", "Only 10 of"),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(
    clinic: ReadyClinic, change: int, reason: str, words: str
) -> None:
    clinic.receive(quantity=10)
    with pytest.raises(Refused, match=words):
        clinic.act(adjust, clinic.held(), change, reason)
    assert clinic.on_hand() == 10


def test_stock_is_held_and_released(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    clinic.act(change_status, [clinic.held(quantity=4)], Status.QUARANTINED, "QUALITY_DEFECT")
    assert clinic.stock() == {("A1", Status.USABLE): 6, ("A1", Status.QUARANTINED): 4}
    held = replace(clinic.held(quantity=4), status=Status.QUARANTINED)
    clinic.act(change_status, [held], Status.USABLE, "CHECKED_FIT")
    assert clinic.stock() == {("A1", Status.USABLE): 10}
    assert clinic.check() == []


def test_a_change_of_status_that_cannot_be_is_refused(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    held = clinic.held()
    for wrong in (replace(held, quantity=0), replace(held, quantity=-4)):
        with pytest.raises(Refused, match="between 1 and"):
            clinic.act(change_status, [wrong], Status.DAMAGED, "x")
    with pytest.raises(Refused, match="Only 10 of"):
        clinic.act(change_status, [replace(held, quantity=11)], Status.DAMAGED, "x")
    with pytest.raises(Refused, match="stands there already"):
        clinic.act(change_status, [held], Status.USABLE, "x")
    with pytest.raises(Refused, match="Nothing was chosen"):
        clinic.act(change_status, [], Status.DAMAGED, "x")
    assert clinic.stock() == {("A1", Status.USABLE): 10}


def test_what_has_expired_is_never_made_usable(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, expiry="2026-10")
    with pytest.raises(Refused, match="A1 expired 2026-10 and cannot be made usable"):
        clinic.act(change_status, [clinic.held()], Status.USABLE, "CHECKED_FIT")


def test_one_step_moves_all_that_has_expired(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, expiry="2026-11-22", on=date(2026, 11, 1))
    clinic.receive(quantity=5, lot="B1", expiry="2026-10")
    clinic.receive(quantity=7, lot="C1")
    assert [x.quantity for x in clinic.ask(expired_on_shelf, clinic.id, TODAY)] == [5]
    clinic.today = date(2026, 11, 23)
    clinic.act(move_expired, request="tidy")
    assert clinic.act(move_expired, request="tidy").again
    assert clinic.stock() == {("A1", Status.EXPIRED): 10, ("B1", Status.EXPIRED): 5,
                              ("C1", Status.USABLE): 7}  # fmt: skip
    with pytest.raises(Refused, match="Nothing on the shelf has expired"):
        clinic.act(move_expired)
    assert clinic.check() == []


def test_stock_moves_between_places(clinic: ReadyClinic) -> None:
    pharmacy, store = clinic.places()
    clinic.receive(quantity=10)
    clinic.act(move_place, clinic.held(quantity=4), store)
    assert {(s.place_id, s.quantity) for s in clinic.shelves()} == {(pharmacy, 6), (store, 4)}
    assert clinic.value("SELECT sum(received + consumed + adjusted) FROM month_use") == 10
    with pytest.raises(Refused, match="stands there already"):
        clinic.act(move_place, clinic.held(quantity=1), pharmacy)
    with pytest.raises(Refused, match="not in this clinic"):
        clinic.act(move_place, clinic.held(quantity=1), 99)
    assert clinic.check() == []
