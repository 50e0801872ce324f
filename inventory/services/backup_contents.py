"""What a backup tells about itself before anything is restored."""

from __future__ import annotations

from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.services.backing_up import read_backup
from inventory.services.restoring import Opened
from inventory.storage.backup_file import wrapping_of
from inventory.storage.backup_format import Part, Value


def is_locked_backup(path: Path) -> bool:
    """Whether it opens with a key only. Raises Refused: foreign, newer, damaged, not readable."""
    try:
        return wrapping_of(path).locked
    except OSError as fault:
        raise Refused("The backup cannot be read: {reason}. Put the stick in again.",
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip


def clinics_in(opened: Opened) -> tuple[str, ...]:
    """The names of its clinics, oldest first."""
    names: list[str] = []

    def keep(part: Part, rows: list[tuple[Value, ...]]) -> None:
        if part.table == "clinic":
            at = part.columns.index("name")
            names.extend(str(row[at]) for row in rows)

    read_backup(opened.facts.path, opened.master, lambda header: None, keep)
    return tuple(names)
