"""How far a stick has seen each stream: a small file beside the backups, of numbers and hashes.

An older copy of a database must not push newer backups off the stick, also on a computer that
remembers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.positions import holds, positions
from inventory.storage.backup_format import Head
from inventory.storage.marks import Mark, Numbers
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


def note_stick(
    heads: Iterable[Head], numbers: Mapping[str, Numbers], folder: Path, mark: str
) -> None:
    """Remember on the stick where each stream stands. Raises OSError."""
    seen, printed = _read(folder, mark), numbers_on_stick(folder, mark)
    for head in heads:
        now = Mark(head.seq, head.hash if head.seq else b"", not head.open)
        before = seen.pop(head.stream, None)
        seen[head.stream] = now if before is None else before.with_later(now)
    newest = list(seen.items())[-_MOST_STREAMS:]
    for clinic, highest in numbers.items():
        printed[clinic] = max(printed.get(clinic, highest), highest)
    text = "".join(
        [*(f"{stream} {one.to_text()}" for stream, one in newest),
         *(f"{clinic} {highest.to_text()}" for clinic, highest in printed.items())]
    )  # fmt: skip
    write_whole(_path(folder, mark), text.encode())


def numbers_on_stick(folder: Path, mark: str) -> dict[str, Numbers]:
    """The highest numbers on papers that this stick knows, by clinic."""
    found = ((uid, Numbers.read(rest)) for uid, rest in _lines(folder, mark))
    return {clinic: numbers for clinic, numbers in found if numbers is not None}


def _read(folder: Path, mark: str) -> dict[str, Mark]:
    found = ((uid, Mark.read(rest)) for uid, rest in _lines(folder, mark))
    return {stream: one for stream, one in found if one is not None}


def _lines(folder: Path, mark: str) -> list[tuple[str, str]]:
    """Lines that cannot be read count for nothing: they alarm nobody."""
    try:
        with _path(folder, mark).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("ascii", "replace")
    except OSError:
        return []
    return [(line[:_UID], line[_UID + 1 :]) for line in text.splitlines(keepends=True)]


def _path(folder: Path, mark: str) -> Path:
    return folder / f"{mark}.seen"
