"""A backup while the stick or the database's disk fails: the older ones stay, none is half."""

from __future__ import annotations

import shutil
from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.services.backing_up import back_up, backups_in, verify_backup
from inventory.storage.database import Database
from inventory.storage.key_file import new_keys
from inventory.storage.opening import create_database, open_database
from tests.crash.failing import Fault, Swept
from tests.crash.recording import Recorder
from tests.crash.work import KEY
from tests.ready_clinic import TODAY, furnish

NAME, STICK, HOUR = "clinic.db", "stick", 3_600_000


class BackupScene:
    """A clinic with one backup, and the next to be made."""

    def __init__(self, folder: Path) -> None:
        self._template, self._place = folder / "with backup", folder / "backup place"
        self._state = folder / "backup state"
        keys, self._master = new_keys()
        self._key_file = keys.to_bytes()
        (self._template / STICK).mkdir(parents=True)
        clinic = furnish(create_database(self._template / NAME, key=KEY))
        clinic.receive("AMOX", 500)
        self._back_up(clinic.database, self._template, 1)
        clinic.dispense("AMOX", 10)
        clinic.database.close()

    def meet(self, recorder: Recorder, fault: Fault, swept: Swept) -> bool:
        """Back up with that fault. False when it ended before its n-th call."""
        shutil.rmtree(self._place, ignore_errors=True)
        shutil.copytree(self._template, self._place)
        database = open_database(self._place / NAME, key=KEY)
        recorder.watch(self._place)
        told = swept.meet(recorder, fault, "backup",
                          lambda: self._back_up(database, self._place, 2))  # fmt: skip
        if told is not None:
            try:
                self._judge(database, told)
            except (AssertionError, Refused) as wrong:
                swept.wrong.append(f"backup, {fault}: {wrong}")
        database.close()
        return told is not None

    def _judge(self, database: Database, told: bool) -> None:
        whole = self._whole()
        assert whole >= 1 + told, "a backup that was acknowledged is not there"
        self._back_up(database, self._place, 3)
        assert self._whole() >= 2, "no backup can be made when the fault is over"

    def _whole(self) -> int:
        """How many backups there are. Raises Refused when one of them is not whole."""
        there = backups_in(self._place / STICK)
        for _name, path in there:
            verify_backup(path, self._master)
        return len(there)

    def _back_up(self, database: Database, folder: Path, hour: int) -> None:
        back_up(database, self._master, self._key_file, folder / STICK,
                1_800_000_000_000 + hour * HOUR, TODAY, state=self._state)  # fmt: skip
