"""A pharmacist's day at the counter, by keys alone, in English and under an Arabic layout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.appearance import dress
from desktop.news import NewsKind
from desktop.pages.dispense import keeping
from inventory.language import plain
from tests.journeys.dispensary import (
    AMLODIPINE,
    AMOXICILLIN,
    AMOXICILLIN_250,
    METFORMIN,
    Counter,
    close_counter,
    furnish,
    open_counter,
    pack,
)
from tests.keyboard import GS

LANGUAGES = [("en", "us"), ("ar", "ara")]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dispensary") / "clinic.db"
    furnish(path)
    return path


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def counter(
    qapp: QApplication, furnished: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Counter]:
    """The Dispense page of a clinic of its own, in each language and layout."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(furnished.read_bytes())
    opened = open_counter(qapp, path, tmp_path / "desktop.json", code, layout)
    yield opened
    if opened.program.window is not None:
        close_counter(opened)
    dress(qapp, theme.LIGHT, rtl=False)


def test_one_scanned_item_with_two_digits_takes_three_keys(counter: Counter) -> None:
    counter.scan(pack(METFORMIN, "MF2207", "270630"))
    counter.type("60")
    counter.press("Ctrl+Enter")
    assert counter.keys == 3
    assert counter.stock(METFORMIN) == {"MF2207": 350}
    assert counter.basket == []
    assert counter.focus is counter.window.field


def test_three_scanned_items_take_nine_keys(counter: Counter) -> None:
    for code, quantity, after in (
        (METFORMIN, "60", ["Enter"]), (AMLODIPINE, "30", ["Enter"]),
        (AMOXICILLIN, "12", ["Ctrl+Enter"]),
    ):  # fmt: skip
        counter.scan(pack(code))
        counter.type(quantity)
        counter.press(*after)
    assert counter.keys == 9
    assert counter.stock(METFORMIN) == {"MF2207": 350}
    assert counter.stock(AMLODIPINE) == {"AM1187": 14, "AM1345": 72, "AM1400": 200}
    assert counter.stock(AMOXICILLIN) == {}
    assert [len(one.given) for one in counter.day] == [3]


def test_one_by_name_takes_eight_keys(counter: Counter) -> None:
    counter.type("metf" if counter.layout == "us" else "ميتف")
    counter.press("Enter")
    counter.type("30")
    counter.press("Ctrl+Enter")
    assert counter.keys == 8
    assert counter.stock(METFORMIN) == {"MF2207": 380}


def test_a_substitute_takes_one_key(counter: Counter) -> None:
    counter.scan(pack(AMOXICILLIN))
    counter.type("21")
    counter.keys = 0
    counter.press("Alt+1")
    assert counter.keys == 1
    assert counter.basket == [(AMOXICILLIN, 21), (AMOXICILLIN_250, 9)]
    counter.type("18")
    counter.press("Ctrl+Enter")
    given, unmet = counter.day[0].given, counter.day[0].unmet
    assert sorted((row.quantity for row in given), reverse=True) == [18, 12]
    assert [row.quantity for row in unmet] == [9]


def test_reversing_the_last_takes_three_keys(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Ctrl+Enter")
    counter.keys = 0
    counter.press("Ctrl+Z", "2", "Enter")
    assert counter.keys == 3
    assert counter.stock(METFORMIN) == {"MF2207": 410}
    assert counter.day[0].document.reversed_by is not None
    assert counter.focus is counter.window.field


def test_twice_ctrl_enter_dispenses_once(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Ctrl+Enter", "Ctrl+Enter")
    assert len(counter.day) == 1
    assert counter.stock(METFORMIN) == {"MF2207": 350}


def test_the_same_pack_again_is_one_more(counter: Counter) -> None:
    for _ in range(3):
        counter.scan(pack(METFORMIN))
    assert counter.basket == [(METFORMIN, 3)]


def test_a_scan_never_types_into_a_quantity(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.scan(pack(AMLODIPINE))
    assert counter.basket == [(METFORMIN, 60), (AMLODIPINE, 1)]


def test_a_later_batch_is_said_at_once_and_may_be_kept(counter: Counter) -> None:
    counter.scan(pack(AMLODIPINE, "AM1345", "270831"))
    shown = counter.window.message_bar.shown
    assert shown is not None
    assert shown.kind is NewsKind.LOOK
    assert plain(str(shown.words)) == (
        "You scanned AM1345. AM1203 expires 7 months earlier, so its 12 tablets go first."
    )
    counter.type("18")
    counter.press("Alt+B", "4", "Enter", "Ctrl+Enter")
    assert counter.stock(AMLODIPINE)["AM1345"] == 72
    assert counter.stock(AMLODIPINE)["AM1203"] == 12


def test_without_a_word_the_earliest_goes_first(counter: Counter) -> None:
    counter.scan(pack(AMLODIPINE, "AM1345", "270831"))
    counter.type("18")
    counter.press("Ctrl+Enter")
    assert "AM1203" not in counter.stock(AMLODIPINE)
    assert counter.stock(AMLODIPINE)["AM1345"] == 84


@pytest.mark.parametrize(
    ("lot", "expiry", "words"),
    [
        ("AM1187", "261031", "AM1187 expired 2026-10-31 and cannot be dispensed."),
        ("AM1187", "", "AM1187 expired 2026-10 and cannot be dispensed."),
        ("AM1400", "280229", "AM1400 is held and cannot be dispensed."),
    ],
)
def test_expired_and_held_packs_are_refused(
    counter: Counter, lot: str, expiry: str, words: str
) -> None:
    counter.scan(pack(AMLODIPINE, lot, expiry))
    shown = counter.window.message_bar.shown
    assert shown is not None
    assert (shown.kind, str(shown.words)) == (NewsKind.REFUSED, words)
    assert counter.basket == []


def test_an_unknown_pack_offers_items(counter: Counter) -> None:
    counter.scan("]d201" + "04012345678901" + "10X1")
    action = counter.window.message_bar.action
    assert action is not None
    assert action.key == "Ctrl+6"
    assert counter.basket == []


def test_another_batch_is_chosen_with_a_reason(counter: Counter) -> None:
    counter.scan(pack(AMLODIPINE))
    counter.type("10")
    counter.press("Alt+B", "1", "Enter")
    assert counter.page.side.panel is None
    counter.press("Ctrl+Enter")
    assert counter.stock(AMLODIPINE)["AM1345"] == 80


def test_too_little_is_given_and_written_down(counter: Counter) -> None:
    counter.scan(pack(AMOXICILLIN))
    counter.type("21")
    view = counter.page.counter.seen.views[0]
    assert view.is_short
    if counter.layout == "us":
        assert view.words == "Only 12 left. 9 are written down as not given."
    counter.press("Ctrl+Enter")
    assert counter.stock(AMOXICILLIN) == {}
    assert [row.quantity for row in counter.day[0].unmet] == [9]


def test_ctrl_z_takes_steps_back_before_posting(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Enter")
    counter.scan(pack(AMLODIPINE))
    counter.press("Del")
    assert counter.basket == [(METFORMIN, 60)]
    counter.press("Ctrl+Z")
    assert counter.basket == [(METFORMIN, 60), (AMLODIPINE, 1)]
    counter.press("Ctrl+Z", "Ctrl+Z")
    assert counter.basket == [(METFORMIN, 1)]
    counter.press("Ctrl+Z")
    assert counter.basket == []


def test_a_basket_is_parked_and_taken_up(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Alt+H")
    assert counter.basket == []
    counter.scan(pack(AMLODIPINE))
    counter.press("Alt+H", "Alt+H")
    assert len(counter.page.counter.keeping.parked()) == 2
    counter.press("Enter")
    assert counter.basket == [(METFORMIN, 60)]
    counter.press("Ctrl+Enter", "Alt+H")
    assert counter.basket == [(AMLODIPINE, 1)]
    assert counter.page.counter.keeping.parked() == []


def test_the_visit_is_written_by_keys_and_kept(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Alt+V")
    counter.type("4471", "us")
    counter.press("Enter")
    counter.type("90")
    counter.press("Enter", "Left" if counter.layout == "ara" else "Right", "Enter")
    assert counter.page.counter.basket.visit == {"number": "4471", "days": "90", "sex": "female"}
    counter.press("Ctrl+Enter")
    assert counter.day[0].visit == "4471"


def test_the_length_of_the_treatment_passes_batches(counter: Counter) -> None:
    counter.scan(pack(AMLODIPINE))
    counter.type("10")
    counter.press("Alt+V", "Enter")
    counter.type("90")
    counter.press("Ctrl+Enter")
    assert counter.stock(AMLODIPINE)["AM1203"] == 12
    assert counter.stock(AMLODIPINE)["AM1345"] == 80


def test_a_name_is_refused_and_nothing_is_lost(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.press("Alt+V")
    counter.type("rana", "us")
    counter.press("Ctrl+Enter")
    shown = counter.window.message_bar.shown
    assert shown is not None
    assert shown.kind is NewsKind.REFUSED
    assert counter.basket == [(METFORMIN, 1)]
    assert counter.day == []


def test_an_unreadable_quantity_is_kept_and_said(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("3o", "us")
    counter.press("Ctrl+Enter")
    assert counter.day == []
    assert counter.page.counter.basket.lines[0].typed == "3o"
    assert counter.page.counter.seen.views[0].wrong


def test_the_day_s_list_leads_to_reversal(counter: Counter) -> None:
    for quantity in ("10", "20"):
        counter.scan(pack(METFORMIN))
        counter.type(quantity)
        counter.press("Ctrl+Enter")
    counter.press("Ctrl+L", "Down", "Enter", "4", "Enter")
    assert counter.stock(METFORMIN) == {"MF2207": 390}
    assert [one.document.reversed_by is None for one in counter.day] == [True, False]


def test_escape_goes_back_step_by_step(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.press("Ctrl+Enter", "Ctrl+L", "Enter")
    counter.press("Esc")
    assert counter.page.side.panel is not None
    counter.press("Esc")
    assert counter.page.side.panel is None
    assert counter.focus is counter.window.field


def test_after_a_power_cut_the_basket_is_there(
    counter: Counter, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.press("Enter")
    counter.scan(pack(AMLODIPINE))
    counter.type("3")
    code, layout = counter.window.desk.language.code, counter.layout
    close_counter(counter, cut=True)
    monkeypatch.setattr(keeping, "RUN", "another running")
    again = open_counter(qapp, tmp_path / "clinic.db", tmp_path / "desktop.json", code, layout)
    assert again.basket == [(METFORMIN, 60), (AMLODIPINE, 3)]
    shown = again.window.message_bar.shown
    assert shown is not None
    assert str(shown.words).startswith("Restored after the power cut: basket of 2 items, ")
    again.press("Ctrl+Enter")
    assert again.stock(METFORMIN) == {"MF2207": 350}
    close_counter(again)


def test_closed_in_order_nobody_speaks_of_a_power_cut(
    counter: Counter, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.scan(pack(METFORMIN))
    code, layout = counter.window.desk.language.code, counter.layout
    close_counter(counter)
    monkeypatch.setattr(keeping, "RUN", "another running")
    again = open_counter(qapp, tmp_path / "clinic.db", tmp_path / "desktop.json", code, layout)
    assert again.basket == [(METFORMIN, 1)]
    shown = again.window.message_bar.shown
    assert shown is not None
    assert str(shown.words).startswith("The basket of 1 item from ")
    close_counter(again)


def test_another_language_keeps_the_basket(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("60")
    counter.window.desk.speak("fr")
    QApplication.processEvents()
    assert counter.basket == [(METFORMIN, 60)]


def test_a_lost_separator_and_a_serial_do_not_matter(counter: Counter) -> None:
    counter.scan(pack(METFORMIN, "MF2207") + GS + "21SN77" + GS + "17270630")
    assert counter.basket == [(METFORMIN, 1)]


def test_undo_by_the_mouse_shows_in_the_quantity(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.scan(pack(METFORMIN))
    counter.window.message_bar.button.click()
    assert counter.page.lines.cards[0].box.text() == "1"
    assert counter.basket == [(METFORMIN, 1)]


def test_keep_mine_is_about_the_scanned_item(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.type("10")
    counter.scan(pack(AMLODIPINE, "AM1345", "270831"))
    counter.press("Up", "Alt+B", "3", "Enter")
    assert [line.lot_id is not None for line in counter.page.counter.basket.lines] == [False, True]


def test_a_scanned_slip_opens_its_dispensing(counter: Counter) -> None:
    counter.scan(pack(METFORMIN))
    counter.press("Ctrl+Enter")
    counter.scan(counter.day[0].document.number)
    counter.press("1", "Enter")
    assert counter.day[0].document.reversed_by is not None
