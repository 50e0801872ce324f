"""The only door to movements: numbers without gaps, one document for one request, no overdraft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text

from inventory.domain.documents import DocumentKind
from inventory.domain.movements import MovementKind
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.services import ledger
from inventory.services.ledger import Entry, Heading, Posted
from tests.ready_clinic import TODAY, ReadyClinic


def post(
    clinic: ReadyClinic, *entries: Entry, on: date = TODAY, request: str = "", **heading: str
) -> Posted:
    made = Heading(DocumentKind.ADJUSTMENT, on, **heading)
    return clinic.act(ledger.post, made, entries, request=request)


def entry(clinic: ReadyClinic, kind: MovementKind, quantity: int, **more: object) -> Entry:
    held = clinic.held()
    fields = {"item_id": held.item_id, "lot_id": held.lot_id, "place_id": held.place_id, **more}
    return Entry(kind, quantity=quantity, **fields)  # type: ignore[arg-type]


def sequence(clinic: ReadyClinic) -> list[int]:
    sql = text("SELECT seq FROM movement WHERE clinic_id = :clinic ORDER BY seq")
    return clinic.ask(lambda c: list(c.scalars(sql, {"clinic": clinic.id})))


def test_sequence_and_numbers_have_no_gaps_after_refusals(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    for _ in range(3):
        clinic.dispense(quantity=1)
        with pytest.raises(Refused):
            clinic.dispense(quantity=100)
    with pytest.raises(ZeroDivisionError):
        clinic.act(_fails_after_posting, _some_loss(clinic))
    clinic.dispense(quantity=1)
    assert sequence(clinic) == [1, 2, 3, 4, 5]
    assert clinic.documents() == ["GRN-2026-00001", *(f"DSP-2026-{n:05d}" for n in range(1, 5))]
    assert clinic.check() == []


def _some_loss(clinic: ReadyClinic) -> Entry:
    return entry(clinic, MovementKind.LOSS, -1)


def _fails_after_posting(connection: Connection, stamp: Stamp, loss: Entry) -> None:
    ledger.post(connection, stamp, Heading(DocumentKind.ADJUSTMENT, TODAY), [loss])
    raise ZeroDivisionError


def test_one_request_is_one_document(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, request="delivery")
    again = clinic.receive(quantity=10, request="delivery")
    assert again.again
    assert again.number == "GRN-2026-00001"
    assert [(line.code, line.lot, line.quantity) for line in again.lines] == [("AMOX", "A1", 10)]
    first = clinic.dispense(quantity=3, request="basket", give_what_there_is=True)
    second = clinic.dispense(quantity=3, request="basket", give_what_there_is=True)
    assert (first.number, first.taken, first.unmet) == (second.number, second.taken, second.unmet)
    assert clinic.on_hand() == 7


def test_unmet_demand_is_told_again(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=3)
    first = clinic.dispense(quantity=5, request="basket", give_what_there_is=True)
    second = clinic.dispense(quantity=5, request="basket", give_what_there_is=True)
    assert first.unmet == second.unmet == ((clinic.items["AMOX"], 2),)


@pytest.mark.parametrize("quantity", [0, 5, -MAX_QUANTITY - 1])
def test_a_loss_is_a_possible_negative_number(clinic: ReadyClinic, quantity: int) -> None:
    clinic.receive(quantity=10)
    loss = entry(clinic, MovementKind.LOSS, quantity)
    with pytest.raises(Refused, match="must be between 1 and"):
        post(clinic, loss)
    assert clinic.on_hand() == 10


def test_nothing_falls_below_zero(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    losses = [entry(clinic, MovementKind.LOSS, -6), entry(clinic, MovementKind.LOSS, -5)]
    with pytest.raises(Refused, match="Only 4 of Item AMOX, batch A1, are here; 5 were asked for"):
        post(clinic, *losses)
    assert clinic.on_hand() == 10
    held = entry(clinic, MovementKind.LOSS, -1, status=Status.DAMAGED)
    with pytest.raises(Refused, match="Only 0 of Item AMOX"):
        post(clinic, held)


@pytest.mark.parametrize("kind", [MovementKind.DISPENSE, MovementKind.USE])
def test_expired_stock_is_not_dispensed_below_the_screen(
    clinic: ReadyClinic, kind: MovementKind
) -> None:
    clinic.receive(quantity=10, expiry="2026-11", on=date(2026, 11, 1))
    clinic.today = date(2026, 12, 1)
    with pytest.raises(Refused, match="A1 expired 2026-11 and cannot be dispensed"):
        post(clinic, entry(clinic, kind, -1), on=clinic.today)
    post(clinic, entry(clinic, kind, -1), on=date(2026, 11, 30))
    assert clinic.check() == []


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.USABLE])
def test_held_stock_is_not_dispensed_below_the_screen(clinic: ReadyClinic, status: Status) -> None:
    clinic.receive(quantity=10)
    dispensing = entry(clinic, MovementKind.DISPENSE, -1, status=status)
    with pytest.raises(Refused, match="A1 is held and cannot be dispensed"):
        post(clinic, dispensing)


def test_the_future_has_not_come(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    with pytest.raises(Refused, match="2026-11-23 has not come yet"):
        clinic.dispense(on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="0206-11-22 is too long ago"):
        clinic.dispense(on=date(206, 11, 22))


def test_what_belongs_together_is_checked(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    for wrong in ({"item_id": clinic.items["PARA"]}, {"lot_id": 999}, {"place_id": 999}):
        with pytest.raises(Refused, match="not in this clinic"):
            post(clinic, entry(clinic, MovementKind.LOSS, -1, **wrong))
    clinic.id = 999
    with pytest.raises(Refused, match="This clinic is not in this database"):
        clinic.receive(quantity=10)


@pytest.mark.parametrize(
    "words",
    [{"party": "x" * 201}, {"note": "a\x00b"}, {"reason": "\u202eback"}, {"note": "\ud800"}],
)
def test_words_that_cannot_be_shown_are_refused(clinic: ReadyClinic, words: dict[str, str]) -> None:
    clinic.receive(quantity=10)
    with pytest.raises(Refused):
        post(clinic, entry(clinic, MovementKind.LOSS, -1), **words)
    assert clinic.documents() == ["GRN-2026-00001"]


def test_each_movement_says_where_it_left_the_stock(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10)
    clinic.receive(quantity=5, lot="B1")
    clinic.dispense(quantity=4)
    sql = text('SELECT quantity, balance_after, "user", recorded_at, clock_back, uid '
               "FROM movement ORDER BY seq")  # fmt: skip
    rows: Sequence[tuple[object, ...]] = clinic.ask(lambda c: c.execute(sql).all())
    assert [tuple(row[:3]) for row in rows] == [
        (10, 10, "pharmacist"), (5, 5, "pharmacist"), (-4, 6, "pharmacist")
    ]  # fmt: skip
    assert [row[4] for row in rows] == [0, 0, 0]
    assert len({row[5] for row in rows}) == 3
    assert sorted(row[3] for row in rows) == [row[3] for row in rows]  # type: ignore[type-var]


def test_a_past_day_gives_only_what_was_there_then(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=10, on=TODAY - timedelta(days=2))
    loss = entry(clinic, MovementKind.LOSS, -4)
    with pytest.raises(Refused, match="Only 0 of Item AMOX, batch A1, can go out on 2026-11-19"):
        post(clinic, loss, on=TODAY - timedelta(days=3))
    post(clinic, loss, loss, on=TODAY - timedelta(days=2))
    clinic.receive(quantity=50)
    with pytest.raises(Refused, match="Only 2 of Item AMOX, batch A1, can go out on 2026-11-20"):
        post(clinic, loss, on=TODAY - timedelta(days=2))
    assert clinic.check() == []
