"""What stands around an open database: its key file, its disk, copies without a lock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inventory.domain.sentence import Refused, sentence
from inventory.domain.troubles import TROUBLES
from inventory.services.health import Around
from inventory.storage.database import Database
from inventory.storage.key_file import KeyFile, key_path
from inventory.storage.medium import medium_of
from inventory.storage.room import room_left
from inventory.storage.whole_disk import disk_is_encrypted

_PLAIN = b"SQLite format 3\0"


def look_around(database: Database) -> Around:
    """Everything but the backups, which are told by their own state.

    The open file itself is never opened here: closing it would give up the locks on it.
    """
    if not database.is_file:
        return Around()
    path = Path(database.address)
    kept = medium_of(path).trouble
    around = Around(
        locked=database.locked,
        room=room_left(path),
        whole_disk=disk_is_encrypted(path),
        kept_badly=None if kept is None else sentence(TROUBLES[kept].happened),
    )
    if not around.locked:
        return around
    around = replace(around, plain_copies=tuple(copy.name for copy in plain_copies(path)))
    try:
        keys = KeyFile.read(key_path(path))
    except Refused as refusal:
        return replace(around, kept_badly=refusal.sentence)
    return replace(
        around,
        passwords=len({slot.owner for slot in keys.passwords}),
        paper_key=bool(keys.papers),
        office_key=keys.office is not None,
    )


def is_plain(path: Path) -> bool:
    """Whether a file can be read by anybody: SQLite's own first bytes stand in it."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def plain_copies(path: Path) -> list[Path]:
    """Databases without a lock that stand beside it and began with its name."""
    beside = sorted(path.parent.glob(f"{path.stem}*"))
    own = {path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal")}
    return [file for file in beside if file not in own and file.is_file() and is_plain(file)]
