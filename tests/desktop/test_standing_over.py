"""Seized while it was on: what stands over the window lets no key, click or scan through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Program, make_application
from desktop.faults import FaultBook
from desktop.main_window import MainWindow
from desktop.people.event_words import particulars
from desktop.preferences import PreferencesFile
from desktop.session import PIN_TRIES, Session
from desktop.shell.lock import Lock
from desktop.shell.over import standing
from desktop.shell.second_veil import SecondVeil, ask_second
from desktop.shell.veil import Veil
from desktop.sign_in.window import SignInWindow
from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, sentence
from inventory.queries.people import person_named
from inventory.queries.security import events
from inventory.services.entered import Entered
from inventory.services.people import add_person, set_pin
from inventory.services.permits import NeedsSecond
from inventory.services.setting_up import SetUp, set_up
from inventory.storage import tries
from inventory.storage.database import Database
from tests.desktop.conftest import TODAY, MakeWindow, NotePage
from tests.keyboard import press, type_scan, type_text

LAYLA, OMAR = ("Layla Hasan", "a calm river"), ("Omar Aziz", "seven white doors")
PIN = "38495127"


@pytest.fixture
def window(make_window: MakeWindow, clinic_database: Database) -> MainWindow:
    """A window at which Layla, who has a PIN of eight digits, signed in."""
    made = make_window()
    desk = made.desk
    desk.user = LAYLA[0]
    layla = desk.do(add_person, LAYLA[0], (), LAYLA[1])
    desk.do(set_pin, layla, PIN)
    person = desk.ask(person_named, LAYLA[0])
    desk.session = Session(Entered(clinic_database, person, None, clinic_database.address))
    return made


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A locked file of one person."""
    path = tmp_path / "locked.db"
    set_up(path, SetUp("Al-Zuhoor PHC"), TODAY, 0, login=Login(*LAYLA))
    return path


@pytest.fixture
def program(look: None, preferences: PreferencesFile) -> Iterator[Program]:
    preferences.change(language="en")
    made = Program(make_application(), FaultBook(), preferences=preferences, today=TODAY)
    yield made
    made._close_old()


def noted(window: MainWindow) -> list[object]:
    page = window.page
    assert isinstance(page, NotePage)
    return page.told


def lock_of(window: MainWindow) -> Lock:
    assert isinstance(window.cover, Lock)
    return window.cover


def press_all_over(window: MainWindow, over: QFrame | Lock | Veil) -> None:
    """Tab round and round, with every key that does something on the pages between."""
    for _ in range(12):
        for chord in ("Tab", "Ctrl+4", "F12", "F8", "Ctrl+Enter", "Ctrl+Z", "Alt+B", "F1"):
            focus = QApplication.focusWidget()
            assert focus is not None
            assert over.isAncestorOf(focus), f"{type(focus).__name__} under the cover has the focus"
            if isinstance(focus, QLineEdit):
                focus.clear()
            press(focus, chord)


def test_no_key_and_no_scan_goes_under_a_lock(window: MainWindow) -> None:
    before, here = list(noted(window)), window.here
    window.lock()
    QApplication.processEvents()
    lock = lock_of(window)
    press_all_over(window, lock)
    type_scan(lock.secret.line, "06291100081233")
    window.scanned("06291100081233")
    window.field.setFocus()
    window.focus_field()
    assert not window.field.hasFocus()
    assert not window.rail.isEnabled()
    assert noted(window) == before
    assert (window.here, window.sheet, window.cover) == (here, None, lock)


def test_a_lock_stays_above_a_trouble_that_comes_later(window: MainWindow) -> None:
    window.lock()
    lock, later = lock_of(window), Veil(window.room)
    later.show_body(QFrame())
    assert standing(window.room)[-1] is lock
    assert not later.isEnabled()
    assert lock.isEnabled()
    later.lift()
    assert not window.work.isEnabled(), "what is lifted under a lock opens nothing"


def test_a_window_built_anew_stays_locked(window: MainWindow) -> None:
    window.lock()
    lock = lock_of(window)
    window.desk.speak("ar")
    QApplication.processEvents()
    assert lock.isVisible()
    assert lock.geometry() == window.room.rect()
    assert not window.work.isEnabled()
    type_text(lock.secret.line, PIN)
    press(lock.secret.line, "Enter")
    assert window.cover is None
    assert window.work.isEnabled()


def test_a_long_pin_opens_it_each_time(window: MainWindow) -> None:
    """Eight digits: eight keys and Enter the first time, later no Enter."""
    for enter in (True, False, False):
        window.lock()
        QApplication.processEvents()
        lock = lock_of(window)
        type_text(lock.secret.line, PIN)
        if enter:
            press(lock.secret.line, "Enter")
        assert window.cover is None
    assert window.field.hasFocus()


def test_nothing_below_the_second_person_can_be_touched(window: MainWindow) -> None:
    desk, found = window.desk, list(noted(window))
    window.field.setFocus()
    type_text(window.field, "amo")

    def pry() -> None:
        (veil,) = window.room.findChildren(SecondVeil)
        press_all_over(window, veil)
        window.scanned("06291100081233")
        press(veil.name.line, "Esc")

    QTimer.singleShot(0, pry)
    assert desk.session is not None
    with pytest.raises(Refused, match="Nobody confirmed"):
        ask_second(desk, desk.session, window.room, NeedsSecond(sentence("Write off")))
    assert noted(window) == found
    assert window.field.hasFocus()
    assert window.field.text() == "amo", "what was begun is there again"


def test_a_lock_ends_the_wait_for_a_second_person(window: MainWindow) -> None:
    """Who opens the lock may be somebody else than who asked."""
    desk = window.desk
    desk.do(add_person, OMAR[0], (Role.STOREKEEPER,), OMAR[1])
    desk.ask_second = window.locking._ask_second
    QTimer.singleShot(0, window.lock)
    with pytest.raises(Refused, match="Nobody confirmed"):
        desk.do(add_person, "Sara Ali", (Role.DISPENSER,), "green tall trees")
    assert desk.ask(person_named, "Sara Ali") is None
    assert standing(window.room) == [window.cover]


def test_another_way_in_is_looked_at_while_the_wait_counts_down(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    for _ in range(tries.FREE):
        tries.tries_at(locked).failed()
    program.begin(str(locked))
    welcome = program.welcome
    assert isinstance(welcome, SignInWindow)
    assert not welcome.open.isEnabled()
    press(welcome.name.line, "F2")
    QApplication.processEvents()
    with qtbot.captureExceptions() as faults:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        welcome._look_at_wait()
    assert not faults
    welcome.ask()
    assert not welcome.open.isEnabled()


def test_one_chord_changes_to_somebody_who_is_known_here(window: MainWindow) -> None:
    """Alt and a number, then the PIN."""
    desk = window.desk
    omar = desk.do(add_person, OMAR[0], (Role.STOREKEEPER,), OMAR[1])
    desk.do(set_pin, omar, "271828")
    assert desk.session is not None
    person = desk.ask(person_named, OMAR[0])
    assert person is not None
    layla = desk.session.person
    assert layla is not None
    desk.session.sit_down(person)
    desk.session.sit_down(layla)
    window.lock()
    QApplication.processEvents()
    press(lock_of(window).secret.line, "Alt+1")
    QApplication.processEvents()
    type_text(lock_of(window).secret.line, "271828")
    assert window.cover is None
    assert desk.user == OMAR[0]
    window.lock()
    press(lock_of(window).secret.line, "F2")
    assert lock_of(window).person is None


def test_five_wrong_pins_stand_in_the_security_log(window: MainWindow) -> None:
    desk = window.desk
    window.lock()
    for _ in range(PIN_TRIES):
        lock_of(window).secret.line.setText("11122233")
        press(lock_of(window).secret.line, "Enter")
    (refused,) = [row for row in desk.ask(events) if row.event is SecurityEvent.SIGN_IN_REFUSED]
    assert particulars(refused, desk.language) == "Layla Hasan: 5 wrong PINs"
    assert not lock_of(window).by_pin


def test_who_worked_here_is_offered_again_after_the_key_was_dropped(
    program: Program, locked: Path
) -> None:
    program.seated = (LAYLA[0], OMAR[0])
    program.begin(str(locked))
    welcome = program.welcome
    assert isinstance(welcome, SignInWindow)
    press(welcome.name.line, "Alt+2")
    assert welcome.name.text == OMAR[0]
    text = preferences_text(program)
    assert LAYLA[0] not in text
    assert OMAR[0] not in text


def preferences_text(program: Program) -> str:
    return program.preferences.path.read_text(encoding="utf-8")


def test_the_lock_closes_dialogs_and_works_over_everything(window: MainWindow) -> None:
    dialog = QDialog()
    dialog.show()
    veil = Veil(window.room)
    veil.show_body(QFrame())
    QApplication.processEvents()
    window.chords.run("Ctrl+Alt+L")
    assert isinstance(window.over, Lock)
    assert not dialog.isVisible()
    assert window.windowTitle() == "Amana"
    dialog.deleteLater()


def test_a_lock_says_why_nothing_can_be_asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is away: the PIN was not wrong, and is not counted."""
    window.lock()

    def away(*args: object) -> None:
        raise Refused("The server does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(window.desk, "ask", away)
        lock_of(window).secret.line.setText(PIN)
        press(lock_of(window).secret.line, "Enter")
    assert lock_of(window).secret.below.text() == "The server does not answer."
    type_text(lock_of(window).secret.line, PIN)
    press(lock_of(window).secret.line, "Enter")
    assert window.cover is None


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_signing_in_fits_a_low_screen(program: Program, locked: Path, code: str) -> None:
    program.seated = (LAYLA[0], OMAR[0], "Sara Ali", "Nadia Karim")
    program.preferences.change(language=code)
    about = "Nobody was here for a while, so the file was locked. Unfinished work is kept."
    program.ask_sign_in(str(locked), about=sentence(about))
    welcome = program.welcome
    assert welcome is not None
    QApplication.processEvents()
    assert welcome.minimumSizeHint().height() <= 690
