"""Look at a crash image: which commit did it come back to, if it is whole at all?

Every image of a database is opened with the real driver and key, which replays or rolls back its
journal and puts it away. What is left is compared with files that were judged before: the same
bytes say the same. A file not seen before is looked at in full: integrity, page seals, `check`
over the whole chain, and every row must be as it was after one of the commits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import sqlcipher3

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.storage.opening import open_database
from tests.crash.images import Image
from tests.crash.record import Op, Record
from tests.crash.state import digest

LOOKED_AT_AS_PEOPLE_DO = 100
"""Every so many images are opened by the program itself first, with all it looks at."""

_OLD_INDEX = bytes(range(256)) * 128

BROKEN = -1
"""No commit looks like this: damaged, half there, or not to be opened."""


class Judge(Protocol):
    def outcome(self, image: Image) -> int:
        """The commit the image came back to, or BROKEN."""


class DatabaseJudge:
    """For images of one recorded database; `states` are digests of all it said, a commit each."""

    def __init__(self, folder: Path, name: str, key: bytes, states: Mapping[str, int]) -> None:
        self.folder, self.name, self.key, self.states = folder, name, key, states
        self.known: dict[bytes, int] = {}
        self.why: list[str] = []
        self.images = 0

    def outcome(self, image: Image) -> int:
        self._lay_out(image)
        path, self.images = self.folder / self.name, self.images + 1
        try:
            if self.images % LOOKED_AT_AS_PEOPLE_DO == 0:
                open_database(path, key=self.key).close()
            self._recover(path)
            file = path.read_bytes()
        except (sqlcipher3.Error, OSError, Refused) as fault:
            return self._broken(str(fault))
        known = hashlib.sha256(file).digest()
        if known not in self.known:
            self.known[known] = self._look_at(path)
        return self.known[known]

    def _lay_out(self, image: Image) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in image.items():
            (self.folder / name).write_bytes(content)
            if name.endswith("-wal"):
                # What is left of a WAL-index is never believed.
                (self.folder / f"{name[:-4]}-shm").write_bytes(_OLD_INDEX)

    def _recover(self, path: Path) -> None:
        raw = sqlcipher3.connect(f"file:{path}?mode=rw", uri=True)
        try:
            raw.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
            raw.execute("PRAGMA user_version").fetchall()
        finally:
            raw.close()
        # A rollback journal that never got a header may stay: it is not believed.
        if path.with_name(f"{path.name}-wal").exists():
            raise sqlcipher3.DatabaseError("the journal could not be put away")

    def _look_at(self, path: Path) -> int:
        try:
            database = open_database(path, key=self.key)
        except Refused as no:
            return self._broken(str(no))
        try:
            with database.read() as connection:
                wrong = [str(problem) for problem in check(connection)]
            with database.driver() as raw:
                wrong += [str(row) for row in raw.execute("PRAGMA cipher_integrity_check")]
                said = digest(raw)
        except Refused as no:
            return self._broken(str(no))
        finally:
            database.close()
        if wrong:
            return self._broken(wrong[0])
        if said not in self.states:
            return self._broken("half of a transaction is there")
        return self.states[said]

    def _broken(self, why: str) -> int:
        self.why.append(why)
        return BROKEN


def states_of(records: Sequence[Record]) -> dict[str, int]:
    """What the database said after each commit. Two commits that say the same are the later."""
    marks = [record.said for record in records if record.op is Op.MARKED]
    return {str(mark["state"]): int(mark["done"]) for mark in marks}
