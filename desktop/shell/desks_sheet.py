"""Who works with the same server just now, and whether it answers: a sheet over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.shell.sheet import pairs
from desktop.trouble.watch import moved_notice
from desktop.widgets.labels import icon_label, label
from inventory.domain.sentence import Refused
from inventory.queries.connected import Connected, connected

if TYPE_CHECKING:
    from desktop.away import Away
    from desktop.main_window import MainWindow


class AwayWatch:
    """Shows in the window whether the server is there, also after it was built anew."""

    def __init__(self, window: MainWindow, away: Away) -> None:
        self.window, self.away = window, away
        away.changed.connect(self.show)
        for rebuilt in (window.desk.language_changed, window.desk.look_changed,
                        window.desk.clinic_changed):  # fmt: skip
            rebuilt.connect(self.show)

    def show(self) -> None:
        """Say that it is away, or nothing."""
        place = self.away.database.moved_to
        moved = moved_notice(place) if place else None
        self.window.show_notice(self.away.notice() or moved)


def show_desks(window: MainWindow) -> None:
    """Open the sheet."""
    desk = window.desk
    title = desk.say("Who is connected")
    try:
        rows = desk.ask(connected)
    except Refused as refusal:
        window.show_sheet(title, _one(desk.tell(refusal.sentence)))
        return
    lines = [(icon_label("account-outline" if row.person else "monitor", 18, "ink2"),
              _words(window, row)) for row in rows]  # fmt: skip
    window.show_sheet(title, pairs(lines))


def _words(window: MainWindow, row: Connected) -> str:
    desk = window.desk
    who = desk.say("{person} at {desk}", person=row.person, desk=row.desk) if row.person else (
        desk.say("{desk}, nobody signed in", desk=row.desk)
    )  # fmt: skip
    return desk.say("{who} (this desk)", who=who) if row.here else who


def _one(words: str) -> QWidget:
    inside = QWidget()
    stack = QVBoxLayout(inside)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().px(10))
    stack.addWidget(label(words, wrap=True))
    stack.addStretch(1)
    return inside
