"""After the disk reported an error: trust nothing that was open, and flush anew.

A failed flush may leave the last pages of the journal in memory only, and the next flush would say
that all is well. A connection that could not read a page takes the whole file for damaged.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlcipher3

from inventory.domain.troubles import Trouble
from inventory.storage.sqlite_file import connect_to, prepare

_SAY_DAMAGED = {Trouble.DAMAGED, Trouble.FOREIGN, Trouble.WRONG_KEY, Trouble.LOCKED}
_OF_THE_DISK = _SAY_DAMAGED | {
    Trouble.DISK_FULL, Trouble.DISK_FAILING, Trouble.FOLDER_SHUT, Trouble.UNCERTAIN
}  # fmt: skip
_READ_AT_ONCE = 1 << 20


class Shaken:
    """Whether the disk under an open file has failed since it was last made sure of."""

    def __init__(
        self, file: Path | None, key: bytes | bytearray | None, *, writes: bool = True
    ) -> None:
        self._file, self._key, self._writes = file, key, writes
        self._held: int | None = None
        self.is_so = False

    def met(self, trouble: Trouble | None) -> None:
        """A fault was met; it counts when it is one of the disk."""
        self.is_so = self.is_so or (self._file is not None and trouble in _OF_THE_DISK)

    def settle(self, close: Callable[[], None]) -> None:
        """Make sure of what was written, then close what was open. Raises the driver's errors."""
        if self.is_so and self._file is not None:
            if self._writes:
                _write_again(self._file, self._key)
            close()
            self._let_go()
            self.is_so = False

    def try_to_settle(self, close: Callable[[], None]) -> None:
        """For who only reads: what cannot be made sure of now is tried again next time."""
        with suppress(sqlcipher3.Error):
            self.settle(close)

    def only_stumbled(self, trouble: Trouble | None) -> bool:
        """A file that is said to be damaged is whole after all, or cannot even be read."""
        if self._file is None or trouble not in _SAY_DAMAGED:
            return False
        try:
            self._read(self._file, None if trouble is Trouble.DAMAGED else 1)
        except OSError:
            return True
        try:
            with closing(connect_to(self._file)) as raw:
                prepare(raw, self._key)
                return _is_whole(raw, keyed=self._key is not None)
        except sqlcipher3.Error:
            return False

    def _read(self, file: Path, pieces: int | None) -> None:
        """Read a file to its end, or so many pieces of it. Raises OSError."""
        if self._held is None:
            # Kept open: to close it would give up the locks this program holds on it.
            self._held = os.open(file, os.O_RDONLY)
        os.lseek(self._held, 0, os.SEEK_SET)
        while os.read(self._held, _READ_AT_ONCE) and pieces != 0:
            pieces = None if pieces is None else pieces - 1

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _write_again(file: Path, key: bytes | bytearray | None) -> None:
    """Write the same journal over itself and flush it, while nobody else writes."""
    journal = Path(f"{file}-wal")
    if not journal.exists():
        return
    with closing(connect_to(file)) as raw:
        prepare(raw, key)
        raw.execute("BEGIN IMMEDIATE")
        try:
            with journal.open("r+b") as again:
                content = again.read()
                again.seek(0)
                again.write(content)
                again.flush()
                os.fsync(again.fileno())
        except OSError as fault:
            raise sqlcipher3.OperationalError(f"disk I/O error: {fault.strerror}") from fault
        raw.execute("ROLLBACK")


def _is_whole(raw: Any, *, keyed: bool) -> bool:
    if keyed and raw.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    rows: list[tuple[Any, ...]] = raw.execute("PRAGMA quick_check(1)").fetchall()
    return rows == [("ok",)]
