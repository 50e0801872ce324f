"""How much room the disk of a database has, and a reserve to finish the work in hand.

The reserve is a file of a few megabytes beside the database. When the disk is full it is removed,
so that what a person is doing can still be saved; after that nothing is begun until there is room.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from inventory.domain.sentence import Sentence, sentence
from inventory.domain.troubles import Trouble

MEGABYTE = 1_000_000
WARN = 500 * MEGABYTE
AGAIN = 50 * MEGABYTE
"""After a full disk, work goes on when so much is free."""
LEAST = 5 * MEGABYTE
RESERVE = 4 * MEGABYTE


class RoomState(StrEnum):
    """Fine, soon too little, or nothing more can be saved."""

    FINE = "fine"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Room:
    """What is left, in bytes."""

    state: RoomState
    free: int

    @property
    def trouble(self) -> Trouble | None:
        return _TROUBLES.get(self.state)

    @property
    def sentence(self) -> Sentence | None:
        """What to tell people; None while all is well."""
        if self.state is RoomState.FINE:
            return None
        return sentence(
            "{free} MB are left on the disk of the database. Remove old films, pictures or "
            "downloads.",
            free=self.free // MEGABYTE,
        )  # fmt: skip


_TROUBLES = {RoomState.LOW: Trouble.DISK_LOW, RoomState.NONE: Trouble.DISK_FULL}


def room_left(path: str | Path) -> Room:
    """The room on the disk of that file or folder."""
    free = free_bytes(Path(path))
    state = RoomState.FINE if free >= WARN else RoomState.LOW if free >= LEAST else RoomState.NONE
    return Room(state, free)


def free_bytes(path: Path) -> int:
    """Bytes an ordinary person may still write; the nearest folder that is there counts."""
    for place in (path, *path.parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
    return 0


def reserve_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.reserve")


def keep_reserve(database: Path) -> bool:
    """Make the reserve when there is none and the disk has room for it. Whether it is there."""
    reserve = reserve_of(database)
    try:
        if reserve.exists():
            if reserve.stat().st_size == RESERVE:
                return True
            reserve.unlink()
        if free_bytes(database) < AGAIN:
            return False
        # Chance, so that no file system can keep it smaller than it is.
        with reserve.open("xb") as file:
            file.write(os.urandom(RESERVE))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        _remove(reserve)
        return False
    return True


def release_reserve(database: Path) -> bool:
    """Give the reserve back to the disk. Whether there was one."""
    return _remove(reserve_of(database))


class Fullness:
    """What a program remembers of a disk that was full, so that it begins nothing in vain."""

    def __init__(self, database: Path | None) -> None:
        self._database = database
        self._was_full = False

    def met(self) -> bool:
        """The disk was full just now. Whether giving up the reserve made room to try again."""
        self._was_full = True
        return self._database is not None and release_reserve(self._database)

    def may_begin(self) -> bool:
        """Whether something new may be begun: the disk was not full, or there is room again."""
        if self._was_full and self._database is not None:
            self._was_full = free_bytes(self._database) < AGAIN
            return not self._was_full
        return True

    def look(self) -> Room | None:
        """The room there is now; makes the reserve when it can. None on a server."""
        if self._database is None:
            return None
        room = room_left(self._database)
        if self._was_full and room.free < AGAIN:
            return Room(RoomState.NONE, room.free)
        keep_reserve(self._database)
        return room


def _remove(reserve: Path) -> bool:
    try:
        reserve.unlink()
    except OSError:
        return False
    return True
