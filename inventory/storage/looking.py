"""A database that can be looked at and not written: a medium, a folder or a file that is shut.

SQLite needs to write beside a file even to read it. Where nothing can be written it reads the
file as it stands, which is right only while no other program has unfinished work beside it.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble

_BESIDE = ("-wal", "-journal")


def only_to_look(path: Path) -> bool:
    """Whether the file is there and may be read, but it or its folder may not be written."""
    return path.is_file() and _may(path, os.R_OK) and not (
        _may(path, os.W_OK) and _may(path.parent, os.W_OK)
    )  # fmt: skip


def _may(path: Path, mode: int) -> bool:
    # Never opened to find out: closing a file would give up the locks this program holds on it.
    effective = os.access in os.supports_effective_ids
    return os.access(path, mode, effective_ids=effective)


def look_address(path: Path) -> str:
    """The address under which SQLite reads the file as it stands. Raises Refused."""
    if unfinished(path):
        raise Refused(
            "{file} was not closed where it comes from, and it can only be looked at here. "
            "Copy it with all files that begin with its name to this computer.",
            file=path.name,
        ).because(Trouble.UNFINISHED_READ_ONLY)
    return f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"


def unfinished(path: Path) -> bool:
    """Whether work that is not yet in the file waits beside it."""
    return any(_size(path.with_name(path.name + ending)) > 0 for ending in _BESIDE)


def as_it_stands(path: Path) -> tuple[int, int, bool]:
    """What changes when another program writes the file after all."""
    there = path.stat()
    return there.st_size, there.st_mtime_ns, unfinished(path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
