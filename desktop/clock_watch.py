"""Tells people, once a day, that the date of the computer is likely wrong."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from desktop.desk import Desk
from desktop.news import NewsKind
from inventory.queries.clock import clock_doubt


class ClockWatch(QObject):
    """Looks when the window opens, when the day changes and when another clinic is chosen."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: set[tuple[int, date]] = set()
        desk.day_changed.connect(self.look)
        desk.clinic_changed.connect(self.look)

    def look(self) -> None:
        """Say it when it is so and was not said of this clinic on this day."""
        asked = (self._desk.clinic.id, self._desk.today)
        if asked in self._told:
            return
        told = self._desk.ask(clock_doubt, *asked)
        if told is not None:
            self._told.add(asked)
            self._desk.news(NewsKind.LOOK, told)
