"""A desk over a real database, dressed in our look, and a window with pages that take notes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import pages, theme
from desktop.app import make_application
from desktop.appearance import dress
from desktop.desk import Desk
from desktop.keys import Key
from desktop.main_window import MainWindow
from desktop.page import Page
from desktop.preferences import PreferencesFile
from desktop.search import Found, Search
from inventory.domain.scan import Scan
from inventory.domain.sentence import Refused
from inventory.queries.clinics import clinics
from inventory.services.clinics import NewClinic, add_clinic
from inventory.storage.database import Database

TODAY = date(2026, 11, 22)


class NotePage(Page):
    """Writes down what it is told. Set `takes` for a page that takes items and scans."""

    key = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: list[object] = []
        self.takes = True

    def refresh(self) -> None:
        self.told.append("refresh")

    def scanned(self, scan: Scan) -> bool:
        self.told.append(("scan", scan.raw))
        return self.takes

    def item_chosen(self, item_id: int) -> bool:
        self.told.append(("item", item_id))
        return self.takes

    def finish(self) -> None:
        self.told.append("finish")

    def undo(self) -> bool:
        self.told.append("undo")
        return self.takes

    def back(self) -> bool:
        self.told.append("back")
        return True

    def enter(self) -> None:
        self.told.append("enter")

    def step(self, rows: int) -> None:
        self.told.append(("step", rows))

    def print_page(self) -> None:
        self.told.append("print")

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Alt+B", "Another batch", lambda: self.told.append("Alt+B")),
            Key("Alt+1", "First", lambda: self.told.append("Alt+1")),
            Key("Del", "Line out", lambda: self.told.append("Del")),
        )


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """Fusion, our fonts, the light theme, left to right; put back afterwards."""
    make_application()
    dress(qapp, theme.LIGHT, rtl=False)
    yield
    dress(qapp, theme.LIGHT, rtl=False)


@pytest.fixture
def preferences(tmp_path: Path) -> PreferencesFile:
    """Nothing chosen yet."""
    return PreferencesFile(tmp_path / "desktop.json")


@pytest.fixture
def clinic_database(file_database: Database) -> Database:
    """A database with one clinic."""
    with file_database.write() as connection:
        add_clinic(connection, NewClinic("Al-Zuhoor PHC", town="Mosul"), TODAY, 0)
    return file_database


MakeDesk = Callable[..., Desk]
MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_desk(look: None, clinic_database: Database, preferences: PreferencesFile) -> MakeDesk:
    """A desk in a language: `make_desk("ar", practice=True)`."""

    def made(code: str = "en", *, practice: bool = False) -> Desk:
        with clinic_database.read() as connection:
            row = clinics(connection)[0]
        return Desk(
            clinic_database,
            row,
            code,
            user="Rana",
            practice=practice,
            clock=lambda: TODAY,
            preferences=preferences,
        )

    return made


def calm_refusals(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program does: a refusal no page caught is said; anything else fails the test."""
    loud = sys.excepthook

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if isinstance(fault, Refused):
            desk.refused(fault)
        else:
            loud(kind, fault, trace)

    monkeypatch.setattr(sys, "excepthook", hook)


def no_items(text: str) -> Found:
    """A list of items in which nothing is found."""
    return Found()


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> MakeWindow:
    """The main window with a NotePage for every page, shown at the size of a clinic's laptop."""

    def make_page(entry: pages.PageEntry, desk: Desk) -> Page:
        kind: type[Page] = type("NoteOf" + entry.key, (NotePage,), {"key": entry.key})
        return kind(desk)

    monkeypatch.setattr("desktop.main_window.available", lambda: pages.PAGES)
    monkeypatch.setattr(pages.PageEntry, "make", make_page)

    def made(code: str = "en", *, practice: bool = False, search: Search = no_items) -> MainWindow:
        desk = make_desk(code, practice=practice)
        dress(qapp, desk.theme, rtl=desk.language.rtl)
        calm_refusals(desk, monkeypatch)
        window = MainWindow(desk, search)
        qtbot.addWidget(window)
        window.resize(1366, 690)
        window.show()
        window.activateWindow()
        window.open_first_page()
        qapp.processEvents()
        return window

    return made
