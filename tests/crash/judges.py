"""Look at a crash image: which commit did it come back to, if it is whole at all?

Every image of a database is opened with the real driver and key, which replays or rolls back its
journal and puts it away. What is left is compared with files that were judged before: the same
bytes say the same. A file not seen before is looked at in full: integrity, page seals, `check`
over the whole chain, and every row must be as it was after one of the commits.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from inventory.domain.sentence import Refused
from inventory.services.checking import check
from inventory.storage.opening import open_database
from tests.crash.images import Image
from tests.crash.record import Op, Record
from tests.crash.state import digest

KEPT = 20
"""So many images are opened at the end by the program itself, with all it looks at."""

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
        self.kept: list[Image] = []
        self.dice = random.Random(name)

    def outcome(self, image: Image) -> int:
        self.images += 1
        if len(self.kept) < KEPT and self.dice.random() < 0.02:
            self.kept.append(image)
        self._lay_out(image)
        path = self.folder / self.name
        try:
            self._recover(path)
            file = path.read_bytes()
        except (sqlcipher3.Error, OSError) as fault:
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
        with closing(self._opened(path)) as raw:
            raw.execute("PRAGMA user_version").fetchall()
        # A rollback journal that never got a header may stay: it is not believed.
        if path.with_name(f"{path.name}-wal").exists():
            raise sqlcipher3.DatabaseError("the journal could not be put away")

    def _opened(self, path: Path) -> Any:
        raw = sqlcipher3.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None)
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        return raw

    def _look_at(self, path: Path) -> int:
        # Not opened as the program does, which wipes memory and takes ten times as long.
        engine = create_engine("sqlite://", creator=lambda: self._opened(path), poolclass=NullPool)
        try:
            with engine.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                wrong = [str(problem) for problem in check(connection)]
                wrong += [str(row) for row in raw.execute("PRAGMA cipher_integrity_check")]
                said = digest(raw)
        except (DBAPIError, sqlcipher3.Error) as fault:
            return self._broken(str(getattr(fault, "orig", fault)))
        if wrong:
            return self._broken(wrong[0])
        if said not in self.states:
            return self._broken("half of a transaction is there")
        return self.states[said]

    def open_kept(self) -> int:
        """Open some images as people would; how many were refused though they were whole."""
        refused = 0
        for image in tuple(self.kept):
            if self.outcome(image) == BROKEN:
                continue
            self._lay_out(image)
            try:
                open_database(self.folder / self.name, key=self.key).close()
            except Refused as no:
                refused += 1
                self.why.append(str(no))
        return refused

    def _broken(self, why: str) -> int:
        self.why.append(why)
        return BROKEN


def states_of(records: Sequence[Record]) -> dict[str, int]:
    """What the database said after each commit. Two commits that say the same are the later."""
    marks = [record.said for record in records if record.op is Op.MARKED]
    return {str(mark["state"]): int(mark["done"]) for mark in marks}
