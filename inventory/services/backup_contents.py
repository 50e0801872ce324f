"""What a backup tells about itself before anything is restored."""

from __future__ import annotations

from inventory.services.backing_up import read_backup
from inventory.services.restoring import Opened
from inventory.storage.backup_format import Part, Value


def clinics_in(opened: Opened) -> tuple[str, ...]:
    """The names of its clinics, oldest first."""
    names: list[str] = []

    def keep(part: Part, rows: list[tuple[Value, ...]]) -> None:
        if part.table == "clinic":
            at = part.columns.index("name")
            names.extend(str(row[at]) for row in rows)

    read_backup(opened.facts.path, opened.master, lambda header: None, keep)
    return tuple(names)
