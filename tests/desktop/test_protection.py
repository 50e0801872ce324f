"""Settings, Protection: what is said, and each act by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import printing
from desktop.app import Program
from desktop.main_window import MainWindow
from desktop.pages.settings.page import SettingsPage
from desktop.pages.settings.protection import ProtectionSection
from desktop.protection.evacuation import Evacuation
from desktop.protection.lock import LockWindow
from desktop.protection.office_key import OfficeKey
from desktop.protection.old_files import OldFiles
from desktop.protection.paper_check import PaperCheck
from desktop.protection.paper_key import PaperKeySheet
from desktop.protection.rows import HealthRows
from desktop.restore.second_form import SecondForm
from desktop.trouble.page import TroublePage
from desktop.widgets.hold_button import HoldButton
from desktop.widgets.labels import label
from inventory.domain.protection import Guard
from inventory.domain.roles import Role
from inventory.services import door
from inventory.services.backing_up import back_up, backups_in
from inventory.storage.key_file import KeyFile, key_path
from tests.desktop.conftest import TODAY
from tests.desktop.safe_window import close, open_safe, program_at, safety_of, wait_for
from tests.keyboard import press, type_text
from tests.services.locked_clinic import RANA, Login, add, entered_by, locked_clinic, stamp

OFFICE = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


@pytest.fixture
def program(look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)
    made = program_at(tmp_path)
    yield made
    SettingsPage.opened = "clinic"
    close(made)


@pytest.fixture
def window(program: Program, tmp_path: Path) -> MainWindow:
    return at_protection(open_safe(program, locked_clinic(tmp_path)))


def at_protection(window: MainWindow) -> MainWindow:
    window.resize(1366, 690)
    window.open_page("settings", "protection")
    QApplication.processEvents()
    return window


def section_of(window: MainWindow) -> ProtectionSection:
    page = window.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.section, ProtectionSection)
    return page.section


def chords(window: MainWindow) -> set[str]:
    return {act.chord for act in section_of(window).acts}


def front_of(window: MainWindow, kind: type) -> object:
    QApplication.processEvents()
    assert window.page is not None
    assert isinstance(window.page.front, kind), window.page.front
    return window.page.front


def said(window: MainWindow) -> str:
    return str(window.desk.said[-1].words) if window.desk.said else ""


def keys_of(window: MainWindow) -> KeyFile:
    return KeyFile.read(key_path(safety_of(window).database.address))


# The rows


def test_a_locked_file_shows_its_guards_and_the_next_thing_to_do(window: MainWindow) -> None:
    section = section_of(window)
    rows = section.findChild(HealthRows)
    assert rows is not None
    told = {part.accessibleName() for part in rows.findChildren(QWidget)}
    assert {"File of the clinic", "Paper key", "Last backup", "People"} <= told
    assert {"Alt+P", "Alt+O", "Alt+B", "Alt+V"} <= chords(window)
    assert "Alt+L" not in chords(window)
    assert section.step is not None
    assert Guard.BACKUP in section.step.answers


def test_ctrl_enter_does_the_next_thing(window: MainWindow) -> None:
    press(window, "Ctrl+Enter")
    assert SettingsPage.opened == "backup"


def test_who_may_not_does_not_see_the_act(program: Program, tmp_path: Path) -> None:
    path = locked_clinic(tmp_path)
    entered = entered_by(path)
    layla = Login("Layla", "another long password")
    add(entered, layla, [Role.DISPENSER])
    entered.lock()
    window = at_protection(open_safe(program, path, layla))
    assert not {"Alt+P", "Alt+O", "Alt+V"} & chords(window)
    assert "Alt+B" in chords(window)


# The paper key


def test_the_paper_key_is_made_printed_and_typed_back(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(printing, "printers", lambda: ("Laser",))
    monkeypatch.setattr(printing, "print_paper", lambda paper, *_: sent.append(paper))
    press(window, "Alt+P")
    sheet = front_of(window, PaperKeySheet)
    assert isinstance(sheet, PaperKeySheet)
    press(window, "Ctrl+Enter")
    assert sheet.preview is not None
    assert sheet.paper is not None
    paper = sheet.paper
    press(window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: sheet.preview is None, timeout=20_000)
    assert len(sent) == 1
    assert sent[0].startswith(b"%PDF")
    one, other = sheet.asked
    type_text(sheet.words[0].line, paper.words[one - 1])
    type_text(sheet.words[1].line, paper.numbers[other - 1])
    press(sheet.words[1].line, "Enter")
    assert "counts from now on" in said(window)
    assert keys_of(window).unlock_paper(" ".join(paper.words)).master
    assert "Alt+C" in chords(window)


def test_a_wrong_word_keeps_the_older_paper_key(window: MainWindow) -> None:
    entered = safety_of(window).entered
    older = door.make_paper_key(entered, stamp())
    door.paper_key_printed(entered)
    section_of(window).refresh()
    press(window, "Alt+P")
    sheet = front_of(window, PaperKeySheet)
    assert isinstance(sheet, PaperKeySheet)
    press(window, "Ctrl+Enter")
    press(window, "Alt+N")
    type_text(sheet.words[0].line, "wrong")
    press(window, "Ctrl+Enter")
    assert sheet.words[0].is_wrong
    press(window, "Esc")
    assert keys_of(window).unlock_paper(" ".join(older.words)).master


def test_the_paper_is_checked_with_numbers_in_any_digits(window: MainWindow) -> None:
    entered = safety_of(window).entered
    paper = door.make_paper_key(entered, stamp())
    door.paper_key_printed(entered)
    section_of(window).refresh()
    press(window, "Alt+C")
    check = front_of(window, PaperCheck)
    assert isinstance(check, PaperCheck)
    check.paper.set_text("0001 " * 12)
    press(window, "Ctrl+Enter")
    assert check.paper.is_wrong
    arabic = " ".join(paper.numbers).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    check.paper.set_text(arabic)
    press(window, "Ctrl+Enter")
    assert "opens the file" in said(window)


# Key of the office, old files


def test_the_office_key_is_kept_and_taken_away(window: MainWindow) -> None:
    for text, there in (("age1 nonsense", False), (OFFICE, True), ("", False)):
        press(window, "Alt+O")
        sheet = front_of(window, OfficeKey)
        assert isinstance(sheet, OfficeKey)
        sheet.recipient.set_text(text)
        press(window, "Ctrl+Enter")
        assert (keys_of(window).office is not None) is there
        press(window, "Esc")


def test_a_plain_file_left_behind_is_shown_and_removed(window: MainWindow) -> None:
    path = Path(safety_of(window).database.address)
    left = path.with_name("clinic-not-protected-20261101-101010.db")
    left.write_bytes(b"SQLite format 3\0" + bytes(4080))
    section_of(window).refresh()
    press(window, "Alt+R")
    assert isinstance(front_of(window, OldFiles), OldFiles)
    press(window, "Ctrl+Enter")
    assert not left.exists()
    assert said(window) == "1 file was removed."
    assert "Alt+R" not in chords(window)


# Locking a plain file


def test_a_plain_file_is_locked_by_keys_and_work_goes_on(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = locked_clinic(tmp_path, None)
    program.open(str(path))
    assert program.window is not None
    program.window.activateWindow()
    window = at_protection(program.window)
    assert "Alt+L" in chords(window)
    press(window, "Alt+L")
    QApplication.processEvents()
    asked = program.welcome
    assert isinstance(asked, LockWindow)
    asked.activateWindow()
    asked.form.name.set_text("Rana Qadir")
    type_text(asked.form.first.line, "a quiet long password")
    type_text(asked.form.again.line, "another one")
    press(asked.form.again.line, "Enter")
    assert asked.form.again.is_wrong
    asked.form.again.forget()
    type_text(asked.form.again.line, "a quiet long password")
    press(asked.form.again.line, "Enter")
    wait_for(qtbot, lambda: asked.content.findChild(TroublePage) is not None)
    assert door.is_locked(path)
    assert len(door.plain_copies(path)) == 1
    page = asked.content.findChild(TroublePage)
    assert page is not None
    press(page.buttons[0], "Enter")
    wait_for(qtbot, lambda: program.window is not None)
    again = at_protection(program.window)
    assert again.desk.user == RANA.name
    assert {"Alt+P", "Alt+R"} <= chords(again)


def test_a_plain_file_with_people_is_locked_when_a_second_one_confirms(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = locked_clinic(tmp_path, None)
    entered = door.enter_open(path)
    first, second = RANA, Login("Sami", "yet another password")
    by = add(entered, first, [Role.MANAGER, Role.PHARMACIST])
    assert by
    entered.database.close()
    again = door.enter(path, first.name, first.password)
    add(again, second, [Role.PHARMACIST])
    again.database.close()
    program.open_or_tell(str(path))
    program.show_entered(door.enter(path, first.name, first.password))
    program.ask_lock()
    QApplication.processEvents()
    asked = program.welcome
    assert isinstance(asked, LockWindow)
    asked.form.name.set_text(first.name)
    for field in (asked.form.first, asked.form.again):
        field.set_text(first.password)
    asked.lock()
    wait_for(qtbot, lambda: asked.content.findChild(SecondForm) is not None)
    form = asked.content.findChild(SecondForm)
    assert form is not None
    form.name.set_text(second.name)
    form.password.set_text(second.password)
    press(form.password.line, "Enter")
    wait_for(qtbot, lambda: asked.content.findChild(TroublePage) is not None)
    assert door.is_locked(path)


def test_esc_leaves_the_plain_file_as_it_was(program: Program, tmp_path: Path) -> None:
    path = locked_clinic(tmp_path, None)
    program.open(str(path))
    program.ask_lock()
    assert program.welcome is not None
    press(program.welcome, "Esc")
    assert program.window is not None
    assert not door.is_locked(path)


# In danger


def test_visit_data_is_removed_by_holding_and_totals_are_left(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    safety, stick = safety_of(window), tmp_path / "BLUE" / "amana"
    stick.mkdir(parents=True)
    safety.backups.stop()
    window.desk.preferences.change(backups=str(stick))
    keys = safety.entered.keys().to_bytes()
    back_up(safety.database, safety.entered.master, keys, stick, 1_790_000_000_000, TODAY)
    press(window, "Alt+V")
    sheet = front_of(window, Evacuation)
    assert isinstance(sheet, Evacuation)
    press(sheet.hold, "Enter")
    before = set(stick.iterdir())
    sheet.hold_ms = sheet.hold.hold_ms = 60
    sheet.hold._begin()
    qtbot.waitUntil(lambda: "removed" in said(window), timeout=20_000)
    (totals,) = set(stick.iterdir()) - before
    assert totals.stat().st_size > 0
    assert len(sheet.old) == 1
    window.desk.preferences.change(backups="")
    sheet.hold._begin()
    qtbot.waitUntil(lambda: said(window) == "1 backup was removed.", timeout=20_000)
    assert backups_in(stick) == []
    assert totals.exists()
    assert window.page is not None
    assert window.page.front is None


# What must be held


def test_a_button_that_must_be_held_does_nothing_at_a_slip(look: None, qtbot: QtBot) -> None:
    button, done = HoldButton("Hold", hold_ms=60), list[bool]()
    other = label("elsewhere")
    for widget in (button, other):
        qtbot.addWidget(widget)
    button.held.connect(lambda: done.append(True))
    button.show()
    press(button, "Enter")
    qtbot.wait(90)
    assert done == []
    button._begin()
    qtbot.waitUntil(lambda: done == [True], timeout=5_000)
