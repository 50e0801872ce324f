"""People and the security log in Settings, by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.pages.settings.page import SettingsPage
from desktop.pages.settings.people import PeopleSection
from desktop.pages.settings.security_log import SecuritySection
from desktop.people import event_words
from desktop.people.own import OwnPassword, OwnPin
from desktop.people.sheets import NewPerson, OnePerson
from desktop.preferences import PreferencesFile
from inventory.domain.roles import Role
from inventory.domain.security import SecurityEvent
from inventory.exchange.table_file import read_table
from inventory.language import language, plain
from inventory.queries.desk_lock import lock_minutes
from inventory.queries.second_person import SecondRules, second_rules
from inventory.queries.security import EventRow
from inventory.services.people import authenticate, pin_fits
from tests.desktop.conftest import MakeDesk, calm_refusals
from tests.desktop.seats import Seats
from tests.keyboard import type_text
from tests.ready_clinic import ReadyClinic

MakeSeats = Callable[..., Seats]
NEW = "a quiet garden"


@pytest.fixture
def seats(
    look: None, qtbot: QtBot, file_clinic: ReadyClinic, preferences: PreferencesFile,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> Iterator[MakeSeats]:  # fmt: skip
    """`seats("Layla")` is a window on the People section with the manager at it."""
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)

    def made(who: str, section: str = "people", code: str = "en") -> Seats:
        SettingsPage.opened = "clinic"
        opened = Seats(qtbot, file_clinic, preferences, who, code)
        calm_refusals(opened.desk, monkeypatch)
        opened.open("settings", section)
        return opened

    yield made
    SettingsPage.opened = "clinic"


def section_of(at: Seats) -> PeopleSection:
    page = at.window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, PeopleSection)
    return page.section


def done(at: Seats, qtbot: QtBot) -> None:
    """The act beside the window has ended and its sheet is closed."""
    page = at.window.page
    assert page is not None
    qtbot.waitUntil(lambda: page.front is None, timeout=20_000)


def test_somebody_is_added_by_keys_and_a_second_person_is_asked(
    seats: MakeSeats, qtbot: QtBot
) -> None:
    at = seats("Layla")
    at.press("F1", "Alt+N")
    sheet = at.window.page.front if at.window.page else None
    assert isinstance(sheet, NewPerson)
    type_text(sheet.name.line, "Amal")
    at.press("Enter")
    type_text(sheet.secret.first.line, NEW)
    at.press("Enter")
    type_text(sheet.secret.again.line, NEW)
    at.press("Alt+1", "Alt+2", "Ctrl+Enter")
    done(at, qtbot)
    assert at.people()["Amal"].roles == {Role.DISPENSER, Role.STOREKEEPER}
    assert at.asked == ["Add people and change their roles"]
    assert at.clinic.ask(authenticate, "Amal", NEW).name == "Amal"
    assert at.bar() == "Amal can sign in from now on."
    assert "Amal" in [row.words for row in section_of(at).list.rows]  # type: ignore[union-attr]


def test_what_is_wrong_is_said_in_the_sheet_and_what_was_typed_stays(
    seats: MakeSeats, qtbot: QtBot
) -> None:
    at = seats("Layla")
    at.press("F1", "Alt+N")
    sheet = at.window.page.front if at.window.page else None
    assert isinstance(sheet, NewPerson)
    type_text(sheet.name.line, "Omar")
    type_text(sheet.secret.first.line, NEW)
    type_text(sheet.secret.again.line, NEW + "s")
    at.press("Ctrl+Enter")
    assert sheet.secret.again.below.text() == "The two passwords are not the same."
    at.press("Backspace", "Alt+1", "Ctrl+Enter")
    qtbot.waitUntil(lambda: sheet.name.is_wrong, timeout=20_000)
    assert "There is already a person called" in sheet.name.below.text()
    assert sheet.secret.first.secret == NEW
    assert at.people().keys() == set(at.people())
    assert len(at.people()) == 5


def test_roles_are_changed_and_somebody_leaves_and_comes_back(
    seats: MakeSeats, qtbot: QtBot
) -> None:
    at = seats("Layla")
    choose(at, "Omar")
    at.press("Alt+2", "Ctrl+Enter")
    done(at, qtbot)
    assert at.people()["Omar"].roles == {Role.DISPENSER, Role.STOREKEEPER}
    choose(at, "Omar")
    at.press("Alt+X", "Ctrl+Enter")
    done(at, qtbot)
    assert not at.people()["Omar"].active
    sheet = choose(at, "Omar", kind=NewPerson)
    assert isinstance(sheet, NewPerson)
    type_text(sheet.secret.first.line, NEW)
    type_text(sheet.secret.again.line, NEW)
    at.press("Ctrl+Enter")
    done(at, qtbot)
    assert at.people()["Omar"].active
    assert at.clinic.ask(authenticate, "Omar", NEW).id == at.crew.id("Omar")


def choose(at: Seats, name: str, kind: type = OnePerson) -> object:
    """Alt+M, down to the name, Enter."""
    at.press("F1", "Alt+M")
    rows = section_of(at).list
    assert rows is not None
    rows.go([row.words for row in rows.rows].index(name))
    at.press("Enter")
    sheet = at.window.page.front if at.window.page else None
    assert isinstance(sheet, kind)
    return sheet


def test_a_new_password_is_given_to_somebody_else(seats: MakeSeats, qtbot: QtBot) -> None:
    at = seats("Layla")
    sheet = choose(at, "Huda")
    assert isinstance(sheet, OnePerson)
    at.press("Alt+W")
    type_text(sheet.secret.first.line, NEW)
    type_text(sheet.secret.again.line, NEW)
    at.press("Ctrl+Enter")
    done(at, qtbot)
    assert at.clinic.ask(authenticate, "Huda", NEW).name == "Huda"
    assert at.asked == ["Add people and change their roles"]


def test_the_own_password_needs_the_one_there_is(seats: MakeSeats, qtbot: QtBot) -> None:
    at = seats("Omar")
    at.press("F1", "Alt+W")
    sheet = at.window.page.front if at.window.page else None
    assert isinstance(sheet, OwnPassword)
    for field, text in ((sheet.now, "not it at all"), (sheet.secret.first, NEW),
                        (sheet.secret.again, NEW)):  # fmt: skip
        type_text(field.line, text)
    at.press("Ctrl+Enter")
    qtbot.waitUntil(lambda: sheet.now.is_wrong, timeout=20_000)
    sheet.now.forget()
    type_text(sheet.now.line, at.crew.password("Omar"))
    at.press("Ctrl+Enter")
    done(at, qtbot)
    assert at.clinic.ask(authenticate, "Omar", NEW).name == "Omar"
    assert at.asked == []


def test_a_pin_is_set_with_the_password_and_taken_away_again(
    seats: MakeSeats, qtbot: QtBot
) -> None:
    at = seats("Omar")
    for pin in ("384951", ""):
        at.press("F1", "Alt+I")
        sheet = at.window.page.front if at.window.page else None
        assert isinstance(sheet, OwnPin)
        type_text(sheet.now.line, at.crew.password("Omar"))
        type_text(sheet.pin.first.line, pin)
        type_text(sheet.pin.again.line, pin)
        at.press("Ctrl+Enter")
        done(at, qtbot)
        assert at.people()["Omar"].has_pin == bool(pin)
        assert at.clinic.ask(pin_fits, at.crew.id("Omar"), "384951") == bool(pin)
    assert at.desk.session is not None
    assert at.desk.session.person is not None
    assert not at.desk.session.person.has_pin


def test_who_looks_after_nobody_reads_what_each_may_do(seats: MakeSeats) -> None:
    at = seats("Omar")
    before = at.everything()
    sheet = choose(at, "Layla")
    assert isinstance(sheet, OnePerson)
    assert not any(box.isEnabled() for box in sheet.roles.boxes)
    at.press("Alt+1", "Alt+X", "Ctrl+Enter", "Esc", "F1", "Alt+N")
    assert at.bar() == "This can be done by: Manager."
    assert not section_of(at).add_button.isEnabled()
    assert section_of(at).add_button.toolTip() == "This can be done by: Manager."
    assert at.refusals() == []
    assert at.everything() == before


def test_rules_are_kept_and_each_change_is_confirmed(seats: MakeSeats) -> None:
    at = seats("Layla")
    at.press("F1", "Alt+T")
    rules = section_of(at).rules
    assert rules is not None
    rules.percent.set_text("25")
    rules.minutes.set_text("١٠")
    rules.dispensing.choose("yes")
    at.press("Ctrl+Enter")
    assert at.clinic.ask(second_rules, at.clinic.id) == SecondRules(25, 1, True)
    assert at.clinic.ask(lock_minutes) == 10
    assert at.asked == ["Change the protection settings"] * 2
    rules.minutes.set_text("90")
    at.press("Ctrl+Enter")
    assert at.bar() == "Choose 1 to 60 minutes."
    assert at.clinic.ask(lock_minutes) == 10


def test_the_section_follows_whoever_sits_down(seats: MakeSeats) -> None:
    at = seats("Layla")
    section = section_of(at)
    assert section.rules is not None
    assert section.rules.fields.isEnabled()
    at.sit("Samir")
    assert not section.rules.fields.isEnabled()
    assert section.rules.button.isHidden()
    assert not section.rules.read_only.isHidden()
    assert not section.add_button.isEnabled()


@pytest.mark.parametrize("practice", [True, False])
def test_where_nobody_signs_in_one_sentence_says_so(make_desk: MakeDesk, practice: bool) -> None:
    section = PeopleSection(make_desk(practice=practice))
    told = " ".join(found.text() for found in section.findChildren(QLabel))
    assert "Nobody signs in" in told
    own = section.keys()
    assert [key.chord for key in own] == ([] if practice else ["Alt+P"])


# The security log


def log_of(at: Seats) -> SecuritySection:
    page = at.window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, SecuritySection)
    return page.section


def test_the_log_is_read_in_words_and_filtered_by_kind_and_name(seats: MakeSeats) -> None:
    at = seats("Samir", "security")
    section = log_of(at)
    first = section.grid.visible_rows()[0]
    assert first.event is SecurityEvent.PERSON_ADDED
    assert event_words.particulars(first, at.desk.language) == "Samir: Auditor"
    at.press("F1", "Alt+4")
    kinds = {row.event for row in section.grid.visible_rows()}
    assert kinds <= {SecurityEvent.CONFIRMED, SecurityEvent.DONE_ALONE}
    at.press("F1", "Alt+3", "Alt+M")
    type_text(section.name, "huda")
    shown = section.grid.visible_rows()
    assert [row.says["person"] for row in shown] == ["Huda"]


def test_a_log_taken_out_is_written_into_the_log(
    seats: MakeSeats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = seats("Samir", "security")
    path = tmp_path / "log.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV (*.csv)"))
    rows = len(log_of(at).grid.visible_rows())
    at.press("F1", "Ctrl+E")
    table = read_table(path)
    assert len(list(table.rows)) == rows
    newest = at.crew.logged()[0]
    assert (newest.event, newest.user) == (SecurityEvent.EXPORTED, "Samir")
    assert newest.says == {"what": "Security log", "rows": rows}


@pytest.mark.parametrize("code", ["en", "ar", "ckb", "fr"])
def test_every_kind_of_event_has_words_and_shows_no_raw_key(code: str) -> None:
    says: dict[str, str | int] = {
        "person": "Huda", "roles": "manager auditor", "what": "Print papers", "count": 3,
        "document": "DSP-2026-000001", "reason": "LIFE_IN_DANGER", "items": "AMOX 5",
        "way": "paper", "found": "older_copy", "to": "clinic", "was": "2026-11-01",
        "day": "2026-11-20", "percent": 10, "packs": 1, "dispensing": 1, "rows": 4,
        "parent": "0192aa", "head": "ffee00", "numbers": "DSP-2026 13 999", "made_at": 1_800,
    }  # fmt: skip
    for event in SecurityEvent:
        for known in (says, {}):
            row = EventRow("u", event, "Layla", "", known, 0, False)
            if known or event not in (SecurityEvent.CONFIRMED, SecurityEvent.DONE_ALONE,
                                      SecurityEvent.EXPORTED):  # fmt: skip
                told = plain(event_words.particulars(row, language(code)))
                for raw in ("older_copy", "LIFE_IN_DANGER", "manager auditor", "0192aa", "ffee00",
                            "13 999", "{"):  # fmt: skip
                    assert raw not in told
