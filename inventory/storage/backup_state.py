"""What this computer remembers of the backups of a database: the last one, the last proof.

A small file in the user's own folder. It holds numbers, marks and the names of backups, and those
tell nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from inventory.domain.backup_names import BackupName
from inventory.storage.locations import state_folder
from inventory.storage.whole_file import write_whole

_MARK: Final = re.compile(r"[0-9a-f]{8}", re.ASCII)
_MOST_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class BackupState:
    """Milliseconds UTC, 0 for never; `last_file` and `proven_file` are names of backups."""

    last_at: int = 0
    last_file: str = ""
    last_size: int = 0
    proven_at: int = 0
    proven_file: str = ""
    failed_at: int = 0


def read_state(mark: str, folder: Path | None = None) -> BackupState:
    """What is remembered; nothing when the file is not there or not ours."""
    try:
        with _path(mark, folder).open("rb") as file:
            content = json.loads(file.read(_MOST_BYTES))
        return _checked(content)
    except (OSError, ValueError, RecursionError):
        return BackupState()


def change_state(mark: str, folder: Path | None = None, **changes: int | str) -> BackupState:
    """Remember something new. A folder that cannot be written forgets, and nothing else fails."""
    state = replace(read_state(mark, folder), **changes)  # type: ignore[arg-type]
    path = _path(mark, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, json.dumps(asdict(state), sort_keys=True).encode())
    except OSError:
        return state
    return state


def _path(mark: str, folder: Path | None) -> Path:
    if not _MARK.fullmatch(mark):
        raise ValueError(mark)
    return (folder or state_folder()) / f"backups-{mark}.json"


def _checked(content: Any) -> BackupState:
    if not isinstance(content, Mapping) or set(content) != set(BackupState.__slots__):
        raise ValueError
    state = BackupState(**content)
    for name in ("last_at", "last_size", "proven_at", "failed_at"):
        if type(content[name]) is not int or content[name] < 0:
            raise ValueError
    for name in ("last_file", "proven_file"):
        text = content[name]
        if not isinstance(text, str) or (text and BackupName.read(text) is None):
            raise ValueError
    return state
