"""Makes backups by itself: every hour when something was done, at the end, and proves them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.backups.process import BackupProcess, Job
from desktop.backups.state import BackupsNow
from desktop.backups.sticks import place_name
from inventory.domain.sentence import Sentence

if TYPE_CHECKING:
    from desktop.safety import Safety
    from inventory.storage.backup_state import BackupState

_LOOK_MS = 60_000
_FIRST_MS = 400
"""The first page is shown before anything about backups is asked."""


class BackupKeeper(QObject):
    """One backup or proof at a time, in a process of its own.

    `changed` when there is news, `ticked` every minute: the last one has grown older.
    """

    changed = Signal()
    ticked = Signal()
    ended = Signal(bool)

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
        self.safety = safety
        self.process: BackupProcess | None = None
        self.refused: Sentence | None = None
        self._dirty = True
        self._mark = ""
        self._was_there = False
        self._told: BackupsNow | None = None
        self._state: BackupState | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._first.timeout.connect(self.look)
        safety.desk.committed.connect(self._something_was_done)

    def begin(self) -> None:
        """From now on by itself; called when the window stands."""
        if not self.safety.desk.practice:
            self._look.start()
            self._first.start()

    def stop(self) -> None:
        """No more: the file is closed or the key was dropped."""
        self._look.stop()
        self._first.stop()
        if self.process is not None:
            self.process.cancel()

    # What is so

    @property
    def folder(self) -> Path | None:
        """Where backups go; None while nobody has chosen."""
        chosen = self.safety.desk.preferences.now.backups
        return Path(chosen) if chosen else None

    @property
    def is_there(self) -> bool:
        """Whether the place can be reached now: a stick's own folder is made when needed."""
        folder = self.folder
        return folder is not None and (folder.is_dir() or folder.parent.is_dir())

    def _is_same_disk(self) -> bool:
        """Whether the place is on the disk of the file itself."""
        database, folder = self.safety.database, self.folder
        if folder is None or not database.is_file:
            return False
        there = folder if folder.is_dir() else folder.parent
        try:
            return there.stat().st_dev == Path(database.address).stat().st_dev
        except OSError:
            return False

    @property
    def known(self) -> bool:
        """Whether what this computer remembers was read already."""
        return bool(self._mark)

    @property
    def running(self) -> bool:
        return self.process is not None

    @property
    def now(self) -> BackupsNow:
        """Everything the window says about backups."""
        folder, state = self.folder, self._remembered()
        proven = datetime.fromtimestamp(state.proven_at / 1000).date()
        return BackupsNow(
            place_name(folder) if folder is not None else "",
            state.last_at or None,
            proven if state.proven_at else None,
            folder is not None and not self.is_there,
            self.is_there and self._is_same_disk(),
            self.process is not None and self.process.job is Job.BACK_UP,
            self.refused,
        )

    def _remembered(self) -> BackupState:
        """What this computer remembers; read again after each backup."""
        from inventory.queries.backup_mark import mark_of
        from inventory.storage.backup_state import read_state

        if not self._mark:
            self._mark = self.safety.desk.ask(mark_of)
        if self._state is None:
            self._state = read_state(self._mark)
        return self._state

    # When

    def _something_was_done(self) -> None:
        self._dirty = True

    def look(self) -> None:
        """Every minute: is it time, and is the stick there?"""
        if self.running or self.safety.desk.practice:
            return
        came = self.is_there and not self._was_there
        self._was_there = self.is_there
        before, self._state = self._told, None
        self._told = self.now
        if self._told != before:
            self.changed.emit()
        self.ticked.emit()
        if self.is_there and self._is_time(came):
            self.start()

    def _is_time(self, came: bool) -> bool:
        """A stick that was just put in is tried at once, whatever failed before."""
        from inventory.services.backup_plan import due

        return due(self._remembered(), _now(), worked=self._dirty, closing=came).backup

    @property
    def last_one_is_due(self) -> bool:
        """At the end of work: something was done since the last backup and the place is there."""
        from inventory.services.backup_plan import due

        if self.safety.desk.practice or self.running or not self.is_there:
            return False
        return due(self._remembered(), _now(), worked=self._dirty, closing=True).backup

    # Doing it

    def choose(self, folder: Path) -> bool:
        """Backups go there from now on; the first is made at once."""
        self.safety.desk.preferences.change(backups=str(folder))
        self.refused = None
        self.start()
        return True

    def start(self) -> bool:
        """Make one now. False when one is being made."""
        return self._run(Job.BACK_UP, self._made)

    def prove(self) -> bool:
        """Restore the newest one somewhere else to prove it, and throw that away."""
        return self._run(Job.PROVE, self._proven)

    def _run(self, job: Job, done: Callable[[Sentence | None], None]) -> bool:
        folder = self.folder
        if self.running or folder is None:
            return False
        self.process = BackupProcess(self.safety, job, folder)
        self.process.ended.connect(done)
        self.process.start()
        self.changed.emit()
        return True

    def _made(self, refusal: Sentence | None) -> None:
        self._over(refusal)
        if refusal is None:
            self._dirty = False
            self._prove_in_time()
        self.ended.emit(refusal is None)

    def _prove_in_time(self) -> None:
        """Once a week, right after a backup."""
        from inventory.services.backup_plan import proof_is_due

        if self._look.isActive() and proof_is_due(self._remembered(), _now()):
            QTimer.singleShot(0, self, self.prove)

    def _proven(self, refusal: Sentence | None) -> None:
        self._over(refusal)

    def _over(self, refusal: Sentence | None) -> None:
        self.process, self._state, self.refused = None, None, refusal
        self.changed.emit()

    def skip(self) -> None:
        """Nobody wants to wait for it."""
        if self.process is not None:
            self.process.cancel()


def _now() -> int:
    return time.time_ns() // 1_000_000
