"""Signing in, locking, changing places, dropping the key: on the real window, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, make_application
from desktop.faults import FaultBook
from desktop.idle import DROP_AFTER, Idle
from desktop.main_window import MainWindow
from desktop.preferences import PreferencesFile
from desktop.shell.lock import Lock
from desktop.shell.second_veil import SecondVeil
from desktop.sign_in.window import SignInWindow
from inventory.domain.login import Login
from inventory.domain.roles import Permission, Role
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.queries.people import person_named
from inventory.queries.security import events
from inventory.services import door, people
from inventory.services.drafts import save_draft
from inventory.services.setting_up import SetUp, set_up
from inventory.storage import tries
from tests.desktop.conftest import TODAY
from tests.keyboard import press, type_text

LAYLA, OMAR = ("Layla Hasan", "a calm river"), ("Omar Aziz", "seven white doors")
PIN = "384951"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A locked file of two people; Layla has a PIN."""
    path = tmp_path / "amana.db"
    set_up(path, SetUp("Al-Zuhoor PHC"), TODAY, 1_800_000_000_000, login=Login(*LAYLA))
    entered = door.enter(path, *LAYLA)
    stamp = _stamp(entered)
    with entered.database.read() as connection:
        layla = person_named(connection, LAYLA[0])
    assert layla is not None
    entered.database.act(people.set_pin, stamp("pin"), layla.id, PIN)
    door.add_person(entered, stamp("omar"), OMAR[0], {Role.STOREKEEPER}, OMAR[1])
    entered.lock()
    return path


def _stamp(entered: door.Entered):  # type: ignore[no-untyped-def]
    from inventory.domain.stamp import Stamp

    return lambda request: Stamp(1, entered.user, TODAY, 1_800_000_000_000, request)


@pytest.fixture
def program(
    look: None, qtbot: QtBot, tmp_path: Path, preferences: PreferencesFile,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:  # fmt: skip
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)
    preferences.change(language="en")
    made = Program(make_application(), FaultBook(), preferences=preferences, today=TODAY)
    yield made
    if made.scanner is not None:
        made.scanner.remove()
    made._close_old()


def asking(program: Program) -> SignInWindow:
    QApplication.processEvents()
    assert isinstance(program.welcome, SignInWindow)
    program.welcome.activateWindow()
    QApplication.processEvents()
    return program.welcome


def sign_in(program: Program, qtbot: QtBot, name: str, password: str) -> MainWindow:
    """By keys: name, Enter, password, Enter."""
    welcome = asking(program)
    welcome.name.set_text("")
    type_text(welcome.name.line, name)
    press(welcome.name.line, "Enter")
    type_text(welcome.password.line, password)
    press(welcome.password.line, "Enter")
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)
    assert program.window is not None
    return program.window


def lock_of(window: MainWindow) -> Lock:
    assert isinstance(window.cover, Lock)
    return window.cover


def test_a_name_and_a_password_open_the_window(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    assert window.desk.user == LAYLA[0]
    assert window.desk.may(Permission.PEOPLE)
    assert "Responsible pharmacist" in window.rail.person.role
    assert next(row.event for row in window.desk.ask(events)) is SecurityEvent.SIGNED_IN
    assert LAYLA[0] not in (program.preferences.now.user, *program.preferences.now.people)


def test_a_wrong_password_is_said_at_the_field_and_counted(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    welcome = asking(program)
    for _ in range(tries.FREE):
        type_text(welcome.password.line, "not that one")
        welcome.name.set_text(LAYLA[0])
        old = welcome.password
        welcome.sign_in()
        qtbot.waitUntil(lambda old=old: welcome.password is not old, timeout=10_000)  # type: ignore[misc]
    assert welcome.password.is_wrong
    assert welcome.name.text == LAYLA[0]
    assert not welcome.open.isEnabled()
    program.begin(str(locked))
    assert not asking(program).open.isEnabled(), "a restart must not make the tries free"


def test_a_pin_is_six_keys_and_no_enter(program: Program, qtbot: QtBot, locked: Path) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    window.lock()
    assert window.windowTitle() == "Amana"
    QApplication.processEvents()
    type_text(lock_of(window).secret.line, PIN)
    assert window.cover is None
    assert "Al-Zuhoor" in window.windowTitle()


def test_five_wrong_pins_and_only_the_password_opens(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    window.lock()
    lock = lock_of(window)
    for _ in range(5):
        assert lock.by_pin
        lock.secret.line.setText("111222")
        lock.secret.forget()
    assert not lock.by_pin
    lock.secret.line.setText(LAYLA[1])
    lock.enter()
    qtbot.waitUntil(lambda: window.cover is None, timeout=10_000)


def test_somebody_else_sits_down_with_a_password(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    window.lock()
    lock = lock_of(window)
    lock.ask(None)
    lock.name.set_text(OMAR[0])
    lock.secret.line.setText(OMAR[1])
    lock.enter()
    qtbot.waitUntil(lambda: window.cover is None, timeout=10_000)
    assert window.desk.user == OMAR[0]
    assert not window.desk.may(Permission.PEOPLE)
    assert window.desk.stamp("x").user == OMAR[0]


def test_the_key_is_dropped_and_the_page_and_drafts_come_back(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    desk, session = window.desk, window.desk.session
    assert session is not None
    desk.keep(save_draft, desk.clinic.id, "note", "1", {"n": 7}, 0)
    window.open_page("stock")
    window.lock()
    program.drop_key()
    assert program.window is None
    assert program.database is None
    assert session.entered.master is None
    again = sign_in(program, qtbot, *OMAR)
    assert again.here == "stock"
    assert again.desk.draft("note", "1").load() == {"n": 7}


def test_a_second_person_confirms_and_the_act_is_done_once(
    program: Program, qtbot: QtBot, locked: Path
) -> None:
    program.begin(str(locked))
    window = sign_in(program, qtbot, *LAYLA)
    desk = window.desk
    sara = ("Sara Ali", {Role.PHARMACIST}, "green tall trees")
    QTimer.singleShot(50, lambda: press(window.room.findChildren(SecondVeil)[0], "Esc"))
    with pytest.raises(Refused, match="Nobody confirmed"):
        desk.do(people.add_person, *sara)
    assert desk.ask(person_named, "Sara Ali") is None
    QTimer.singleShot(50, lambda: _answer(window, OMAR))
    desk.do(people.add_person, *sara)
    assert desk.ask(person_named, "Sara Ali") is not None
    confirmed = [row for row in desk.ask(events) if row.event is SecurityEvent.CONFIRMED]
    assert [row.second for row in confirmed] == [OMAR[0]]


def _answer(window: MainWindow, login: tuple[str, str]) -> None:
    """Confirm with that name and password."""
    veil = window.room.findChildren(SecondVeil)[-1]
    veil.name.set_text(login[0])
    veil.secret.line.setText(login[1])
    veil.confirm()


def test_nobody_here_covers_and_later_drops_the_key(qapp: QApplication) -> None:
    clock = [1000.0]
    told: list[str] = []
    idle = Idle(lambda: 300, qapp, lambda: clock[0])
    idle.left.connect(lambda: (told.append("left"), idle.covered(True)))
    idle.gone.connect(lambda: told.append("gone"))
    for second in (299, 300, 301, 300 + DROP_AFTER - 1, 300 + DROP_AFTER, 3000):
        clock[0] = 1000.0 + second
        idle.look()
    assert told == ["left", "gone"]


def test_a_laptop_that_slept_for_an_hour_drops_the_key_at_once(qapp: QApplication) -> None:
    clock = [1000.0]
    told: list[str] = []
    idle = Idle(lambda: 300, qapp, lambda: clock[0])
    idle.gone.connect(lambda: told.append("gone"))
    clock[0] += 3600
    idle.look()
    assert told == ["gone"]
