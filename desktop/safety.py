"""What a window knows of the file it works in: its keys, its backups, what stands around it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.backups.keeper import BackupKeeper
from desktop.desk import new_request
from desktop.second import confirmed
from inventory.domain.roles import Permission
from inventory.domain.sentence import sentence

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.desk import Desk
    from inventory.domain.protection import Health
    from inventory.domain.stamp import Stamp
    from inventory.domain.troubles import Trouble
    from inventory.services.entered import Entered
    from inventory.storage.database import Database

T = TypeVar("T")


class Safety(QObject):
    """`changed` when a backup was made, a key printed or the file locked.

    `LOOKING` is what may be done with a file that is only looked at.
    """

    LOOKING = frozenset({Permission.PRINT, Permission.EXPORT, Permission.SEE_SECURITY,
                         Permission.RESTORE, Permission.CONTINUE})  # fmt: skip
    changed = Signal()

    def __init__(
        self, program: Program, desk: Desk, database: Database, entered: Entered | None = None
    ) -> None:
        super().__init__(desk)
        self.program = program
        self.desk = desk
        self.database = database
        self._plain = entered
        self._identity = _identity(database.address) if database.is_file else None
        self.backups = BackupKeeper(self)
        self.backups.changed.connect(self.changed)

    @property
    def entered(self) -> Entered:
        """How this file was entered; without a key where it has none."""
        if self.desk.session is not None:
            return self.desk.session.entered
        if self._plain is None:
            from inventory.services.entered import Entered

            self._plain = Entered(self.database, None, None, self.database.address)
        return self._plain

    @property
    def is_locked(self) -> bool:
        """Whether the file is locked with a key."""
        return self.desk.session is not None and self.entered.is_protected

    @property
    def lacks_paper_key(self) -> bool:
        """Whether nobody could open the file once every password was forgotten."""
        return self.is_locked and self.database.is_file and not self.entered.keys().papers

    @property
    def copy_found(self) -> Trouble | None:
        """Whether the file is an older copy or another computer's; None when all is well."""
        from inventory.services.whereabouts import found_at

        refusal = found_at(self.database).refusal
        return None if refusal is None else refusal.trouble

    @property
    def looks_only(self) -> bool:
        """Whether nothing can be written: a medium that is shut, data that were moved, or a copy
        nobody decided on.
        """
        moved = bool(self.database.moved_to)
        return moved or self.database.look_only or self.copy_found is not None

    def continue_here(self, done: Callable[[], object]) -> None:
        """Take a copied or older file into use here. Raises Refused."""
        from inventory.services.whereabouts import continue_here

        def use(entered: Entered, stamp: Stamp) -> None:
            continue_here(entered.database, stamp)

        def finish(_: None) -> None:
            done()
            # What may be done here has changed, whoever sits here.
            self.desk.user_changed.emit()
            self.desk.committed.emit()
            self.desk.done(sentence("The ledger goes on here. Count the stock soon."))

        self.act(use, done=finish)

    def file_is_gone(self) -> bool:
        """Whether the open file was taken away, or another one stands in its place.

        An open file that was removed can still be written, and nobody would ever see it again.
        """
        if not self.database.is_file:
            return False
        there = _identity(self.database.address)
        return there is None or there != self._identity

    @property
    def key_for_backups(self) -> str:
        """The random key as the backup's own process reads it from its pipe."""
        master = None if self.desk.session is None else self.entered.master
        return "" if master is None else master.hex()

    def act(
        self,
        use: Callable[..., T],
        *args: object,
        done: Callable[[T], object],
    ) -> None:
        """Run `use(entered, stamp, *args)` and then `done(result)`; Refused comes out.

        When a second person has to confirm it, the same act is sent again with that name.
        """
        stamp = self.desk.stamp(new_request())
        result = confirmed(
            self.desk, lambda second: use(self.entered, replace(stamp, second=second), *args)
        )
        self.changed.emit()
        done(result)

    def health(self) -> Health:
        """What is protected now."""
        from inventory.services.health import health
        from inventory.services.surroundings import look_around

        copies = self.backups.now
        around = replace(
            look_around(self.database), place=copies.place, place_missing=copies.missing,
            last_backup=copies.last, proven=copies.proven, same_disk=copies.same_disk,
        )  # fmt: skip
        now = time.time_ns() // 1_000_000
        return self.desk.ask(health, self.desk.clinic.id, around, self.desk.today, now)


def _identity(address: str) -> tuple[int, int] | None:
    """Which file it is on its disk; None when it is not there."""
    try:
        there = os.stat(address)
    except OSError:
        return None
    return there.st_dev, there.st_ino
