"""Two computers of one clinic, a stick between them, and somebody who presses keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.backups.sticks import Stick
from desktop.faults import FaultBook
from desktop.first_run import FirstRun
from desktop.first_run.choices import Choices
from desktop.first_run.clinic_form import ClinicForm
from desktop.first_run.person_form import PersonForm
from desktop.main_window import MainWindow
from desktop.preferences import PreferencesFile
from desktop.protection.paper_key import PaperKeySheet
from desktop.safety import Safety
from inventory.domain.expiry import Expiry
from inventory.queries.items import all_items
from inventory.services.receiving import Receipt, ReceiptLine, receive
from inventory.storage.paper_words import PaperKey
from tests.journeys.dispensary import TODAY
from tests.keyboard import press, type_text

ITEM = "PARA500T"
NAME, PASSWORD = "Rana Qadir", "a quiet long password"
LONG = 30_000


@dataclass(slots=True)
class Person:
    """At one computer after the other; keys are counted, words and numbers are not."""

    application: QApplication
    qtbot: QtBot
    monkeypatch: pytest.MonkeyPatch
    stick: Path
    programs: list[Program] = field(default_factory=list)
    keys: int = 0

    @property
    def program(self) -> Program:
        return self.programs[-1]

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    @property
    def safety(self) -> Safety:
        assert self.window.desk.safety is not None
        return self.window.desk.safety

    @property
    def welcome(self) -> Any:
        """The window without a database that stands now."""
        self.application.processEvents()
        assert self.program.welcome is not None
        self.program.welcome.activateWindow()
        return self.program.welcome

    def sit_down_at(self, home: Path) -> None:
        """Another computer: nothing of the first one is in its folders."""
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            folder = home / name.lower()
            folder.mkdir(parents=True)
            self.monkeypatch.setenv(f"XDG_{name}_HOME", str(folder))
        preferences = PreferencesFile(home / "config" / "desktop.json")
        made = Program(self.application, FaultBook(), preferences=preferences, today=TODAY)
        self.programs.append(made)
        self.keys = 0
        made.begin()

    def put_stick_in(self) -> None:
        there = [Stick("BLUE", self.stick, 10**9)]
        for module in ("backups.sticks", "pages.settings.backup", "restore.window"):
            self.monkeypatch.setattr(f"desktop.{module}.sticks", lambda: there)

    def press(self, where: QWidget, *chords: str) -> None:
        for chord in chords:
            press(where, chord)
            self.keys += 1
            self.application.processEvents()

    def until(self, so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(so, timeout=LONG)

    def leave_the_computer(self) -> None:
        """It is stolen as it stands."""
        if self.program.scanner is not None:
            self.program.scanner.remove()
            self.program.scanner = None
        self.program._close_old()
        self.application.processEvents()

    # The first day

    def choose(self, digit: str) -> None:
        self.application.processEvents()
        choices = self.welcome.content.findChild(Choices)
        assert choices is not None
        self.press(choices, digit)

    def set_up(self) -> None:
        """Language, a clinic with the usual list, a name and a password."""
        self.choose("3")
        self.choose("2")
        self.application.processEvents()
        form = self.welcome.content.findChild(ClinicForm)
        type_text(form.name.line, "Al-Zuhoor PHC")
        self.press(form.name.line, "Ctrl+Enter")
        assert isinstance(self.welcome, FirstRun)
        person = self.welcome.content.findChild(PersonForm)
        type_text(person.name.line, NAME)
        type_text(person.password.line, PASSWORD)
        type_text(person.again.line, PASSWORD)
        self.press(person.again.line, "Enter")
        self.until(lambda: self.program.window is not None)
        self.come_to_the_front()

    def come_to_the_front(self) -> None:
        self.window.showNormal()
        self.window.resize(1366, 768)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def print_paper_key(self) -> PaperKey:
        """Copied by hand: there is no printer."""
        self.window.open_page("settings", "protection")
        self.application.processEvents()
        self.press(self.window, "Alt+P", "Ctrl+Enter")
        assert self.window.page is not None
        sheet = self.window.page.front
        assert isinstance(sheet, PaperKeySheet)
        assert sheet.paper is not None
        paper = sheet.paper
        self.press(self.window, "Alt+N")
        for place, word in zip(sheet.asked, sheet.words, strict=True):
            type_text(word.line, paper.words[place - 1])
            self.press(word.line, "Enter")
        return paper

    def receive(self, quantity: int) -> None:
        items = {item.code: item.id for item in self.window.desk.ask(all_items)}
        line = ReceiptLine(items[ITEM], quantity, "A1", Expiry.from_iso("2028-06"))
        self.window.desk.do(receive, Receipt((line,), TODAY))

    def dispense(self, quantity: str) -> None:
        """By name at the counter."""
        self.press(self.window, "Ctrl+2")
        type_text(self.window.field, "paracetamol 500 mg tab")
        self.press(self.window, "Enter")
        type_text(self.window, quantity)
        self.press(self.window, "Ctrl+Enter")

    def back_up(self) -> None:
        """Choose the stick; the first backup is made at once."""
        ended: list[bool] = []
        self.safety.backups.ended.connect(ended.append)
        self.press(self.window, "Ctrl+0")
        self.window.open_page("settings", "backup")
        self.application.processEvents()
        self.press(self.window, "Alt+W", "1", "Enter")
        self.until(lambda: bool(ended))
        assert ended == [True], self.safety.backups.refused
