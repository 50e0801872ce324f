"""Settings: every section, what it keeps, and that a change of language does not lose the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.appearance import dress
from desktop.desk import Desk
from desktop.main_window import MainWindow
from desktop.news import NewsKind
from desktop.pages.settings.clinic import ClinicSection
from desktop.pages.settings.languages import LanguagesSection
from desktop.pages.settings.look import LookSection
from desktop.pages.settings.orders import OrdersSection
from desktop.pages.settings.page import SECTIONS, SettingsPage
from desktop.pages.settings.papers import PapersSection
from desktop.pages.settings.places import PlacesSection
from desktop.pages.settings.printers import PrintersSection
from desktop.paper_choices import paper_languages
from desktop.widgets.segmented import Segmented
from inventory.queries.clinics import clinics, places, setting
from inventory.queries.proposal import levels
from tests.desktop.conftest import MakeDesk, calm_refusals
from tests.keyboard import press, type_text


@pytest.fixture
def open_settings(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., MainWindow]]:
    """The real window on the Settings page, in a language, at a section."""

    def opened(section: str = "clinic", code: str = "en") -> MainWindow:
        SettingsPage.opened = section
        desk = make_desk(code)
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        calm_refusals(desk, monkeypatch)
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.resize(1366, 690)
        window.show()
        window.activateWindow()
        window.open_page("settings")
        qapp.processEvents()
        return window

    yield opened
    SettingsPage.opened = "clinic"


def page_of(window: MainWindow) -> SettingsPage:
    assert isinstance(window.page, SettingsPage)
    return window.page


def section(window: MainWindow, kind: type) -> object:
    found = page_of(window).section
    assert isinstance(found, kind)
    return found


def said(desk: Desk) -> str:
    return str(desk.said[-1].words)


@pytest.mark.parametrize("code", ["en", "ar", "ckb", "fr"])
@pytest.mark.parametrize("key", [entry.key for entry in SECTIONS])
def test_every_section_opens_in_every_language(
    open_settings: Callable[..., MainWindow], key: str, code: str
) -> None:
    page = page_of(open_settings(key, code))
    assert page.sections[key].isVisible()
    assert [name for name, row in page.buttons.items() if row.isChecked()] == [key]


def test_arrows_in_the_empty_field_walk_the_sections(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings()
    walked = [SettingsPage.opened]
    for _ in SECTIONS[1:]:
        press(window, "Down")
        walked.append(SettingsPage.opened)
    assert walked == [entry.key for entry in SECTIONS]
    press(window, "Up")
    assert SettingsPage.opened == SECTIONS[-2].key


def test_a_change_of_language_rebuilds_in_the_same_section(
    open_settings: Callable[..., MainWindow], qapp: QApplication
) -> None:
    window = open_settings("languages")
    languages = section(window, LanguagesSection)
    assert isinstance(languages, LanguagesSection)
    spoken = languages.findChildren(Segmented)[0]
    spoken.changed.emit("ar")
    qapp.processEvents()
    assert window.desk.language.code == "ar"
    assert window.here == "settings"
    assert SettingsPage.opened == "languages"
    assert page_of(window).section.isVisible()
    assert window.layoutDirection().name == "RightToLeft"


def test_languages_of_papers_and_digits_are_kept(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings("languages", "ar")
    boxes = page_of(window).section.findChildren(Segmented)
    boxes[1].changed.emit("ckb")
    boxes[2].changed.emit("en")
    desk = window.desk
    assert desk.ask(setting, desk.clinic.id, "paper_language") == "ckb"
    assert desk.ask(setting, desk.clinic.id, "paper_second_language") == "en"
    boxes[3].changed.emit("arab")
    assert desk.language.number(12) == "١٢"


def test_the_languages_shown_are_those_of_the_next_paper(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings("languages", "ar")
    shown = section(window, LanguagesSection)
    assert isinstance(shown, LanguagesSection)
    first, second = paper_languages(window.desk)
    chosen = [box.chosen for box in shown.findChildren(Segmented)]
    assert chosen[1:3] == [first.code, second.code if second is not None else ""]


def test_the_clinic_is_kept_and_the_rail_says_so(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings("clinic")
    found = section(window, ClinicSection)
    assert isinstance(found, ClinicSection)
    found.name.set_text("Al-Noor PHC")
    found.code.set_text("MOS-014")
    found.colours.choose("plum")
    press(window, "Ctrl+Enter")
    row = window.desk.ask(clinics)[0]
    assert (row.name, row.code, row.colour) == ("Al-Noor PHC", "MOS-014", "plum")
    assert window.desk.clinic.name == "Al-Noor PHC"
    assert said(window.desk) == "The clinic is kept as written."


def test_an_empty_name_is_refused_and_nothing_changes(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings("clinic")
    found = section(window, ClinicSection)
    assert isinstance(found, ClinicSection)
    found.name.set_text("  ")
    press(window, "Ctrl+Enter")
    assert window.desk.said[-1].kind is NewsKind.REFUSED
    assert window.desk.ask(clinics)[0].name == "Al-Zuhoor PHC"


def test_another_clinic_is_added_and_shown(open_settings: Callable[..., MainWindow]) -> None:
    window = open_settings("clinic")
    press(window, "Alt+N")
    rows = window.desk.ask(clinics)
    assert [row.name for row in rows] == ["Al-Zuhoor PHC", "Clinic 2"]
    assert window.desk.clinic.id == rows[1].id
    assert SettingsPage.opened == "clinic"


def test_names_on_papers_are_kept(open_settings: Callable[..., MainWindow]) -> None:
    window = open_settings("papers", "fr")
    found = section(window, PapersSection)
    assert isinstance(found, PapersSection)
    found.names["ar"].set_text("مركز صحي الزهور")
    found.authority["en"].set_text("Ministry of Health")
    press(window, "Ctrl+Enter")
    desk = window.desk
    assert desk.ask(setting, desk.clinic.id, "names") == {"ar": "مركز صحي الزهور"}
    assert desk.ask(setting, desk.clinic.id, "authority") == {"en": "Ministry of Health"}


def test_a_place_is_added_once(open_settings: Callable[..., MainWindow]) -> None:
    window = open_settings("places")
    found = section(window, PlacesSection)
    assert isinstance(found, PlacesSection)
    type_text(found.name.box, "Cold room")
    press(window, "Ctrl+Enter")
    desk = window.desk
    assert [place.name for place in desk.ask(places, desk.clinic.id)] == ["Pharmacy", "Cold room"]
    found.name.set_text("Cold room")
    press(window, "Ctrl+Enter")
    assert found.name.is_wrong
    assert found.name.text == "Cold room"
    assert len(desk.ask(places, desk.clinic.id)) == 2


def test_what_was_begun_to_write_is_there_after_another_page(
    open_settings: Callable[..., MainWindow],
) -> None:
    window = open_settings("places")
    found = section(window, PlacesSection)
    assert isinstance(found, PlacesSection)
    found.name.set_text("Stor")
    press(window, "Ctrl+4")
    press(window, "Ctrl+0")
    assert found.name.text == "Stor"


@pytest.mark.parametrize(
    ("least", "most", "budget", "kept"),
    [
        ("1.5", "٣", "4000000", True),
        ("2", "3", "", True),
        ("two", "3", "", False),
        ("4", "3", "", False),
        ("2", "3", "many", False),
        ("1/0", "3", "", False),
    ],
)
def test_rules_of_orders(
    open_settings: Callable[..., MainWindow], least: str, most: str, budget: str, kept: bool
) -> None:
    window = open_settings("orders")
    found = section(window, OrdersSection)
    assert isinstance(found, OrdersSection)
    before = window.desk.ask(levels, window.desk.clinic.id)
    found.least.set_text(least)
    found.most.set_text(most)
    found.budget.set_text(budget)
    press(window, "Ctrl+Enter")
    now = window.desk.ask(levels, window.desk.clinic.id)
    if kept:
        assert now.max_months == 3
        assert now.min_months == Fraction(least)
        assert said(window.desk) == "The next proposal follows these rules."
    else:
        assert now == before
        assert found.least.text == least


@pytest.mark.parametrize(("look", "size"), [("dark", 130), ("sun", 115)])
def test_the_look_changes_at_once_in_the_same_section(
    open_settings: Callable[..., MainWindow], qapp: QApplication, look: str, size: int
) -> None:
    window = open_settings("look")
    assert isinstance(page_of(window).section, LookSection)
    looks, _ = page_of(window).section.findChildren(Segmented)
    looks.changed.emit(look)
    qapp.processEvents()
    _, sizes = page_of(window).section.findChildren(Segmented)
    sizes.changed.emit(str(size))
    qapp.processEvents()
    assert (window.desk.theme.name, window.desk.theme.text_size) == (look, size)
    assert isinstance(page_of(window).section, LookSection)


def test_printers_are_told_by_name(
    open_settings: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.settings.printers.printers", lambda: ("Laser", "Label"))
    found = page_of(open_settings("printers")).section
    assert isinstance(found, PrintersSection)
    told = [found.card.body.itemAt(n).widget().accessibleName() for n in range(2)]
    assert told == ["Laser, used first", "Label"]
