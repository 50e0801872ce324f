"""A window on a clinic with its crew, and one of them after the other in front of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.appearance import dress
from desktop.desk import Desk
from desktop.item_search import ItemSearch
from desktop.main_window import MainWindow
from desktop.news import NewsKind
from desktop.page import Page
from desktop.preferences import PreferencesFile
from desktop.session import Session
from inventory.language import plain
from inventory.queries.clinics import clinics
from inventory.queries.people import PersonRow, people, person_named
from inventory.services.entered import Entered
from inventory.storage.rows import rows_of, tables_in_order
from tests.crew import Crew, crew_of
from tests.desktop.conftest import TODAY
from tests.keyboard import press
from tests.ready_clinic import ReadyClinic

SECOND = "Noor"


class Seats:
    """`window` with somebody at it; Noor confirms whatever needs a second person."""

    def __init__(
        self, qtbot: QtBot, clinic: ReadyClinic, preferences: PreferencesFile, who: str,
        code: str = "en",
    ) -> None:  # fmt: skip
        self.clinic = clinic
        self.crew: Crew = crew_of(clinic)
        entered = Entered(clinic.database, self.person(who), None, clinic.database.address)
        self.desk = Desk(
            clinic.database, clinic.ask(clinics)[0], code, user=who, clock=lambda: TODAY,
            preferences=preferences, session=Session(entered),
        )  # fmt: skip
        self.asked: list[str] = []
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.desk.theme, rtl=self.desk.language.rtl)
        self.window = MainWindow(self.desk, ItemSearch(self.desk))
        self.desk.ask_second = self._confirm
        qtbot.addWidget(self.window)
        for timer in self.window.findChildren(QTimer):
            timer.stop()
        self.window.resize(1366, 690)
        self.window.show()
        self.window.activateWindow()
        self.window.open_first_page()
        QApplication.processEvents()

    def _confirm(self, needed: Any) -> str:
        self.asked.append(self.desk.tell(needed.asked))
        return SECOND

    def person(self, name: str) -> PersonRow:
        found = self.clinic.ask(person_named, name)
        assert found is not None
        return found

    def sit(self, name: str) -> None:
        """Somebody else sits down."""
        assert self.desk.session is not None
        self.desk.session.sit_down(self.person(name))
        self.desk.take_over(name)
        QApplication.processEvents()

    def press(self, *chords: str) -> None:
        for chord in chords:
            press(QApplication.focusWidget() or self.window, chord)
            QApplication.processEvents()

    def open(self, key: str, what: object = None) -> Page:
        self.window.open_page(key, what)
        QApplication.processEvents()
        assert self.window.page is not None
        return self.window.page

    def bar(self) -> str:
        """What the message bar says."""
        return plain(self.desk.tell(self.desk.said[-1].words)) if self.desk.said else ""

    def refusals(self) -> list[str]:
        return [plain(self.desk.tell(news.words)) for news in self.desk.said
                if news.kind is NewsKind.REFUSED]  # fmt: skip

    def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables."""
        return {table: list(self.clinic.ask(lambda c, t=table: list(rows_of(c, t))))
                for table in tables_in_order()}  # fmt: skip

    def people(self) -> dict[str, PersonRow]:
        return {person.name: person for person in self.clinic.ask(people)}
