"""A delivery becomes stock, with what was short-dated, expired or broken kept apart."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.services.receiving import Receipt, ReceiptLine, receive
from tests.ready_clinic import TODAY, ReadyClinic


def line(
    clinic: ReadyClinic, code: str = "AMOX", quantity: int = 10, **more: object
) -> ReceiptLine:
    fields: dict[str, object] = {"lot": "A1", "expiry": Expiry.of_month(2028, 6), **more}
    return ReceiptLine(clinic.items[code], quantity, **fields)  # type: ignore[arg-type]


def test_a_delivery_of_several_lines(clinic: ReadyClinic) -> None:
    lines = (line(clinic), line(clinic, lot="B1", quantity=5), line(clinic, "PARA", lot="P1"))
    done = clinic.act(receive, Receipt(lines, TODAY, "WHO", "Grant 7", "WB-1"))
    assert done.number == "GRN-2026-00001"
    assert [(x.code, x.lot, x.quantity) for x in done.lines] == [
        ("AMOX", "A1", 10), ("AMOX", "B1", 5), ("PARA", "P1", 10)
    ]  # fmt: skip
    assert done.warnings == ()
    assert clinic.value("SELECT party || reference FROM document") == "WHOWB-1"
    assert clinic.value("SELECT source FROM receipt") == "Grant 7"
    assert clinic.value("SELECT count(*) FROM receipt_line") == 3
    assert clinic.check() == []


def test_short_dated_stock_needs_a_reason(clinic: ReadyClinic) -> None:
    done = clinic.receive(expiry="2027-02", reason="")
    assert "too soon to accept without a reason" in str(done.warnings[0])
    assert clinic.stock() == {("A1", Status.QUARANTINED): 100}
    clinic.receive(expiry="2027-02", lot="B1", reason="USED_IN_TIME")
    assert clinic.stock()["B1", Status.USABLE] == 100


def test_expired_stock_goes_to_quarantine_whatever_the_reason(clinic: ReadyClinic) -> None:
    done = clinic.receive(expiry="2026-10", reason="AGREED")
    assert "expired 2026-10. It goes to quarantine" in str(done.warnings[0])
    assert clinic.stock() == {("A1", Status.QUARANTINED): 100}
    assert clinic.on_hand() == 0


def test_a_delivery_of_last_week_is_judged_as_of_then(clinic: ReadyClinic) -> None:
    clinic.receive(expiry="2026-11-20", on=date(2026, 11, 10), reason="NOTHING_ELSE")
    assert clinic.stock() == {("A1", Status.USABLE): 100}
    assert clinic.on_hand() == 0


def test_broken_goods_stand_apart(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=90, damaged=10)
    assert clinic.stock() == {("A1", Status.USABLE): 90, ("A1", Status.DAMAGED): 10}
    clinic.receive(quantity=0, damaged=4, lot="B1")
    assert clinic.stock()["B1", Status.DAMAGED] == 4
    assert clinic.check() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quantity": 0}, "must be at least 1"),
        ({"quantity": -1}, "must be at least 1"),
        ({"quantity": 10**12 + 1}, "between 1 and"),
        ({"lot": " "}, "needs its batch number"),
        ({"lot": "x" * 41}, "longer than 40"),
        ({"lot": "a\x00b"}, "cannot be printed"),
        ({"lot": "\u202eLOT"}, "cannot be printed"),
        ({"expiry": None}, "needs its expiry date"),
        ({"made_on": date(2028, 6, 30)}, "not before its expiry"),
        ({"pack_size": 0}, "holds at least 1"),
        ({"maker": "x" * 201}, "longer than 200"),
        ({"place_id": 99}, "not in this clinic"),
    ],
)
def test_what_cannot_be_is_refused(
    clinic: ReadyClinic, wrong: dict[str, object], words: str
) -> None:
    receipt = Receipt((line(clinic), line(clinic, **wrong)), TODAY)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        clinic.act(receive, receipt)
    assert clinic.value("SELECT count(*) FROM document") == 0
    assert clinic.value("SELECT count(*) FROM lot") == 0


def test_traits_decide_what_is_asked(clinic: ReadyClinic) -> None:
    clinic.receive("GLOV", 100, lot="", expiry=None)
    clinic.receive("DIES", 10_000, lot="", expiry=None)
    assert clinic.on_hand("DIES") == 10_000


def test_a_batch_is_known_again_by_all_that_is_on_it(clinic: ReadyClinic) -> None:
    clinic.receive(source="Grant 7")
    clinic.receive(source="Grant 7")
    assert clinic.value("SELECT count(*) FROM lot") == 1
    for other in ({"expiry": "2028-07"}, {"expiry": "2028-06-30"}, {"maker": "Samarra"}):
        clinic.receive(source="Grant 7", **other)
    clinic.receive(source="Grant 8")
    assert clinic.value("SELECT count(*) FROM lot") == 5
    assert clinic.on_hand() == 600


def test_nothing_received_is_refused(clinic: ReadyClinic) -> None:
    with pytest.raises(Refused, match="Nothing has been received yet"):
        clinic.act(receive, Receipt((), TODAY))


def test_a_clinic_without_places_says_so(clinic: ReadyClinic) -> None:
    with clinic.database.write() as connection:
        connection.execute(text("UPDATE place SET active = 0"))
    with pytest.raises(Refused, match="no place to keep stock"):
        clinic.receive()


def test_stock_goes_where_it_is_put(clinic: ReadyClinic) -> None:
    store = clinic.places()[1]
    clinic.receive(place_id=store)
    assert [shelf.place_id for shelf in clinic.shelves()] == [store]
