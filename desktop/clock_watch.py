"""Tells people, once a day, that the date of the computer is likely wrong, and the way out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from desktop.desk import Desk
from desktop.news import Action, NewsKind
from inventory.domain.clock import Clock, judge
from inventory.domain.roles import Permission
from inventory.domain.sentence import sentence
from inventory.queries.clock import clock_doubt, last_day

_KEY = "Alt+Y"


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
            self._desk.news(NewsKind.LOOK, told, self._way_out(*asked))

    def _way_out(self, clinic_id: int, today: date) -> Action | None:
        """A clock that was ahead is right again: who may say so can do it here."""
        back = judge(today, self._desk.ask(last_day, clinic_id)) is Clock.BACK
        if not back or not self._desk.may(Permission.CONTINUE):
            return None
        return Action(sentence("The date is right now"), _KEY, self.accept)

    def accept(self) -> None:
        """Go on from today; the ledger keeps what was written meanwhile. Raises Refused."""
        from inventory.services.clock import accept_clock

        done = self._desk.do(accept_clock)
        self._desk.day_changed.emit()
        self._desk.done(sentence(
            "Work goes on from {day}. What was written until {last} stays as it is.",
            day=done.day, last=done.was))  # fmt: skip
