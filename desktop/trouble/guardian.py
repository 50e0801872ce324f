"""Stands by a window: shows troubles over its pages, and waits for the last backup at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.news import NewsKind
from desktop.shell.veil import Veil
from desktop.trouble.telling import STOPS
from desktop.trouble.watch import FileWatch
from inventory.domain.sentence import Refused, sentence
from inventory.domain.troubles import Trouble
from inventory.storage.open_mark import OpenMark

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.safety import Safety
    from desktop.tasks import LongWork

_LOOK_OVER_MS = 4_000
"""The first pages come first."""


class Guardian(QObject):
    """One veil at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.veil: Veil | None = None
        self.watch: FileWatch | None = None
        self.mark: OpenMark | None = None
        self.looking: LongWork[Trouble | None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_OVER_MS)
        self._soon.timeout.connect(self._look_over)
        window.desk.trouble_told.connect(self.told)

    @property
    def safety(self) -> Safety | None:
        return self.window.desk.safety

    def begin(self) -> None:
        """Called once the window stands."""
        if self.safety is None:
            return
        self.watch = FileWatch(self.safety, self)
        self.watch.gone.connect(self.show)
        self.watch.noticed.connect(self.window.show_notice)
        self.watch.begin()
        found = self.safety.copy_found
        if found is not None:
            self.show(found)
        self._look_for_another(self.safety.database.address)
        self._soon.start()

    def _look_over(self) -> None:
        """Read the whole file once, in a thread: damage is seen before it is met."""
        from desktop.tasks import LongWork
        from inventory.services.soundness import look_over

        if self.safety is None:
            return
        database = self.safety.database
        self.looking = LongWork(lambda _progress: look_over(database), self._seen, self._stumbled)
        self.looking.start()

    def _seen(self, trouble: Trouble | None) -> None:
        if self.looking is not None and trouble in STOPS and trouble is not None:
            self.show(trouble)

    def _stumbled(self, fault: Exception) -> None:
        if self.looking is not None:
            raise fault

    def _look_for_another(self, address: str) -> None:
        """Two windows on one file both work; the second says so, once and calmly."""
        if "://" in address:
            return
        self.mark = OpenMark(address)
        if self.mark.other:
            self.window.desk.news(NewsKind.LOOK, sentence(
                "This file is open in another window too. Both may be used: nothing is lost and "
                "no box is given twice."))  # fmt: skip

    def look_again(self) -> None:
        """The window was built anew: what lasts is said again."""
        if self.watch is not None:
            self.watch.look()

    def stop(self) -> None:
        """The file is closed."""
        if self.watch is not None:
            self.watch.stop()
        self._soon.stop()
        if self.looking is not None:
            looking, self.looking = self.looking, None
            looking.wait()
        if self.mark is not None:
            self.mark.close()

    def told(self, refusal: Refused) -> None:
        """A refusal with a trouble behind it: when it stops all work, the page says so."""
        if refusal.trouble in STOPS and refusal.trouble is not None:
            self.show(refusal.trouble)
        elif self.watch is not None:
            self.watch.look()

    def show(self, trouble: Trouble) -> None:
        """The page of a trouble in the place of the pages."""
        from desktop.trouble.veil import TroubleVeil

        if self.veil is None and self.safety is not None:
            self._stand(TroubleVeil(self.safety, self.window.room, trouble))

    def keep_last_backup(self) -> bool:
        """Begin the backup at the end of work; the window closes itself after it."""
        from desktop.backups.closing import ClosingVeil

        safety = self.safety
        if self.veil is not None or safety is None or not safety.backups.last_one_is_due:
            return False
        self._stand(ClosingVeil(safety, self.window))
        return True

    def _stand(self, veil: Veil) -> None:
        self.veil = veil
        veil.lifted.connect(self._lifted)

    def _lifted(self) -> None:
        self.veil = None
        if self.watch is not None:
            self.watch.look()
        self.window.focus_field()
