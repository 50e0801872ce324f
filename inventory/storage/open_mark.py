"""Is the same file open in another window of this user? Both may work; one is told.

A lock on a file of its own says so; the system gives it up when the window ends, however it ends.
"""

from __future__ import annotations

import contextlib
import sys
from hashlib import sha256
from pathlib import Path
from typing import IO

from inventory.domain.troubles import Trouble
from inventory.storage.locations import state_folder


class OpenMark:
    """Held as long as a window has the file open. `other` says that another window has it too."""

    def __init__(self, address: str, folder: Path | None = None) -> None:
        self.other = False
        self._file: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            self._file = self._path(address, folder).open("ab")
            self.other = not _held(self._file)

    @property
    def trouble(self) -> Trouble | None:
        """What the second window is told."""
        return Trouble.OPEN_TWICE if self.other else None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    @staticmethod
    def _path(address: str, folder: Path | None) -> Path:
        known = address if "://" in address else str(Path(address).expanduser().resolve())
        return (folder or state_folder()) / f"open-{sha256(known.encode()).hexdigest()[:16]}"


def _held(file: IO[bytes]) -> bool:
    """Lock it. False when somebody else did."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
