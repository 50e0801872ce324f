"""The programs that are recorded. Run under the recorder:

    python -m tests.crash.programs FOLDER NAME=COUNT ...

Each works in FOLDER/NAME and is recorded in FOLDER/NAME.log, with a mark after every commit that
returned: `done` is how many there were, `state` the digest of everything the database then says.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from inventory.domain.sentence import Refused
from inventory.storage import shaken
from inventory.storage.database import Database
from inventory.storage.opening import create_database, open_database
from tests.crash.recording import Calls, Recorder
from tests.crash.state import digest
from tests.crash.work import KEY, Act, Work
from tests.ready_clinic import furnish

NAME = "clinic.db"
ACTS_A_SITTING = 12
"""Then the program is closed, which empties the journal, and opened again."""


@dataclass(frozen=True, slots=True)
class Program:
    """What is set on every connection after what the program sets itself, and what befalls it.

    `failing`: every third act meets a flush that fails. `believing`: it then trusts the next one.
    """

    pragmas: tuple[str, ...] = ()
    failing: bool = False
    believing: bool = False


PROGRAMS: Mapping[str, Program] = {
    "as it is": Program(),
    "small checkpoints": Program(("wal_autocheckpoint=20",)),
    "flushes fail": Program(failing=True),
    "failed flush believed": Program(failing=True, believing=True),
    "synchronous NORMAL": Program(("synchronous=NORMAL", "wal_autocheckpoint=20")),
    "synchronous OFF": Program(("synchronous=OFF", "wal_autocheckpoint=20")),
    "journal DELETE, FULL": Program(("journal_mode=DELETE", "synchronous=FULL")),
    "journal DELETE, EXTRA": Program(("journal_mode=DELETE", "synchronous=EXTRA")),
}


def with_pragmas(database: Database, pragmas: tuple[str, ...]) -> Database:
    def on_connect(raw: Any, _record: object) -> None:
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    event.listen(database.engine, "connect", on_connect)
    database.engine.dispose()
    return database


def state_of(database: Database) -> str:
    with database.driver() as raw:
        return digest(raw)


def work(folder: Path, log: Path, program: Program, count: int) -> None:
    """A furnished clinic does `count` acts; each is acknowledged when its commit returned."""
    path = folder / NAME
    clinic = furnish(create_database(path, key=KEY))
    clinic.database.close()
    # Opened once to its end: what is recorded begins with a file that was closed in peace.
    clinic.database = with_pragmas(open_database(path, key=KEY), program.pragmas)
    recorder, acts = Recorder(), Work(clinic, seed=count)
    with recorder.recording(folder, log):
        recorder.mark(done=0, state=state_of(clinic.database))
        for number, act in enumerate(acts.acts(count), 1):
            if program.failing and number % 3 == 0:
                _pressed_while_flushes_fail(recorder, act, clinic.database, lasting=number % 2)
            else:
                act.run(clinic.database)
            recorder.mark(done=number, state=state_of(clinic.database))
            if number % ACTS_A_SITTING == 0:
                clinic.database.engine.dispose()
        clinic.database.close()


def _pressed_while_flushes_fail(
    recorder: Recorder, act: Act, database: Database, *, lasting: int
) -> None:
    """A person presses the key, is told that it is not certain, and presses again later."""
    recorder.fail(1, errno.EIO, Calls.SYNCS, lasting=bool(lasting))
    try:
        act.run(database)
    except Refused:
        recorder.count(Calls.SYNCS)
        act.run(database)
    recorder.count(Calls.SYNCS)


def main() -> None:
    here = Path(sys.argv[1])
    for wanted in sys.argv[2:]:
        name, _, count = wanted.partition("=")
        folder = here / name
        folder.mkdir()
        program = PROGRAMS[name]
        with patch.object(shaken, "_write_again", _believe) if program.believing else nullcontext():
            work(folder, here / f"{name}.log", program, int(count))


def _believe(_file: Path, _key: bytes) -> None:
    """What a program does that takes the next flush at its word."""


if __name__ == "__main__":
    main()
