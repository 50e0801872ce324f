"""The list under the field: by keys alone, in any language, without leaving the page."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop.main_window import MainWindow
from desktop.search import Found, Hit, matched
from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.domain.sentence import sentence
from tests.desktop.conftest import MakeWindow, NotePage
from tests.keyboard import press, type_text

HITS = (
    Hit(7, "MED-0041", Names("Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسول"), "low",
        "1,204 capsules", Expiry.of_day(date(2027, 5, 31))),
    Hit(8, "MED-0045", Names("Amoxicillin + clavulanic acid 625 mg tablet"), "out", "0", None),
)  # fmt: skip


def search(text: str) -> Found:
    """Finds amoxicillin, however it is begun."""
    if text.lower().startswith(("amox", "med")):
        return Found(HITS, sentence("“{typed}” was read as amoxicillin", typed=text))
    return Found()


def told(window: MainWindow) -> list[object]:
    assert isinstance(window.page, NotePage)
    return window.page.told


@pytest.mark.parametrize("code", ["en", "ar"])
def test_typing_opens_the_list_under_the_field(make_window: MakeWindow, code: str) -> None:
    window = make_window(code, search=search)
    type_text(window.field, "amox")
    window.results.look_now()
    QApplication.processEvents()
    results = window.results
    assert results.isVisible()
    assert results.width() == window.field.width()
    assert results.rows.hit == HITS[0]
    assert results.geometry().top() > window.field.mapTo(window.room, QPoint(0, 0)).y()
    window.grab()


def test_enter_takes_the_highlighted_row(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    type_text(window.field, "amox")
    window.results.look_now()
    press(window.field, "Down")
    press(window.field, "Enter")
    assert told(window)[-1] == ("item", 8)
    assert not window.results.isVisible()
    assert window.field.text() == ""


def test_enter_does_not_wait_for_the_list(make_window: MakeWindow) -> None:
    """Four letters and Enter as fast as one can."""
    window = make_window(search=search)
    type_text(window.field, "amox")
    press(window.field, "Enter")
    assert told(window)[-1] == ("item", 7)


@pytest.mark.parametrize("layout", ["us", "ara"])
def test_a_page_s_chord_carries_the_item_there(make_window: MakeWindow, layout: str) -> None:
    window = make_window(search=search)
    type_text(window.field, "amox")
    window.results.look_now()
    press(window.field, "Ctrl+4", layout)
    assert window.here == "stock"
    assert told(window)[-1] == ("item", 7)


def test_what_a_page_does_not_take_goes_to_dispense(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    assert isinstance(window.page, NotePage)
    window.page.takes = False
    type_text(window.field, "amox")
    press(window.field, "Enter")
    assert window.here == "dispense"
    assert told(window)[-1] == ("item", 7)


def test_esc_closes_the_list_first(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    type_text(window.field, "amox")
    window.results.look_now()
    press(window.field, "Esc")
    assert not window.results.isVisible()
    assert "back" not in told(window)
    press(window.field, "Esc")
    assert told(window)[-1] == "back"


def test_what_is_not_found_is_read_as_a_code(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    type_text(window.field, "06291100081233")
    window.results.look_now()
    assert "06291100081233" in window.results.nothing.text()
    press(window.field, "Enter")
    assert told(window)[-1] == ("scan", "06291100081233")


def test_arrows_move_the_page_while_the_field_is_empty(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    press(window.field, "Down")
    press(window.field, "Up")
    assert told(window)[-2:] == [("step", 1), ("step", -1)]


def test_the_highlight_stays_in_the_list(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    type_text(window.field, "amox")
    window.results.look_now()
    for _ in range(5):
        press(window.field, "Down")
    assert window.results.rows.at == 1
    for _ in range(5):
        press(window.field, "Up")
    assert window.results.rows.at == 0


def test_a_scan_of_a_known_item_shows_its_stock(make_window: MakeWindow) -> None:
    window = make_window(search=search)
    window.show_item("MED-0041")
    assert window.results.isVisible()
    assert window.results.rows.hit == HITS[0]


@pytest.mark.parametrize(
    ("name", "typed", "spans"),
    [
        ("Amoxicillin 500 mg capsule", "amox", ((0, 4),)),
        ("Amoxicillin 500 mg capsule", "amoxc", ((0, 4),)),
        ("Amoxicillin 500 mg capsule", "cap 500", ((12, 3), (19, 3))),
        ("أموكسيسيلين 500 ملغ كبسول", "اموك", ((0, 4),)),
        ("Paracétamol 500 mg", "parace", ((0, 6),)),
        ("Amoxicillin", "zinc", ()),
        ("", "amox", ()),
    ],
)
def test_the_matched_letters_are_marked(
    name: str, typed: str, spans: tuple[tuple[int, int], ...]
) -> None:
    assert matched(name, typed) == spans
