"""Locks a window, by hand or because nobody was here, and asks who has to confirm something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from inventory.queries.desk_lock import lock_minutes

if TYPE_CHECKING:
    from desktop.idle import Idle
    from desktop.main_window import MainWindow
    from inventory.services.permits import NeedsSecond


class Locking(QObject):
    """Where nobody signs in a cover asks for a name and nothing locks by itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.desk = window, window.desk
        self.idle: Idle | None = None
        self._seconds = 0
        if self.desk.signed_in:
            self._begin()

    def _begin(self) -> None:
        from desktop.idle import Idle

        self.desk.ask_second = self._ask_second
        self.desk.committed.connect(self._forget_seconds)
        self.idle = Idle(self._lock_after, self)
        self.idle.left.connect(self.lock)
        self.idle.gone.connect(self.window.key_dropped)
        self.idle.begin()

    @property
    def role(self) -> str:
        """What who signed in is here, finished words."""
        if not self.desk.signed_in:
            return ""
        from desktop.session import role_words

        return role_words(self.desk)

    def lock(self) -> None:
        """Cover everything until somebody says who sits down, or shows a PIN or a password."""
        window, session = self.window, self.desk.session
        if window.cover is not None:
            return
        self.put_away()
        self._hide_others()
        if session is not None and session.person is not None:
            from desktop.shell.lock import Lock

            window.cover = Lock(self.desk, session, window.room)
            window.setWindowTitle(self.desk.say("Amana"))
        else:
            from desktop.shell.cover import Cover

            window.cover = Cover(self.desk, window.room)
        window.cover.closed.connect(self._uncovered)
        if self.idle is not None:
            self.idle.covered(True)

    def put_away(self) -> None:
        """Who waits for a second person gets none."""
        if self.desk.signed_in:
            from desktop.shell.second_veil import SecondVeil

            for veil in self.window.room.findChildren(SecondVeil):
                veil.lift()

    def stop(self) -> None:
        """The window goes."""
        self.put_away()
        if self.idle is not None:
            self.idle.stop()

    def _ask_second(self, needed: NeedsSecond) -> str:
        from desktop.shell.second_veil import ask_second

        assert self.desk.session is not None
        return ask_second(self.desk, self.desk.session, self.window.room, needed)

    def _hide_others(self) -> None:
        """Menus, dialogs and previews show what the cover is to hide."""
        self.window.close_sheet()
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other is not self.window.window():
                other.close()

    def _uncovered(self) -> None:
        self.window.cover = None
        self.window.name_window()
        if self.idle is not None:
            self.idle.covered(False)
        self.window.focus_field()

    def _lock_after(self) -> int:
        if self._seconds == 0:
            self._seconds = 60 * self.desk.ask(lock_minutes)
        return self._seconds

    def _forget_seconds(self) -> None:
        self._seconds = 0
