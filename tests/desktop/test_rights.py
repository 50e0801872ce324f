"""What a person can do is shown: an auditor, a dispenser, a storekeeper, and changing places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.keys import Key
from desktop.news import NewsKind
from desktop.pages.dispense.page import DispensePage
from desktop.pages.items.editor import Editor
from desktop.pages.items.page import ItemsPage
from desktop.pages.order.page import OrderPage
from desktop.pages.receive.page import ReceivePage
from desktop.pages.settings.page import SECTIONS, SettingsPage
from desktop.pages.stock.page import StockPage
from desktop.pages.today.page import TodayPage
from desktop.preferences import PreferencesFile
from desktop.widgets.key_cap import KeyCap
from inventory.domain.security import SecurityEvent
from inventory.queries.emergency import emergency_issues
from inventory.queries.orders import orders
from inventory.services.ordering import begin_order
from tests.desktop.conftest import TODAY, calm_refusals
from tests.desktop.seats import Seats
from tests.ready_clinic import ReadyClinic

MakeSeats = Callable[..., Seats]


@pytest.fixture
def seats(
    look: None, qtbot: QtBot, file_clinic: ReadyClinic, preferences: PreferencesFile,
    monkeypatch: pytest.MonkeyPatch,
) -> MakeSeats:  # fmt: skip
    """`seats("Samir")` is a window with the auditor at it; there is stock, some of it expired."""
    file_clinic.receive("AMOX", 100, "A1")
    file_clinic.receive("PARA", 50, "P1", expiry="2026-12", on=TODAY)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    SettingsPage.opened = "clinic"

    def made(who: str, code: str = "en") -> Seats:
        opened = Seats(qtbot, file_clinic, preferences, who, code)
        calm_refusals(opened.desk, monkeypatch)
        return opened

    return made


def own_chords(keys: tuple[Key, ...]) -> list[str]:
    return [key.chord for key in keys if key.run is not None and key.chord != "Alt+E"]


@pytest.mark.parametrize("page", ["today", "dispense", "receive", "stock", "order", "items"])
def test_an_auditor_changes_nothing_and_meets_no_refusal(seats: MakeSeats, page: str) -> None:
    at = seats("Samir")
    before = at.everything()
    opened = at.open(page)
    for item in at.clinic.items.values():
        opened.item_chosen(item)
    at.press("F1", "Down", "5", "Enter", "Esc", "Esc")
    for chord in (*own_chords(opened.keys()), "Ctrl+Enter", "Ctrl+Z", "Del", "Enter"):
        at.press("F1", chord)
        at.press("Esc")
    at.press("Esc", "Esc")
    assert at.refusals() in ([], ["Nothing of that item is or was in stock here."] * 2)
    assert at.everything() == before


def test_an_auditor_reads_every_section_and_keeps_nothing(seats: MakeSeats) -> None:
    at = seats("Samir")
    before = at.everything()
    page = at.open("settings")
    assert isinstance(page, SettingsPage)
    for entry in SECTIONS:
        page.show_section(entry.key)
        at.press("F1", "Ctrl+Enter")
        for chord in own_chords(page.section.keys()):
            at.press("F1", chord, "Esc", "Esc")
    assert at.refusals() == ["Scan a symbol first; then the settings can be kept."]
    assert at.everything() == before


def test_keys_that_are_not_theirs_are_not_listed_and_say_who_can(seats: MakeSeats) -> None:
    at = seats("Omar")
    at.open("stock")
    at.press("F12")
    assert at.window.sheet is not None
    caps = {cap.chord for cap in at.window.sheet.findChildren(KeyCap)}
    assert "Alt+H" in caps
    assert "Ctrl+E" not in caps
    at.press("Esc", "Ctrl+E")
    assert at.bar() == (
        "This can be done by: Storekeeper or Responsible pharmacist or Manager or Auditor."
    )
    assert at.desk.said[-1].kind is NewsKind.CALM


def test_a_dispenser_dispenses_and_can_look_at_the_rest(seats: MakeSeats) -> None:
    at = seats("Omar")
    page = at.open("dispense")
    assert isinstance(page, DispensePage)
    page.item_chosen(at.clinic.items["AMOX"])
    at.press("1", "0", "Ctrl+Enter")
    assert at.clinic.on_hand("AMOX") == 90
    receive = at.open("receive")
    assert isinstance(receive, ReceivePage)
    receive.item_chosen(at.clinic.items["AMOX"])
    assert not receive.bay.delivery.begun
    order = at.open("order")
    assert isinstance(order, OrderPage)
    assert order.stack.currentWidget() is order.none
    assert at.clinic.ask(orders, at.clinic.id) == []
    items = at.open("items")
    assert isinstance(items, ItemsPage)
    items.item_chosen(at.clinic.items["AMOX"])
    assert isinstance(items.face, Editor)
    assert items.face.button.isHidden()
    assert at.refusals() == []


def test_a_storekeeper_sees_the_way_of_an_emergency_and_nothing_else(seats: MakeSeats) -> None:
    at = seats("Huda")
    page = at.open("dispense")
    assert isinstance(page, DispensePage)
    assert "In an emergency everybody can take stock out." in page.emergency.words.text()
    page.item_chosen(at.clinic.items["AMOX"])
    assert not page.counter.basket.begun
    at.press("F1", "Alt+E", "1", "Enter")
    assert page.counter.basket.emergency == "LIFE_IN_DANGER"
    page.item_chosen(at.clinic.items["AMOX"])
    at.press("7")
    assert page.visit.button.words == "Take out, emergency"
    at.press("Ctrl+Enter")
    assert at.clinic.on_hand("AMOX") == 93
    (issue,) = at.clinic.ask(emergency_issues, at.clinic.id, TODAY)
    assert (issue.user, issue.reason) == ("Huda", "LIFE_IN_DANGER")
    assert not page.counter.basket.emergency
    page.item_chosen(at.clinic.items["AMOX"])
    assert not page.counter.basket.begun


def test_an_emergency_is_kept_with_the_basket_and_can_be_taken_back(seats: MakeSeats) -> None:
    at = seats("Omar")
    page = at.open("dispense")
    assert isinstance(page, DispensePage)
    page.item_chosen(at.clinic.items["AMOX"])
    at.press("F1", "Alt+E", "2", "Enter")
    assert page.counter.keeping.load()[0].emergency == "MANY_WOUNDED"
    assert "Many wounded" in page.emergency.words.text()
    at.press("F1", "Ctrl+Z")
    assert page.counter.basket.emergency == ""
    assert page.visit.button.words == "Dispense"
    assert page.counter.keeping.load()[0].emergency == ""


def test_what_may_be_done_follows_whoever_sits_down(seats: MakeSeats) -> None:
    at = seats("Omar")
    page = at.open("dispense")
    assert isinstance(page, DispensePage)
    page.item_chosen(at.clinic.items["AMOX"])
    assert page.lines.isEnabled()
    at.sit("Samir")
    assert not page.lines.isEnabled()
    assert not page.visit.isEnabled()
    assert page.counter.basket.lines, "the basket waits for who made it"
    at.press("F1", "Ctrl+Z", "Ctrl+Enter")
    assert page.counter.basket.lines
    assert at.clinic.on_hand("AMOX") == 100
    at.sit("Omar")
    at.press("F1", "Ctrl+Enter")
    assert at.clinic.on_hand("AMOX") == 99
    settings = at.open("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.buttons["security"].isHidden()
    at.sit("Samir")
    assert not settings.buttons["security"].isHidden()
    settings.show_section("security")
    at.sit("Omar")
    assert SettingsPage.opened == "clinic"


def test_taking_back_is_not_offered_to_the_next_person(seats: MakeSeats) -> None:
    at = seats("Omar")
    page = at.open("dispense")
    page.item_chosen(at.clinic.items["AMOX"])
    at.press("Ctrl+Enter")
    assert at.window.message_bar.action is not None
    at.sit("Samir")
    assert at.window.message_bar.action is None
    at.press("Ctrl+L", "Down", "Enter")
    assert at.refusals() == []


def test_an_order_is_read_by_who_prepares_none(seats: MakeSeats) -> None:
    at = seats("Huda")
    at.clinic.act(begin_order)
    page = at.open("order")
    assert isinstance(page, OrderPage)
    assert page.book.editable
    assert not page.add_button.isHidden()
    before = at.everything()
    at.sit("Samir")
    assert not page.book.editable
    assert page.book.view is not None
    assert page.add_button.isHidden()
    assert page.foot.finish.isHidden()
    page.item_chosen(at.clinic.items["AMOX"])
    at.press("F1", "Alt+O", "Esc", "Ctrl+Enter")
    assert at.refusals() == []
    assert at.everything() == before


def test_a_batch_is_held_by_many_and_released_by_few(seats: MakeSeats) -> None:
    at = seats("Omar")
    page = at.open("stock", at.clinic.items["AMOX"])
    assert isinstance(page, StockPage)
    at.press("F1", "Alt+H", "1", "Enter")
    assert at.clinic.on_hand("AMOX") == 0
    at.press("F1", "Alt+H")
    assert at.bar() == "This can be done by: Responsible pharmacist."
    at.sit("Noor")
    at.press("F1", "Alt+H", "1", "Enter")
    assert at.clinic.on_hand("AMOX") == 100
    assert at.refusals() == []


def test_today_shows_what_somebody_can_do(seats: MakeSeats) -> None:
    at = seats("Huda")
    dispense = at.open("dispense")
    at.press("F1", "Alt+E", "1", "Enter")
    dispense.item_chosen(at.clinic.items["AMOX"])
    at.press("Ctrl+Enter")
    page = at.open("today")
    assert isinstance(page, TodayPage)
    assert "flash-outline" not in [line.icon for line in page.tasks.lines]
    at.sit("Noor")
    assert "flash-outline" in [line.icon for line in page.tasks.lines]
    events = {row.event for row in at.crew.logged()}
    assert SecurityEvent.EMERGENCY_ISSUE in events


@pytest.mark.parametrize("code", ["ar", "fr"])
def test_who_can_is_said_in_the_language_of_the_window(seats: MakeSeats, code: str) -> None:
    at = seats("Omar", code)
    page = at.open("stock")
    at.press("F1", "Ctrl+E")
    assert page.key == "stock"
    assert "{" not in at.bar()
