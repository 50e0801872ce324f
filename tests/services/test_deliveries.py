"""Deliveries: posted with their draft gone in the same moment, and open at one desk only."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused
from inventory.queries.drafts import draft, drafts
from inventory.queries.orders import order_lines
from inventory.queries.received import known_expiry, last_notes, note_numbered, suppliers
from inventory.services.deliveries import KIND, keep_delivery, receive_delivery, take_delivery
from inventory.services.ordering import add_line, change_line, open_draft, print_order
from inventory.services.papers import goods_received_paper
from inventory.services.receiving import Receipt, ReceiptLine
from tests.ready_clinic import TODAY, ReadyClinic

LATER = Expiry.from_iso("2028-06")


def keep(clinic: ReadyClinic, key: str = "d1", desk: str = "store") -> None:
    with clinic.database.write() as connection:
        keep_delivery(connection, clinic.id, key, {"desk": desk, "lines": []}, 5)


def line(clinic: ReadyClinic, code: str = "AMOX", **more: object) -> ReceiptLine:
    return ReceiptLine(clinic.items[code], 100, **{"lot": "A1", "expiry": LATER, **more})


def receipt(*lines: ReceiptLine, **more: object) -> Receipt:
    return Receipt(lines, TODAY, **more)


def keys(clinic: ReadyClinic) -> list[str]:
    return [row.key for row in clinic.ask(drafts, clinic.id, KIND)]


def test_posting_lets_go_of_the_draft(clinic: ReadyClinic) -> None:
    keep(clinic)
    done = clinic.act(receive_delivery, receipt(line(clinic)), "d1", request="r")
    assert keys(clinic) == []
    again = clinic.act(receive_delivery, receipt(line(clinic)), "d1", request="r")
    assert (again.number, again.again) == (done.number, True)
    assert clinic.on_hand() == 100


def test_a_refusal_keeps_the_draft(clinic: ReadyClinic) -> None:
    keep(clinic)
    with pytest.raises(Refused):
        clinic.act(receive_delivery, receipt(line(clinic, lot="")), "d1")
    assert keys(clinic) == ["d1"]
    assert clinic.documents() == []


def test_a_fault_half_way_leaves_everything_as_it_was(
    clinic: ReadyClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(clinic)

    def fail(connection: Connection, clinic_id: int, kind: str, key: str) -> None:
        raise RuntimeError("the power goes")

    monkeypatch.setattr("inventory.services.deliveries.drop_draft", fail)
    with pytest.raises(RuntimeError):
        clinic.act(receive_delivery, receipt(line(clinic)), "d1")
    assert keys(clinic) == ["d1"]
    assert clinic.documents() == []


def test_a_delivery_is_open_at_one_desk_only(clinic: ReadyClinic) -> None:
    keep(clinic, desk="store")
    with clinic.database.write() as connection:
        body = take_delivery(connection, clinic.id, "d1", "pharmacy", 6)
    assert (body["desk"], body["open"]) == ("pharmacy", True)
    with pytest.raises(Refused, match="taken over at pharmacy"):
        keep(clinic, desk="store")
    keep(clinic, desk="pharmacy")
    kept = clinic.ask(draft, clinic.id, KIND, "d1")
    assert kept is not None
    assert kept.body["desk"] == "pharmacy"


def test_a_delivery_that_is_gone_is_not_taken_up(clinic: ReadyClinic) -> None:
    with clinic.database.write() as connection, pytest.raises(Refused, match="at another desk"):
        take_delivery(connection, clinic.id, "gone", "store", 6)


# What was ordered and did not come


def order(clinic: ReadyClinic, *codes: str) -> int:
    made: int = clinic.act(open_draft)
    for code in codes:
        clinic.act(add_line, made, clinic.items[code])
        clinic.act(change_line, made, clinic.items[code], 2, "EMERGENCY")
    clinic.act(print_order, made)
    return made


def test_what_stayed_away_is_on_the_note_and_still_to_come(clinic: ReadyClinic) -> None:
    made = order(clinic, "AMOX", "PARA")
    away = ReceiptLine(clinic.items["PARA"], 0, ordered=2000, pack_size=1000)
    came = line(clinic, ordered=200)
    done = clinic.act(
        receive_delivery, receipt(came, away, requisition_id=made, supplier="DoH"), "d1"
    )
    paper = clinic.ask(goods_received_paper, clinic.id, done.document_id)
    assert [(one.code, one.received, one.difference) for one in paper.lines] == [
        ("AMOX", 100, -100), ("PARA", 0, -2000)
    ]  # fmt: skip
    to_come = {row.item.code: row.to_come for row in clinic.ask(order_lines, made)}
    assert to_come == {"AMOX": 100, "PARA": 2000}
    assert clinic.stock("PARA") == {}
    assert clinic.check() == []
    clinic.reverse(done.number)
    assert clinic.check() == []


def test_nothing_but_what_stayed_away_is_no_delivery(clinic: ReadyClinic) -> None:
    away = ReceiptLine(clinic.items["PARA"], 0, ordered=2000)
    with pytest.raises(Refused, match="Nothing has been received"):
        clinic.act(receive_delivery, receipt(away), "d1")


# What is known of earlier deliveries


def test_notes_are_found_with_their_lines(clinic: ReadyClinic) -> None:
    first = clinic.receive("AMOX", 100, "A1", supplier="DoH Nineveh", source="grant 7")
    second = clinic.receive("GLOV", 50, "", None)
    note = clinic.ask(note_numbered, clinic.id, first.number)
    assert (note.supplier, note.source, note.order) == ("DoH Nineveh", "grant 7", "")
    (found,) = note.lines
    assert (found.lot, found.expiry, found.quantity, found.damaged) == ("A1", LATER, 100, 0)
    numbers = [one.document.number for one in clinic.ask(last_notes, clinic.id, 5)]
    assert numbers == [second.number, first.number]
    assert clinic.ask(suppliers, clinic.id) == ["DoH Nineveh"]


def test_another_document_is_no_note(clinic: ReadyClinic) -> None:
    clinic.receive()
    given = clinic.dispense()
    with pytest.raises(Refused, match="is not a goods-received note"):
        clinic.ask(note_numbered, clinic.id, given.number)


def test_a_batch_that_came_before_has_a_known_expiry(clinic: ReadyClinic) -> None:
    clinic.receive("AMOX", 100, "A1")
    amox, para = clinic.items["AMOX"], clinic.items["PARA"]
    assert clinic.ask(known_expiry, clinic.id, amox, " a1 ") == LATER
    assert clinic.ask(known_expiry, clinic.id, amox, "A2") is None
    assert clinic.ask(known_expiry, clinic.id, para, "A1") is None
