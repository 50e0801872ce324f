"""The first questions by keys alone, and what they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, make_application
from desktop.faults import FaultBook
from desktop.first_run import FirstRun
from desktop.first_run.choices import Choices
from desktop.first_run.clinic_form import ClinicForm
from desktop.first_run.person_form import PersonForm
from desktop.preferences import PreferencesFile
from desktop.trouble.window import TroubleWindow
from inventory.domain.sentence import sentence
from inventory.domain.troubles import Trouble
from inventory.language import language
from inventory.storage.database import Database
from tests.desktop.conftest import TODAY
from tests.keyboard import press, type_text


@pytest.fixture
def program(
    look: None,
    qtbot: QtBot,
    tmp_path: Path,
    preferences: PreferencesFile,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:
    """A program whose files all live in a folder of this test."""
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)
    made = Program(make_application(), FaultBook(), preferences=preferences, today=TODAY)
    yield made
    if made.scanner is not None:
        made.scanner.remove()
    made._close_old()


def welcome_of(program: Program) -> FirstRun:
    QApplication.processEvents()
    assert isinstance(program.welcome, FirstRun)
    program.welcome.activateWindow()
    QApplication.processEvents()
    return program.welcome


def choices_of(welcome: FirstRun) -> Choices:
    found = welcome.content.findChild(Choices)
    assert isinstance(found, Choices)
    return found


def form_of(welcome: FirstRun) -> ClinicForm:
    QApplication.processEvents()
    found = welcome.content.findChild(ClinicForm)
    assert isinstance(found, ClinicForm)
    return found


@pytest.mark.parametrize(("digit", "code"), [("1", "ar"), ("2", "ckb"), ("3", "en"), ("4", "fr")])
def test_a_digit_chooses_the_language(program: Program, digit: str, code: str) -> None:
    program.begin()
    welcome = welcome_of(program)
    press(choices_of(welcome), digit)
    assert program.preferences.now.language == code
    rtl = QApplication.layoutDirection().name == "RightToLeft"
    assert rtl is language(code).rtl
    assert len(choices_of(welcome).cards) == 4


def test_arabic_digits_choose_too(program: Program) -> None:
    program.begin()
    press(choices_of(welcome_of(program)), "1", "ckb")
    assert program.preferences.now.language == "ar"


def test_arrows_and_enter_choose(program: Program) -> None:
    program.begin()
    choices = choices_of(welcome_of(program))
    assert choices.hasFocus()
    for chord in ("Down", "Right", "Enter"):
        press(choices, chord)
    assert program.preferences.now.language == "fr"


def person_of(program: Program) -> PersonForm:
    """The second step of a new clinic, after its name was written."""
    program.begin(code="en")
    welcome = welcome_of(program)
    press(choices_of(welcome), "2")
    form = form_of(welcome)
    QApplication.processEvents()
    type_text(form.name.line, "Al-Zuhoor PHC")
    form.lists.choose("empty")
    press(form.name.line, "Ctrl+Enter")
    QApplication.processEvents()
    found = welcome.content.findChild(PersonForm)
    assert isinstance(found, PersonForm)
    return found


def test_a_locked_clinic_is_set_up_by_keys(
    program: Program, qtbot: QtBot, tmp_path: Path, preferences: PreferencesFile
) -> None:
    form = person_of(program)
    type_text(form.name.line, "Layla Hasan")
    press(form.name.line, "Enter")
    type_text(form.password.line, "a calm river")
    press(form.password.line, "Enter")
    type_text(form.again.line, "a calm river")
    press(form.again.line, "Enter")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.window is not None
    desk = program.window.desk
    assert (desk.clinic.name, desk.user) == ("Al-Zuhoor PHC", "Layla Hasan")
    assert desk.session is not None
    assert desk.session.entered.is_protected
    assert program.preferences.now.database == str(tmp_path / "amana.db")
    assert program.welcome is None
    outside = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Zuhoor" not in outside
    assert b"Layla" not in outside


def test_a_clinic_that_is_not_locked_is_a_choice(program: Program, qtbot: QtBot) -> None:
    form = person_of(program)
    form.ways.choose("open")
    press(form.ways, "Ctrl+Enter")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.window is not None
    assert program.window.desk.session is None


def test_two_passwords_that_differ_are_said_at_the_field(program: Program) -> None:
    form = person_of(program)
    form.name.set_text("Layla")
    form.password.line.setText("a calm river")
    form.again.line.setText("a calm rivet")
    form.finish()
    assert form.again.is_wrong
    assert program.window is None


def test_a_password_too_short_keeps_the_name(program: Program, qtbot: QtBot) -> None:
    form = person_of(program)
    form.name.set_text("Layla")
    form.password.line.setText("short")
    form.again.line.setText("short")
    form.finish()
    welcome = welcome_of(program)
    qtbot.waitUntil(lambda: welcome.bar.isVisible(), timeout=20_000)
    again = welcome.content.findChild(PersonForm)
    assert isinstance(again, PersonForm)
    assert again.name.text == "Layla"


def test_a_refused_name_keeps_what_was_written(program: Program) -> None:
    program.begin(code="en")
    welcome = welcome_of(program)
    press(choices_of(welcome), "2")
    form = form_of(welcome)
    type_text(form.town.line, "Mosul")
    form.colours.choose("plum")
    form.finish()
    assert form_of(welcome) is form
    assert form.name.is_wrong
    assert (form.town.text, form.colours.chosen) == ("Mosul", "plum")


def test_esc_goes_one_step_back(program: Program) -> None:
    program.begin(code="en")
    welcome = welcome_of(program)
    press(choices_of(welcome), "2")
    press(form_of(welcome).name.line, "Esc")
    assert len(choices_of(welcome).cards) == 4
    press(choices_of(welcome), "Esc")
    assert len(choices_of(welcome).cards) == 4


def test_a_file_that_cannot_be_opened_is_told_on_the_trouble_page(
    program: Program, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"not a database" * 100)
    program.begin(str(torn), code="en")
    assert isinstance(program.welcome, TroubleWindow)
    assert program.welcome.trouble is Trouble.FOREIGN
    assert program.welcome.page.telling.about == str(torn)


def test_the_file_opened_last_is_opened_again(program: Program, clinic_database: Database) -> None:
    program.preferences.change(language="en")
    program.open(clinic_database.address)
    assert program.window is not None
    program.begin()
    assert program.window is not None
    assert program.window.desk.clinic.name == "Al-Zuhoor PHC"


def test_a_database_that_moved_away_leads_to_the_questions(program: Program) -> None:
    program.preferences.change(language="en", database="/nowhere/amana.db")
    program.begin()
    assert isinstance(welcome_of(program), FirstRun)


def test_practice_is_made_with_a_year_behind_it_and_then_gone_on_with(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[Path] = []

    def make(path: Path, today: date, now: int, progress: Callable[[int, int], object]) -> None:
        from inventory.services.clinics import save_setting
        from inventory.services.setting_up import SetUp, set_up
        from inventory.storage.opening import open_database

        made.append(path)
        set_up(path, SetUp("Practice"), today, now)
        database = open_database(path)
        with database.write() as connection:
            save_setting(connection, 0, "practice", True)
        database.close()
        progress(1, 1)

    monkeypatch.setattr("inventory.services.practice.make_practice", make)
    program.clock = date.today
    for _ in range(2):
        program.begin(code="en")
        press(choices_of(welcome_of(program)), "1")
        qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
        assert program.window is not None
        assert program.window.desk.practice
        program.leave()
        QApplication.processEvents()
    assert made == [tmp_path / "practice.db"]
    assert program.preferences.now.database == ""


def test_leaving_goes_back_to_the_questions(program: Program, clinic_database: Database) -> None:
    program.preferences.change(language="en")
    program.open(clinic_database.address)
    program.leave()
    QApplication.processEvents()
    assert program.window is None
    assert isinstance(welcome_of(program), FirstRun)


def test_a_fault_before_a_window_is_said_in_the_questions(program: Program) -> None:
    program.ask_first(sentence("There is no database at {file}.", file="amana.db"))
    assert "amana.db" in welcome_of(program).message.text()


def test_a_refusal_stands_where_the_window_reads(program: Program, qtbot: QtBot) -> None:
    """The bar was made before a language was chosen."""
    program.begin(code="en")
    welcome = welcome_of(program)
    welcome._speak("ar")
    welcome.refuse(sentence("The name is empty."))
    assert welcome.message.alignment() & Qt.AlignmentFlag.AlignRight
