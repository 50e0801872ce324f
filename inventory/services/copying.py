"""Copy a database that can only be looked at to where it can be written, with all that is its own.

Nothing may write the file meanwhile: this is for a medium that does not let anybody.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.storage.key_place import copy_path, key_path
from inventory.storage.opening import discard, sync_folder

_BESIDE = ("-wal", "-journal")


def copy_to(database: Path, folder: Path) -> Path:
    """The copy, under its own name or a numbered one. Raises Refused with nothing left behind."""
    target = _free(folder / database.name)
    pairs = [(database, target)]
    pairs += [(Path(f"{database}{end}"), Path(f"{target}{end}")) for end in _BESIDE]
    pairs += [(key_path(database), key_path(target)),
              (copy_path(key_path(database)), copy_path(key_path(target)))]  # fmt: skip
    try:
        for source, place in reversed(pairs):
            if source.exists():
                _copy(source, place)
        sync_folder(folder)
    except OSError as fault:
        discard(target)
        for _, place in pairs[-2:]:
            place.unlink(missing_ok=True)
        raise Refused(
            "{file} cannot be copied to {folder}: {reason}.",
            file=database.name, folder=str(folder), reason=fault.strerror or str(fault),
        ) from fault  # fmt: skip
    return target


def _copy(source: Path, place: Path) -> None:
    with source.open("rb") as read, place.open("xb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())


def _free(path: Path) -> Path:
    tried, number = path, 1
    while tried.exists() or key_path(tried).exists():
        number += 1
        tried = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return tried
