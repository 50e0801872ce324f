"""A lost key file is had back from any backup: each carries a copy."""

from __future__ import annotations

from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services.entered import address_of
from inventory.services.restoring import WayIn
from inventory.storage.backup_file import wrapping_of
from inventory.storage.key_file import (
    KeyFile,
    KeyFileDamaged,
    KeyFileLost,
    WrongKey,
    database_key,
    key_path,
)
from inventory.storage.key_place import is_locked, set_aside
from inventory.storage.opening import open_database
from inventory.storage.tries import tries_at


def put_back_keys(address: str | Path, backup: Path, way: WayIn) -> None:
    """Put the key file of a backup beside its database, whose own is lost or damaged.

    What opens the backup opens the database again: passwords are those of the backup's day.
    Raises Refused when the keys are there, or the backup is of another database.
    """
    place = address_of(address)
    if not is_locked(place) or _is_there(place):
        raise Refused("The key file of this database is in its place. Nothing was changed.")
    wrapping = wrapping_of(backup)
    if not wrapping.locked:
        raise Refused("This backup is not locked, so it carries no key. Nothing was changed.")
    keys = KeyFile.from_bytes(wrapping.key_file)
    with tries_at(place).one(WrongKey):
        unlocked = way.open(keys)
    _check_it_opens(place, unlocked.master)
    set_aside(place)
    keys.write(key_path(place))


def _is_there(place: str) -> bool:
    try:
        KeyFile.read(key_path(place))
    except (KeyFileLost, KeyFileDamaged):
        return False
    return True


def _check_it_opens(place: str, master: bytes) -> None:
    try:
        open_database(place, key=database_key(master)).close()
    except Refused as refusal:
        if refusal.trouble is Trouble.WRONG_KEY:
            raise Refused("This backup is of another database. Nothing was changed.") from refusal
        raise
