"""How far a stick has seen each stream: a small file beside the backups, of numbers and hashes.

An older copy of a database must not push newer backups off the stick, also on a computer that
remembers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.positions import holds, positions
from inventory.storage.backup_format import Head
from inventory.storage.marks import Mark
from inventory.storage.whole_file import write_whole

_MOST_BYTES: Final = 1024 * 1024
_MOST_STREAMS: Final = 5000
_UID: Final = 32


def check_stick(connection: Connection, folder: Path, mark: str) -> None:
    """Raises Refused when the backups that lie there are newer than this database."""
    seen = _read(folder, mark)
    if not all(holds(connection, place, seen.get(place.stream)) for place in positions(connection)):
        raise Refused("The backups on this stick are newer than this database, so none was made. "
                      "Restore the newest one, or use another stick.").because(
            Trouble.OLDER_COPY)  # fmt: skip


def note_stick(heads: Iterable[Head], folder: Path, mark: str) -> None:
    """Remember on the stick where each stream stands. Raises OSError."""
    seen = _read(folder, mark)
    for head in heads:
        now = Mark(head.seq, head.hash if head.seq else b"", not head.open)
        before = seen.pop(head.stream, None)
        seen[head.stream] = now if before is None else before.with_later(now)
    newest = list(seen.items())[-_MOST_STREAMS:]
    text = "".join(f"{stream} {one.to_text()}" for stream, one in newest)
    write_whole(_path(folder, mark), text.encode())


def _read(folder: Path, mark: str) -> dict[str, Mark]:
    """Lines that cannot be read count for nothing: they alarm nobody."""
    try:
        with _path(folder, mark).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("ascii", "replace")
    except OSError:
        return {}
    found = ((line[:_UID], Mark.read(line[_UID + 1 :])) for line in text.splitlines(keepends=True))
    return {stream: mark for stream, mark in found if mark is not None}


def _path(folder: Path, mark: str) -> Path:
    return folder / f"{mark}.seen"
