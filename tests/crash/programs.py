"""The programs that are recorded. Run under the recorder:

    python -m tests.crash.programs FOLDER NAME=COUNT ...

Each works in FOLDER/NAME and is recorded in FOLDER/NAME.log, with a mark after every commit that
returned: `done` is how many there were, `state` the digest of everything the database then says.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import event

from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.crash.recording import Recorder
from tests.crash.state import digest
from tests.crash.work import KEY, Work
from tests.ready_clinic import furnish

NAME = "clinic.db"
ACTS_A_SITTING = 12
"""Then the program is closed, which empties the journal, and opened again."""

PRAGMAS: Mapping[str, tuple[str, ...]] = {
    "as it is": (),
    "small checkpoints": ("wal_autocheckpoint=20",),
    "synchronous NORMAL": ("synchronous=NORMAL", "wal_autocheckpoint=20"),
    "synchronous OFF": ("synchronous=OFF", "wal_autocheckpoint=20"),
    "journal DELETE, FULL": ("journal_mode=DELETE", "synchronous=FULL"),
    "journal DELETE, EXTRA": ("journal_mode=DELETE", "synchronous=EXTRA"),
}
"""What is set on every connection after what the program sets itself."""


def with_pragmas(database: Database, pragmas: tuple[str, ...]) -> Database:
    def on_connect(raw: Any, _record: object) -> None:
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    event.listen(database.engine, "connect", on_connect)
    database.close()
    return database


def state_of(database: Database) -> str:
    with database.driver() as raw:
        return digest(raw)


def work(folder: Path, log: Path, pragmas: tuple[str, ...], count: int) -> None:
    """A furnished clinic does `count` acts; each is acknowledged when its commit returned."""
    path = folder / NAME
    clinic = furnish(create_database(path, key=KEY))
    clinic.database.close()
    # Opened once to its end: what is recorded begins with a file that was closed in peace.
    clinic.database = with_pragmas(open_database(path, key=KEY), pragmas)
    recorder, acts = Recorder(), Work(clinic, seed=count)
    with recorder.recording(folder, log):
        recorder.mark(done=0, state=state_of(clinic.database))
        for number, act in enumerate(acts.acts(count), 1):
            act.run(clinic.database)
            recorder.mark(done=number, state=state_of(clinic.database))
            if number % ACTS_A_SITTING == 0:
                clinic.database.close()
        clinic.database.close()


def main() -> None:
    here = Path(sys.argv[1])
    for wanted in sys.argv[2:]:
        name, _, count = wanted.partition("=")
        folder = here / name
        folder.mkdir()
        work(folder, here / f"{name}.log", PRAGMAS[name], int(count))


if __name__ == "__main__":
    main()
