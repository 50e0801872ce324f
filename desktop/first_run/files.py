"""Where new clinic files go, and whether the practice clinic still has to be made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from inventory.domain.sentence import Refused


def free_path(path: Path) -> Path:
    """The path, or the first numbered one beside it that is not taken."""
    tried, number = path, 1
    while tried.exists():
        number += 1
        tried = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return tried


def practice_is_ready(path: Path, today: date) -> bool:
    """Whether a whole practice clinic was made or used today: what was tried there stays a day."""
    from inventory.queries.clinics import setting
    from inventory.storage.opening import open_database

    if not path.is_file() or date.fromtimestamp(path.stat().st_mtime) != today:
        return False
    try:
        database = open_database(path)
    except Refused:
        return False
    try:
        with database.read() as connection:
            return bool(setting(connection, 0, "practice", False))
    finally:
        database.close()
