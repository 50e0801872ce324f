"""Backups that can be seen from this computer: on sticks and where they were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.backups.sticks import Stick, place_name
from inventory.domain.backup_names import BackupName

MOST = 6
"""How many are offered at once; others are chosen as files."""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup, when it was made by its name, how big it is and on which stick."""

    path: Path
    made_at: int
    size: int
    where: str


def found_backups(sticks: Iterable[Stick], own_folder: Path | None) -> list[Found]:
    """The newest first; the same folder is looked into once."""
    folders = dict.fromkeys(
        [*(folder for stick in sticks for folder in (stick.folder, stick.root)),
         *([own_folder] if own_folder is not None else [])]
    )  # fmt: skip
    rows = [row for folder in folders for row in _in(folder)]
    return sorted(rows, key=lambda row: (row.made_at, row.path.name), reverse=True)[:MOST]


def _in(folder: Path) -> Iterator[Found]:
    where = place_name(folder)
    try:
        files = list(folder.iterdir())
    except OSError:
        return
    for file in files:
        name = BackupName.read(file.name)
        if name is None:
            continue
        try:
            size = file.stat().st_size
        except OSError:
            continue
        yield Found(file, name.made_at, size, where)
