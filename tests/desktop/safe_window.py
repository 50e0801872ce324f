"""A program with a window on a clinic that is locked with a key, and hands to work it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, make_application
from desktop.desk import Desk
from desktop.faults import FaultBook
from desktop.main_window import MainWindow
from desktop.preferences import PreferencesFile
from desktop.safety import Safety
from desktop.session import Session
from inventory.domain.login import Login
from inventory.queries.clinics import clinics
from inventory.services.entered import Entered
from tests.desktop.conftest import TODAY
from tests.services.locked_clinic import RANA, entered_by


def program_at(folder: Path) -> Program:
    """A program whose preferences live in that folder, in English."""
    preferences = PreferencesFile(folder / "desktop.json")
    preferences.change(language="en", user=RANA.name)
    return Program(make_application(), FaultBook(), preferences=preferences, today=TODAY)


def open_safe(program: Program, path: Path, login: Login = RANA) -> MainWindow:
    """The window of a locked clinic, signed in."""
    return show_entered(program, entered_by(path, login))


def show_entered(program: Program, entered: Entered) -> MainWindow:
    with entered.database.read() as connection:
        row = clinics(connection)[0]
    desk = Desk(
        entered.database, row, program.language_code, user=entered.user, clock=program.clock,
        preferences=program.preferences, session=Session(entered),
    )  # fmt: skip
    program._show(entered.database, desk)
    window = program.window
    assert window is not None
    window.activateWindow()
    QApplication.processEvents()
    return window


def safety_of(window: MainWindow) -> Safety:
    assert window.desk.safety is not None
    return window.desk.safety


def close(program: Program) -> None:
    if program.scanner is not None:
        program.scanner.remove()
    program._close_old()


def wait_for(qtbot: QtBot, what: Callable[[], bool]) -> None:
    qtbot.waitUntil(what, timeout=20_000)
