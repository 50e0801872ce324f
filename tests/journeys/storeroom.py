"""Somebody at the Items page: keys as on the board, counted; the program opened and cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.faults import FaultBook
from desktop.main_window import MainWindow
from desktop.pages.items.editor import Editor
from desktop.pages.items.import_face import ImportFace
from desktop.pages.items.page import ItemsPage
from desktop.preferences import PreferencesFile
from inventory.domain.item_form import ItemForm
from inventory.language import plain
from inventory.queries.item_forms import item_form, item_lines
from tests.journeys.dispensary import TODAY
from tests.keyboard import press, type_scan, type_text

T = TypeVar("T")


@dataclass(slots=True)
class Storeroom:
    """The window at Items. `layout` is what the computer types; Latin words are typed in "us"."""

    program: Program
    window: MainWindow
    layout: str
    qtbot: QtBot
    keys: int = 0

    @property
    def page(self) -> ItemsPage:
        assert isinstance(self.window.page, ItemsPage)
        return self.window.page

    @property
    def editor(self) -> Editor:
        assert isinstance(self.page.face, Editor)
        return self.page.face

    @property
    def importing(self) -> ImportFace:
        assert isinstance(self.page.face, ImportFace)
        return self.page.face

    @property
    def at_list(self) -> bool:
        return self.page.face is self.page.list

    @property
    def said(self) -> str:
        """What the message bar says."""
        return plain(self.window.message_bar.words.text())

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def codes(self) -> list[str]:
        """Of the items on the list."""
        return [line.item.code for line in self.ask(item_lines) if line.item.active]

    def item(self, code: str) -> ItemForm:
        """All of an item as it is kept."""
        lines = self.ask(item_lines)
        return self.ask(item_form, next(one.item.id for one in lines if one.item.code == code))

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        return self.window.desk.ask(query, *args)

    def press(self, *chords: str) -> None:
        for chord in chords:
            if chord == "Tab":
                # Sent as the system sends it: accepted at first, or every ancestor goes on once.
                QTest.keyClick(self.focus, Qt.Key.Key_Tab)
            else:
                press(self.window, chord, self.layout)
            self.keys += 1
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Into whatever has the focus."""
        type_text(self.window, text, "us")
        self.keys += len(text)
        QApplication.processEvents()

    def scan(self, text: str) -> None:
        type_scan(self.window, text, self.layout)
        QApplication.processEvents()

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=10_000)
        QApplication.processEvents()

    def read(self, path: Path) -> None:
        """Ctrl+I and a path: the dry run of a file."""
        self.press("Ctrl+I")
        self.type(str(path))
        self.press("Enter")
        self.wait(lambda: not self.importing.busy)

    def counts(self) -> list[str]:
        """New, changed, the same, refused."""
        return [plain(count.number) for count in self.importing.view.counts.values()]

    def review(self) -> list[tuple[str, ...]]:
        """The rows that need eyes, in words."""
        return list(self.importing.view.grid.table())


def open_storeroom(
    qtbot: QtBot, application: QApplication, path: Path, settings: Path, code: str, layout: str
) -> Storeroom:
    """The program over that database, on the Items page."""
    preferences = PreferencesFile(settings)
    preferences.change(language=code, user="Salam")
    program = Program(application, FaultBook(), preferences=preferences, today=TODAY)
    program.open(str(path))
    window = program.window
    assert window is not None
    window.showNormal()
    window.resize(1366, 768)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    opened = Storeroom(program, window, layout, qtbot)
    opened.press("Ctrl+6")
    opened.keys = 0
    return opened


def close_storeroom(opened: Storeroom) -> None:
    """Close the window and its database."""
    if opened.program.scanner is not None:
        opened.program.scanner.remove()
    opened.window.close()
    opened.window.deleteLater()
    if opened.program.database is not None:
        opened.program.database.close()
    opened.program.window = opened.program.database = None
    QApplication.processEvents()
