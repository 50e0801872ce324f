"""A delivery at the door, by scanner and keys alone, in English and under an Arabic layout."""

from __future__ import annotations

import os

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop.news import NewsKind
from desktop.preview import Preview
from inventory.domain.status import Status
from inventory.queries.items import item_of_barcode
from tests.journeys.receiving_bay import (
    AMOXICILLIN,
    CEFALEXIN,
    DIESEL,
    GLOVES,
    NEW_CODE,
    OXYTOCIN,
    PARACETAMOL,
    Storekeeper,
    ean,
    gtin,
    pack,
)
from tests.keyboard import GS


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


# Keys


def test_a_gs1_pack_takes_no_key_and_n_of_it_two_or_three(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "AX7712", "280630"))
    assert keeper.keys == 0
    assert keeper.rows == [("fine", AMOXICILLIN, "AX7712", 100)]
    assert keeper.in_field
    keeper.type("8")
    keeper.press("Enter")
    assert keeper.keys == 2
    assert keeper.came == {(AMOXICILLIN, "AX7712"): 800}
    keeper.keys = 0
    keeper.type("42")
    keeper.press("Enter")
    assert keeper.keys == 3
    assert keeper.came == {(AMOXICILLIN, "AX7712"): 4200}
    keeper.scan(pack(AMOXICILLIN, "AX7712", "280630"))
    assert keeper.came == {(AMOXICILLIN, "AX7712"): 4300}


def test_an_ean_pack_takes_its_batch_and_six_keys(keeper: Storekeeper) -> None:
    keeper.scan(ean(PARACETAMOL))
    assert keeper.rows == [("new_code", PARACETAMOL, "", 1000)]
    keeper.write("PC0588")
    keeper.press("Enter")
    keeper.type("0928")
    keeper.press("Enter")
    assert keeper.keys == len("PC0588") + 6
    assert keeper.rows == [("fine", PARACETAMOL, "PC0588", 1000)]
    assert keeper.in_field
    keeper.keys = 0
    keeper.scan(ean(PARACETAMOL))
    keeper.type("12")
    keeper.press("Enter")
    assert keeper.keys == 3
    assert keeper.came == {(PARACETAMOL, "PC0588"): 12_000}


def test_an_unknown_code_is_learned_with_eight_keys_and_never_asked_again(
    keeper: Storekeeper,
) -> None:
    keeper.scan(pack(NEW_CODE, "BX-90/2", "281130"))
    assert keeper.rows == [("new_code", NEW_CODE, "BX-90/2", 1)]
    keeper.type("cefa" if keeper.layout == "us" else "سيفا")
    keeper.press("Enter")
    keeper.type("16")
    keeper.press("Enter")
    assert keeper.keys == 8
    assert keeper.rows == [("fine", CEFALEXIN, "BX-90/2", 16)]
    assert keeper.in_field
    keeper.scan(pack(NEW_CODE, "BX-90/2", "281130"))
    assert keeper.came == {(CEFALEXIN, "BX-90/2"): 32}


def test_damage_takes_three_keys_and_posting_one(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "AX7712", "280630"))
    keeper.type("30")
    keeper.press("Enter")
    keeper.keys = 0
    keeper.press("Alt+M")
    keeper.type("2")
    keeper.press("Enter")
    assert keeper.keys == 3
    assert keeper.states == {AMOXICILLIN: "damaged"}
    assert keeper.in_field
    keeper.keys = 0
    keeper.press("Ctrl+Enter")
    assert keeper.keys == 1
    assert keeper.stock(AMOXICILLIN) == {
        ("AX7712", Status.USABLE): 2800, ("AX7712", Status.DAMAGED): 200
    }  # fmt: skip
    assert isinstance(keeper.page.front, Preview)
    assert keeper.news.kind is NewsKind.DONE


def test_without_a_scanner_a_line_takes_three_keys_less_than_a_form(keeper: Storekeeper) -> None:
    """Of a form's keys: its opening, the day of the expiry and saving fall away."""
    keeper.type("amox" if keeper.layout == "us" else "أموك")
    keeper.press("Enter")
    keeper.type("12+4")
    keeper.press("Enter")
    keeper.write("A1")
    keeper.press("Enter")
    keeper.type("0928")
    keeper.press("Enter")
    line = len("amox") + 1 + len("12+4") + 1 + len("A1") + 1 + len("0928")
    form = 1 + line + len("30") + 1  # opened, with a day in the expiry, saved
    assert keeper.keys == line + 1 == form - 3
    assert keeper.rows == [("fine", AMOXICILLIN, "A1", 1204)]
    assert keeper.in_field


# One delivery after another line


def test_another_batch_makes_another_line(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.scan(pack(AMOXICILLIN, "A2", "280731"))
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    assert keeper.came == {(AMOXICILLIN, "A1"): 200, (AMOXICILLIN, "A2"): 100}


def test_one_pack_of_a_row_may_be_of_another_batch(keeper: Storekeeper) -> None:
    keeper.scan(ean(PARACETAMOL))
    keeper.write("P1")
    keeper.press("Enter")
    keeper.type("0928")
    keeper.press("Enter")
    keeper.scan(ean(PARACETAMOL))
    keeper.press("Alt+B")
    keeper.write("P2")
    keeper.press("Enter")
    keeper.type("300428")
    keeper.press("Enter")
    assert keeper.came == {(PARACETAMOL, "P1"): 1000, (PARACETAMOL, "P2"): 1000}


def test_a_batch_that_came_before_brings_its_expiry(keeper: Storekeeper) -> None:
    keeper.scan(pack(PARACETAMOL, "P1", "280930"))
    keeper.press("Ctrl+Enter", "Esc")
    keeper.scan(ean(PARACETAMOL))
    keeper.write("P1")
    keeper.press("Enter", "Enter")
    assert keeper.rows == [("fine", PARACETAMOL, "P1", 1000)]


def test_our_own_label_and_supplies_without_a_batch(keeper: Storekeeper) -> None:
    keeper.scan(f"ITM-{GLOVES}")
    keeper.press("Enter", "Enter")
    assert keeper.rows == [("fine", GLOVES, "", 100)]
    assert keeper.in_field


def test_diesel_is_counted_in_litres(keeper: Storekeeper) -> None:
    keeper.scan(f"ITM-{DIESEL}")
    assert keeper.in_field
    keeper.type("1200")
    keeper.press("Enter", "Ctrl+Enter")
    assert keeper.stock(DIESEL) == {("", Status.USABLE): 12_000}


def test_a_line_is_changed_by_enter(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.press("Enter")
    keeper.type("3")
    keeper.press("Enter")
    keeper.write("A9")
    keeper.press("Enter", "Enter")
    assert keeper.rows == [("fine", AMOXICILLIN, "A9", 300)]
    assert keeper.in_field


def test_a_scan_comes_wherever_the_cursor_is(keeper: Storekeeper) -> None:
    keeper.scan(ean(PARACETAMOL))
    keeper.write("P1")
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    assert keeper.came == {(PARACETAMOL, ""): 1000, (AMOXICILLIN, "A1"): 100}
    keeper.press("Alt+M")
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    assert keeper.came[(AMOXICILLIN, "A1")] == 200


def test_a_number_still_in_the_field_counts_before_posting(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.type("12")
    keeper.press("Ctrl+Enter")
    assert keeper.stock(AMOXICILLIN) == {("A1", Status.USABLE): 1200}


def test_twice_ctrl_enter_receives_once(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.press("Ctrl+Enter", "Esc", "Ctrl+Enter")
    assert [note.number for note in keeper.notes] == ["GRN-2026-00001"]


def test_what_needs_an_answer_is_asked_before_posting(keeper: Storekeeper) -> None:
    keeper.scan(pack(NEW_CODE, "A1", "280630"))
    keeper.press("Esc", "Ctrl+Enter")
    assert keeper.notes == []
    assert keeper.news.kind is NewsKind.REFUSED
    assert not keeper.in_field
    keeper.press("Esc", "Del")
    keeper.scan(ean(PARACETAMOL))
    keeper.press("Esc", "Ctrl+Enter")
    assert keeper.notes == []
    assert "needs its batch number" in str(keeper.news.words)


# Taking back


def test_ctrl_z_takes_steps_back_and_forgets_what_was_learned(keeper: Storekeeper) -> None:
    keeper.scan(pack(NEW_CODE, "BX-90/2", "281130"))
    keeper.type("cefa" if keeper.layout == "us" else "سيفا")
    keeper.press("Enter", "Enter")
    assert keeper.came == {(CEFALEXIN, "BX-90/2"): 20}
    assert keeper.ask(item_of_barcode, NEW_CODE) is not None
    keeper.press("Ctrl+Z")
    assert keeper.came == {(NEW_CODE, "BX-90/2"): 1}
    assert keeper.ask(item_of_barcode, NEW_CODE) is None
    keeper.press("Ctrl+Z")
    assert keeper.rows == []
    assert not keeper.page.bay.delivery.begun


def test_a_posted_delivery_is_taken_back_with_three_keys(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.press("Ctrl+Enter")
    keeper.keys = 0
    keeper.press("Ctrl+Z", "4", "Enter")
    assert keeper.keys == 3
    assert keeper.stock(AMOXICILLIN) == {}
    assert keeper.notes[0].reverses == "GRN-2026-00001"
    assert keeper.in_field


def test_the_number_of_a_note_opens_it(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.press("Ctrl+Enter", "Esc")
    keeper.scan("GRN-2026-00001")
    panel = keeper.page.sides.panel
    assert panel is not None
    keeper.press("Ctrl+P")
    assert isinstance(keeper.page.front, Preview)
    keeper.press("Esc", "Esc")
    assert keeper.page.sides.panel is None


# What scanners and packs get wrong


@pytest.mark.parametrize("text", ["4006381333932", "]d2010400638133393217280930" + "10A1"])
def test_a_wrong_check_digit_is_said_and_adds_nothing(keeper: Storekeeper, text: str) -> None:
    keeper.scan(text)
    assert keeper.news.kind is NewsKind.REFUSED
    assert "last digit should be" in str(keeper.news.words)
    assert keeper.rows == []


def test_the_day_it_was_made_is_not_taken_for_its_expiry(keeper: Storekeeper) -> None:
    keeper.scan("]d201" + gtin(AMOXICILLIN) + "17251101" + "11281031" + "10A1")
    assert keeper.news.kind is NewsKind.LOOK
    assert "Taken: 2028-10-31" in str(keeper.news.words)
    (row,) = keeper.page.bay.rows
    assert row.line is not None
    assert str(row.line.expiry) == "2028-10-31"


def test_a_swallowed_separator_is_said(keeper: Storekeeper) -> None:
    keeper.scan("]d201" + gtin(AMOXICILLIN) + "10PC0588" + "17280930")
    assert keeper.news.kind is NewsKind.LOOK
    assert "no separator" in str(keeper.news.words)
    assert keeper.came == {(AMOXICILLIN, "PC0588"): 100}


def test_a_separator_parts_batch_and_expiry(keeper: Storekeeper) -> None:
    keeper.scan("]d201" + gtin(AMOXICILLIN) + "10PC0588" + GS + "17280930")
    assert keeper.rows == [("fine", AMOXICILLIN, "PC0588", 100)]


def test_what_expired_goes_to_quarantine_and_it_is_said(keeper: Storekeeper) -> None:
    keeper.scan(pack(OXYTOCIN, "OX1", "261031"))
    assert keeper.news.kind is NewsKind.REFUSED
    assert "expired 2026-10-31. It goes to quarantine" in str(keeper.news.words)
    keeper.press("Alt+A")
    assert "no reason makes it fit" in str(keeper.news.words)
    keeper.press("Ctrl+Enter")
    assert keeper.stock(OXYTOCIN) == {("OX1", Status.QUARANTINED): 10}


def test_what_is_short_dated_is_accepted_with_a_reason(keeper: Storekeeper) -> None:
    keeper.scan(pack(OXYTOCIN, "OX118", "270228"))
    assert keeper.news.kind is NewsKind.LOOK
    assert str(keeper.news.words) == (
        "Oxytocin 10 IU ampoule OX118 expires in 3 months, the rule is 12. It goes to quarantine."
    )
    assert keeper.states == {OXYTOCIN: "short_dated"}
    keeper.press("Alt+A", "3", "Enter")
    assert keeper.states == {OXYTOCIN: "fine"}
    keeper.press("Ctrl+Enter")
    assert keeper.stock(OXYTOCIN) == {("OX118", Status.USABLE): 10}


def test_an_impossible_date_stays_in_its_field(keeper: Storekeeper) -> None:
    keeper.scan(ean(PARACETAMOL))
    keeper.write("P1")
    keeper.press("Enter")
    keeper.type("1328")
    keeper.press("Enter")
    facts = keeper.page.panel.facts
    assert facts.expiry.is_wrong
    assert facts.expiry.line.text() == "1328"
    keeper.press("Ctrl+Enter")
    assert keeper.notes == []


def test_where_it_goes_is_chosen_for_the_whole_delivery(keeper: Storekeeper) -> None:
    keeper.scan(pack(AMOXICILLIN, "A1", "280630"))
    keeper.press("Alt+D")
    keeper.write("DoH Nineveh")
    keeper.press("Enter")
    keeper.write("4471")
    keeper.press("Enter", "Enter", "Enter", "Down", "Enter", "Enter")
    paper = keeper.page.bay.delivery.paper
    assert (paper.supplier, paper.waybill) == ("DoH Nineveh", "4471")
    assert keeper.in_field
    keeper.press("Ctrl+Enter")
    places = keeper.ask(_places_of_stock)
    assert places == ["Store"]
    assert (keeper.notes[0].party, keeper.notes[0].reference) == ("DoH Nineveh", "4471")


def _places_of_stock(connection: object) -> list[str]:
    from sqlalchemy import Connection, text

    assert isinstance(connection, Connection)
    found = "SELECT p.name FROM stock s JOIN place p ON p.id = s.place_id WHERE s.quantity > 0"
    return list(connection.scalars(text(found)))
