"""A disk that is full, without being the super-user: SQLite may not let the file grow.

Removing the reserve gives some pages back, as it would on a real disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from inventory.storage import room
from inventory.storage.database import Database


@dataclass(slots=True)
class SmallDisk:
    """`free` is what the disk says; `pages` what the file may still grow by."""

    database: Database
    free: int
    pages: int | None = None
    base: int = 0

    def fill(self, reserve_pages: int = 40) -> None:
        """Somebody else takes all the room there was, except what the reserve holds."""
        with self.database.read() as connection:
            self.base = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self.free, self.pages = 0, reserve_pages

    def clear(self) -> None:
        """Somebody removes old films."""
        self.free, self.pages = 10**9, None

    @property
    def most(self) -> int:
        if self.pages is None:
            return 1_000_000
        reserve = room.reserve_of(Path(self.database.address))
        return self.base + (0 if reserve.exists() else self.pages)


@pytest.fixture
def small_disk(file_database: Database, monkeypatch: pytest.MonkeyPatch) -> SmallDisk:
    """The disk of `file_database` and `file_clinic`; there is room at first."""
    disk = SmallDisk(file_database, 10**9)
    usage = SimpleNamespace(disk_usage=lambda _path: SimpleNamespace(free=disk.free))
    monkeypatch.setattr(room, "shutil", usage)

    @event.listens_for(file_database.engine, "begin")
    def _limit(connection) -> None:  # type: ignore[no-untyped-def]
        connection.connection.dbapi_connection.execute(f"PRAGMA max_page_count={disk.most}")

    return disk
