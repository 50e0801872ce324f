"""What is in a backup, for the page that is read before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inventory.services.backup_contents import clinics_in
from inventory.services.restoring import Opened, WayIn, look_at

_ENTRIES = frozenset({"movement", "security_event"})


@dataclass(frozen=True, slots=True)
class Contents:
    """The opened backup, the names of its clinics, and how many entries its ledger has."""

    opened: Opened
    clinics: tuple[str, ...]
    entries: int


def read_contents(path: Path, way: WayIn) -> Contents:
    """Raises Refused: wrong key, damaged, foreign, newer."""
    opened = look_at(path, way)
    parts = opened.facts.header.parts
    entries = sum(part.rows for part in parts if part.table in _ENTRIES)
    return Contents(opened, clinics_in(opened), entries)
