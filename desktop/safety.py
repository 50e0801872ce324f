"""What a window knows of the file it works in: its keys, its backups, what stands around it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.desk import Desk
    from inventory.domain.protection import Health
    from inventory.services.entered import Entered
    from inventory.storage.database import Database


class Safety(QObject):
    """`changed` when a backup was made, a key printed or the file locked."""

    changed = Signal()

    def __init__(
        self, program: Program, desk: Desk, database: Database, entered: Entered | None = None
    ) -> None:
        super().__init__(desk)
        self.program = program
        self.desk = desk
        self.database = database
        self._entered = entered

    @property
    def entered(self) -> Entered:
        """How this file was entered; without a key where it has none."""
        if self._entered is None:
            from inventory.services.entered import Entered

            self._entered = Entered(self.database, None, None, self.database.address)
        return self._entered

    @property
    def is_locked(self) -> bool:
        """Whether the file is locked with a key."""
        return self._entered is not None and self._entered.is_protected

    def health(self) -> Health:
        """What is protected now."""
        from inventory.services.health import health
        from inventory.services.surroundings import look_around

        around = look_around(self.database)
        now = time.time_ns() // 1_000_000
        return self.desk.ask(health, self.desk.clinic.id, around, self.desk.today, now)
