"""Restore in the window: the newest is offered, what is in it is seen first, the old is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.first_run import FirstRun
from desktop.first_run.choices import Choices
from desktop.restore.found import found_backups
from desktop.restore.window import RestoreWindow
from desktop.trouble.page import TroublePage
from inventory.domain.ages import HOUR
from inventory.domain.roles import Role
from inventory.services import door
from inventory.services.backing_up import back_up
from inventory.services.entered import Entered
from inventory.storage.key_file import KeyFile, key_path
from tests.desktop.safe_window import close, program_at, wait_for
from tests.keyboard import press, type_scan, type_text
from tests.services.locked_clinic import (
    RANA,
    TODAY,
    Login,
    add,
    entered_by,
    locked_clinic,
    stamp,
)

NOW = time.time_ns() // 1_000_000
SAMI = Login("Sami", "yet another password")


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Entered]:
    """The clinic on the computer that will be lost."""
    folder = tmp_path / "lost"
    folder.mkdir()
    entered = entered_by(locked_clinic(folder))
    yield entered
    entered.lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "BLUE" / "amana"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def program(look: None, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:  # fmt: skip
    """On another computer, with the stick in."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: home)
    made = program_at(home)
    made.preferences.change(backups=str(stick))
    yield made
    close(made)


def save(entered: Entered, stick: Path, hours_ago: int = 0) -> Path:
    """A backup, made so many hours ago."""
    keys = KeyFile.read(key_path(entered.address)).to_bytes() if entered.master else b""
    at = NOW - hours_ago * HOUR
    return back_up(entered.database, entered.master, keys, stick, at, TODAY).path


def window_of(program: Program) -> RestoreWindow:
    QApplication.processEvents()
    assert isinstance(program.welcome, RestoreWindow)
    program.welcome.activateWindow()
    QApplication.processEvents()
    return program.welcome


def begin(program: Program) -> RestoreWindow:
    program.ask_restore()
    return window_of(program)


def settled(window: RestoreWindow, qtbot: QtBot) -> None:
    wait_for(qtbot, lambda: window.work is None)


def unlock(window: RestoreWindow, qtbot: QtBot, login: Login = RANA) -> None:
    assert window.form is not None, window.message.text()
    window.form.name.set_text(login.name)
    type_text(window.form.password.line, login.password)
    press(window.form.password.line, "Enter")
    settled(window, qtbot)


def restored(window: RestoreWindow, qtbot: QtBot) -> TroublePage:
    press(window, "Ctrl+Enter")
    settled(window, qtbot)
    page = window.content.findChild(TroublePage)
    assert page is not None, window.message.text()
    return page


def test_the_newest_is_on_top_and_enter_takes_it(
    program: Program, lost: Entered, stick: Path
) -> None:
    save(lost, stick, 30)
    newest = save(lost, stick)
    window = begin(program)
    assert window.list.key == newest
    assert window.list.rows[0].key == newest
    assert len(window.list.rows) == 2
    press(window.list, "Enter")
    assert window.path == newest
    assert window.form is not None


def test_without_a_backup_the_way_is_still_shown(program: Program) -> None:
    window = begin(program)
    assert window.list.rows == ()
    press(window, "F5")
    press(window, "Esc")
    assert isinstance(program.welcome, FirstRun)


def test_the_first_questions_lead_here(program: Program) -> None:
    program.ask_first()
    QApplication.processEvents()
    assert isinstance(program.welcome, FirstRun)
    choices = program.welcome.content.findChild(Choices)
    assert choices is not None
    press(choices, "3")
    assert isinstance(program.welcome, RestoreWindow)


def test_a_wrong_password_is_said_and_what_was_written_stays(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot
) -> None:
    save(lost, stick)
    window = begin(program)
    press(window.list, "Enter")
    unlock(window, qtbot, Login(RANA.name, "wrong password"))
    assert window.bar.isVisible()
    assert window.form is not None
    assert window.form.name.text == RANA.name


def test_with_a_password_to_work(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    save(lost, stick)
    window = begin(program)
    press(window.list, "Enter")
    unlock(window, qtbot)
    assert window.contents is not None
    assert window.contents.clinics == ("Al-Zuhoor",)
    assert window.contents.entries > 0
    page = restored(window, qtbot)
    assert "is here" in str(page.telling.happened)
    press(page.buttons[0], "Enter")
    wait_for(qtbot, lambda: program.window is not None)
    assert program.window is not None
    assert program.window.desk.user == RANA.name
    assert program.window.guardian.veil is None
    assert Path(program.window.desk.safety.database.address).parent == tmp_path / "home"  # type: ignore[union-attr]


def test_the_paper_key_opens_it_with_arabic_numbers(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot
) -> None:
    paper = door.make_paper_key(lost, stamp())
    door.paper_key_printed(lost)
    save(lost, stick)
    window = begin(program)
    press(window.list, "Enter")
    press(window, "Alt+P")
    assert window.form is not None
    numbers = " ".join(paper.numbers).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    window.form.paper.set_text(numbers)
    press(window.form.paper.line, "Enter")
    settled(window, qtbot)
    assert window.contents is not None
    restored(window, qtbot)


@pytest.mark.parametrize("layout", ["us", "ara"])
def test_a_scanner_reads_the_symbol_on_the_paper_under_any_layout(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot, layout: str
) -> None:
    paper = door.make_paper_key(lost, stamp())
    door.paper_key_printed(lost)
    save(lost, stick)
    window = begin(program)
    press(window.list, "Enter")
    type_scan(window, paper.qr_text, layout)
    settled(window, qtbot)
    assert window.contents is not None, window.message.text()


def test_a_second_person_is_asked_and_named_when_one_works_there(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot
) -> None:
    add(lost, SAMI, [Role.PHARMACIST])
    save(lost, stick)
    window = begin(program)
    press(window.list, "Enter")
    unlock(window, qtbot)
    press(window, "Ctrl+Enter")
    settled(window, qtbot)
    assert window.second.needed is not None
    window.second.name.set_text(SAMI.name)
    type_text(window.second.password.line, SAMI.password)
    assert "restored" in str(restored(window, qtbot).telling.title)


def test_the_file_that_was_here_is_kept_and_named(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    save(lost, stick)
    here = tmp_path / "home" / "amana.db"
    here.write_bytes(b"something else" * 100)
    window = begin(program)
    press(window.list, "Enter")
    unlock(window, qtbot)
    page = restored(window, qtbot)
    kept = [file.name for file in here.parent.glob("amana-before-restore-*")]
    assert len(kept) == 1
    assert kept[0] in str(page.telling.safe)


@pytest.mark.parametrize("cut", [10, 900])
def test_a_damaged_backup_is_never_restored(
    program: Program, lost: Entered, stick: Path, qtbot: QtBot, cut: int
) -> None:
    path = save(lost, stick)
    path.write_bytes(path.read_bytes()[:-cut])
    window = begin(program)
    press(window.list, "Enter")
    if window.form is not None:
        unlock(window, qtbot)
    assert window.contents is None
    page = window.content.findChild(TroublePage)
    assert page is not None
    assert "damaged" in str(page.telling.title)
    press(page.buttons[0], "Enter")
    assert len(window.list.rows) == 1


def test_a_foreign_file_is_said_at_once(program: Program, tmp_path: Path) -> None:
    odd = tmp_path / "odd.amana"
    odd.write_bytes(b"PK\x03\x04" * 100)
    program.ask_restore(odd)
    window = window_of(program)
    page = window.content.findChild(TroublePage)
    assert page is not None
    assert "not a backup" in str(page.telling.title)
    assert window.form is None


def test_a_plain_backup_needs_no_key(
    program: Program, stick: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    plain = door.enter_open(locked_clinic(folder, None))
    save(plain, stick)
    plain.database.close()
    window = begin(program)
    press(window.list, "Enter")
    settled(window, qtbot)
    assert window.contents is not None
    restored(window, qtbot)


def test_only_names_of_backups_are_found(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    (tmp_path / "0123abcd-000001-20261120T101010Z.amana").write_bytes(b"x")
    (found,) = found_backups([], tmp_path)
    assert found.size == 1
    assert found_backups([], tmp_path / "gone") == []
