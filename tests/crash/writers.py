"""What writes a file of its own and says that it is done: recorded, and looked at after a cut.

Run under the recorder:  python -m tests.crash.writers FOLDER NAME ...

Each works in FOLDER/NAME, is recorded in FOLDER/NAME.log and leaves in FOLDER/NAME.json what is
needed to look at what came of it: 0 as before, 1 done, and anything else is broken.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

from inventory.services.backing_up import back_up, backups_in, verify_backup
from inventory.services.checking import check
from inventory.services.protecting import plain_copies, protect
from inventory.services.restoring import WayIn, look_at, restore
from inventory.storage import passwords, stretching
from inventory.storage.key_file import KeyFile, database_key, key_path, new_keys
from inventory.storage.key_place import PLAIN, start_of
from inventory.storage.opening import create_database, open_database
from tests.crash.recording import Recorder
from tests.crash.work import KEY
from tests.ready_clinic import TODAY, ReadyClinic, furnish

Facts = dict[str, str]

NAME, NOW = "clinic.db", 1_800_000_000_000
PERSON, PASSWORD = "Samira", "a long password"
CHEAP = stretching.Cost(8, 1, 1)


class Stage:
    """Where a writer works and what it leaves for who looks at it."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self._log, self._recorder = folder, log, Recorder()
        self.facts: Facts = {}
        folder.mkdir()

    @contextmanager
    def recorded(self) -> Iterator[None]:
        with self._recorder.recording(self.folder, self._log):
            self._recorder.mark(done=0)
            yield
            self._recorder.mark(done=1)

    def clinic(self, path: Path, key: bytes | None = None) -> ReadyClinic:
        """A clinic where some work was done."""
        clinic = furnish(create_database(path, key=key))
        clinic.receive("AMOX", 500)
        clinic.dispense("AMOX", 21)
        return clinic


def make_database(stage: Stage) -> None:
    with stage.recorded():
        create_database(stage.folder / NAME, key=KEY).close()


def look_at_database(folder: Path, _facts: Facts) -> int:
    return int((folder / NAME).exists() and is_whole(folder / NAME, KEY))


def write_keys(stage: Stage) -> None:
    keys, master = new_keys()
    path = key_path(stage.folder / NAME)
    keys.write(path)
    changed, _paper = keys.with_paper(master)
    stage.facts = {"old": keys.to_bytes().hex(), "new": changed.to_bytes().hex()}
    with stage.recorded():
        changed.write(path)


def write_keys_naively(stage: Stage) -> None:
    """How a key file must not be written: under its final name, though it is flushed."""
    keys, _master = new_keys()
    path = key_path(stage.folder / NAME)
    stage.facts = {"old": "", "new": keys.to_bytes().hex()}
    with stage.recorded():
        with path.open("wb") as file:
            file.write(keys.to_bytes())
            file.flush()
            os.fsync(file.fileno())
        descriptor = os.open(stage.folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def look_at_keys(folder: Path, facts: Facts) -> int:
    path = key_path(folder / NAME)
    if not facts["old"] and not path.exists():
        return 0
    return [facts["old"], facts["new"]].index(KeyFile.read(path).to_bytes().hex())


def write_backup(stage: Stage) -> None:
    keys, master = new_keys()
    clinic = stage.clinic(stage.folder.with_suffix(".source"), KEY)
    stick = stage.folder / "stick"
    stick.mkdir()
    state = stage.folder.with_suffix(".state")

    def make(now: int) -> None:
        back_up(clinic.database, master, keys.to_bytes(), stick, now, TODAY, state=state)

    stage.facts = {"master": master.hex()}
    make(NOW)
    clinic.dispense("AMOX", 10)
    with stage.recorded():
        make(NOW + 3_600_000)
    clinic.database.close()


def look_at_backups(folder: Path, facts: Facts) -> int:
    """The older one is always there, and each one that is there is whole."""
    found = backups_in(folder / "stick")
    for _name, path in found:
        verify_backup(path, bytes.fromhex(facts["master"]))
    return len(found) - 1 if found else -1


def lock_plain_file(stage: Stage) -> None:
    path = stage.folder / NAME
    stage.clinic(path).database.close()
    with stage.recorded():
        protect(path, PERSON, PASSWORD, date(2026, 11, 22), NOW)


def look_at_locked(folder: Path, _facts: Facts) -> int:
    """The plain file, or the locked one that opens with a password and the plain one beside it."""
    path = folder / NAME
    if start_of(path) == PLAIN:
        return 0 if is_whole(path, None) else -1
    master = KeyFile.read(key_path(path)).unlock(PERSON, PASSWORD).master
    (kept,) = plain_copies(path)
    return 1 if is_whole(path, database_key(master)) and is_whole(kept, None) else -1


def restore_over(stage: Stage) -> None:
    """Yesterday's backup takes the place of today's database."""
    path, stick = stage.folder / NAME, stage.folder.with_suffix(".stick")
    state = stage.folder.with_suffix(".state")
    stick.mkdir()
    bare, master = new_keys()
    keys, paper = bare.with_paper(master)
    keys.write(key_path(path))
    clinic = stage.clinic(path, database_key(master))
    made = back_up(clinic.database, master, keys.to_bytes(), stick, NOW, TODAY, state=state)
    clinic.dispense("AMOX", 10)
    clinic.database.close()
    opened = look_at(made.path, WayIn(paper=" ".join(paper.words)))
    stage.facts = {"paper": " ".join(paper.words)}
    with stage.recorded():
        restore(opened, path, today=TODAY, now=NOW + 3_600_000, user="pharmacist", state=state)


def look_at_restored(folder: Path, facts: Facts) -> int:
    """The old one, the restored one with the old one beside it, or only the old one beside it."""
    path, found = folder / NAME, []
    for place in (path, *folder.glob("*-before-restore-*.db")):
        if place.exists():
            master = KeyFile.read(key_path(place)).unlock_paper(facts["paper"]).master
            if not is_whole(place, database_key(master)):
                return -1
            found.append(place)
    return 1 if path in found and len(found) == 2 else 0 if len(found) == 1 else -1


def is_whole(path: Path, key: bytes | None) -> bool:
    database = open_database(path, key=key)
    try:
        with database.read() as connection:
            return not check(connection)
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class Writer:
    """How it writes, and how to see what came of it."""

    write: Callable[[Stage], None]
    look: Callable[[Path, Facts], int]


WRITERS: Mapping[str, Writer] = {
    "new database": Writer(make_database, look_at_database),
    "key file": Writer(write_keys, look_at_keys),
    "backup": Writer(write_backup, look_at_backups),
    "conversion": Writer(lock_plain_file, look_at_locked),
    "restore": Writer(restore_over, look_at_restored),
    "naive key file": Writer(write_keys_naively, look_at_keys),
}


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Hundreds of images are unlocked with a password; what it costs is proven elsewhere."""
    with (
        patch.object(passwords, "_cost", passwords.Cost(8, 1, 1)),
        patch.object(stretching, "FLOOR", CHEAP),
        patch.object(stretching, "calibrated", lambda: CHEAP),
    ):
        yield


def main() -> None:
    here = Path(sys.argv[1])
    with cheap_passwords():
        for name in sys.argv[2:]:
            stage = Stage(here / name, here / f"{name}.log")
            WRITERS[name].write(stage)
            (here / f"{name}.json").write_text(json.dumps(stage.facts), encoding="utf-8")


if __name__ == "__main__":
    main()
