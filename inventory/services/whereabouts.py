"""Is this the file it seems to be? Asked before anything is written.

A file that was copied back, an older copy, or a file from another computer knows less than the
marks kept outside of it, or was taken into use by another installation. It can be looked at, and
nothing is written until somebody decides to continue with it: in a new stream.

What nothing on a computer can tell: a whole disk that was cloned with the marks on it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import N_, Refused
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics, setting
from inventory.queries.positions import Position, highest_numbers, holds, positions
from inventory.storage.database import Database
from inventory.storage.marks import Mark, Marks
from inventory.storage.opening import open_database

if TYPE_CHECKING:
    from sqlalchemy import Connection

INSTALLATION: Final = "installation"
_NOTE_SECONDS: Final = 1.0


class Finding(StrEnum):
    """What was found when the file was compared with what this computer remembers."""

    FINE = "fine"
    OLDER_COPY = "older_copy"
    OTHER_COMPUTER = "other_computer"


_TOLD = {
    Finding.OLDER_COPY: (
        N_("This file is an older copy: on this computer newer entries were made than it holds. "
           "Nothing was written. Open the newer file, or continue with this copy."),
        Trouble.OLDER_COPY,
    ),
    Finding.OTHER_COMPUTER: (
        N_("This file comes from another computer. Nothing was written. Continue here only if "
           "nobody works with it there any more."),
        Trouble.OTHER_COMPUTER,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`finding`, and why nothing may be written when it is not FINE."""

    finding: Finding

    @property
    def fine(self) -> bool:
        return self.finding is Finding.FINE

    @property
    def refusal(self) -> Refused | None:
        """What an act is refused with; None when all is well."""
        if self.fine:
            return None
        text, trouble = _TOLD[self.finding]
        return Refused(text).because(trouble)


def look(database: Database, state: Path | None = None) -> Whereabouts:
    """Compare a database with what this computer remembers. Nothing is written."""
    return _look(database, Marks(state))[0]


def guard(database: Database, state: Path | None = None) -> Whereabouts:
    """Look, and from now on watch: nothing is written while the finding is not FINE.

    To be called once, right after a database was opened. A file that no installation has taken
    into use yet is taken into use here.
    """
    marks = Marks(state)
    found, holder, there = _look(database, marks)
    if database.look_only:
        return found
    if found.fine and database.is_file:
        _take_into_use(database, marks, holder, there)
    watch = Watch(database, state, found)
    watch.note()
    database.watch = watch
    return found


def _look(database: Database, marks: Marks) -> tuple[Whereabouts, Any, list[Position]]:
    """What is found, who has taken the file into use, and where its open streams stand."""
    with database.read() as connection:
        holder = setting(connection, 0, INSTALLATION, {})
        practice = bool(setting(connection, 0, "practice", False))
        there = _open(connection)
        known = {place.stream: marks.seen(place.stream) for place in there}
        whole = all(holds(connection, place, known[place.stream]) for place in there)
    if not whole:
        # Another window may have written in between: marks are made after writing.
        with database.read() as connection:
            there = _open(connection)
            whole = all(holds(connection, place, known.get(place.stream)) for place in there)
    finding = Finding.FINE
    if not practice and not whole:
        finding = Finding.OLDER_COPY
    elif not practice and database.is_file and _is_elsewhere(holder, there, marks):
        finding = Finding.OTHER_COMPUTER
    return Whereabouts(finding), holder, there


def open_watched(address: str | Path, key: bytes | None = None) -> Database:
    """Open a database and guard it. Raises Refused."""
    database = open_database(address, key=key)
    try:
        guard(database)
    except BaseException:
        database.close()
        raise
    return database


def found_at(database: Database) -> Whereabouts:
    """What the guard of an open database knows now."""
    watch = database.watch
    return watch.found if isinstance(watch, Watch) else Whereabouts(Finding.FINE)


def continue_here(database: Database, stamp: Stamp, state: Path | None = None) -> None:
    """Go on with a copied or older file, in new streams. Raises Refused, or NeedsSecond."""
    before, database.watch = database.watch, None
    found = look(database, state)
    try:
        if found.fine:
            raise Refused("This file is the one that this computer knows. There is nothing to "
                          "decide.")  # fmt: skip
        database.act(_use_case(), stamp, found.finding, Marks(state))
    except BaseException:
        database.watch = before
        raise
    settle_marks(database, state)
    guard(database, state)


def settle_marks(database: Database, state: Path | None = None) -> None:
    """Remember where every stream stands; a closed one must not grow again in any copy."""
    marks = Marks(state)
    with database.read() as connection:
        for place in positions(connection):
            marks.note(place.stream, place.mark, durable=True)
        _note_numbers(connection, marks)


class Watch:
    """Sits in an open database: asked before each act, told after it."""

    def __init__(self, database: Database, state: Path | None, found: Whereabouts) -> None:
        self._database, self._state = database, state
        self._marks, self.found = Marks(state), found
        self._known: dict[str, Mark | None] = {}
        self._due, self._dirty = 0.0, False

    def before(self) -> None:
        """Raises Refused when this file must not be written: a mark changed, and not by us."""
        if self.found.fine and any(
            self._marks.seen(stream) != mark for stream, mark in self._known.items()
        ):
            self.found = look(self._database, self._state)
            self._known = {stream: self._marks.seen(stream) for stream in self._known}
        if self.found.refusal is not None:
            raise self.found.refusal

    def after(self) -> None:
        """Something was written: remember how far, at once or a moment later."""
        self._dirty = True
        if time.monotonic() >= self._due:
            self._try_to_note()
            self._due = time.monotonic() + _NOTE_SECONDS

    def note(self) -> None:
        """Remember how far the file has come."""
        if not self.found.fine:
            return
        with self._database.read() as connection:
            there = _open(connection)
            _note_numbers(connection, self._marks)
        for place in there:
            self._marks.note(place.stream, place.mark)
        self._known = {place.stream: self._marks.seen(place.stream) for place in there}
        self._dirty = False

    def close(self) -> None:
        """The database is about to be closed."""
        if self._dirty:
            self._try_to_note()

    def _try_to_note(self) -> None:
        """What was saved is saved, also when the disk fails a moment later."""
        with suppress(Refused):
            self.note()


def holder_of(connection: Connection, installation: str) -> dict[str, Any]:
    """What the file says of who has taken it into use, and with which streams."""
    return {"id": installation, "streams": [place.stream for place in _open(connection)]}


def _note_numbers(connection: Connection, marks: Marks) -> None:
    for clinic, numbers in highest_numbers(connection).items():
        marks.note_numbers(clinic, numbers)


def _open(connection: Connection) -> list[Position]:
    return [place for place in positions(connection) if place.open]


def _is_elsewhere(holder: Any, there: list[Position], marks: Marks) -> bool:
    """Whether another installation has taken these very streams into use."""
    if not isinstance(holder, dict) or not holder.get("id"):
        return False
    own = marks.installation()
    streams = holder.get("streams", [])
    return bool(own) and holder["id"] != own and any(place.stream in streams for place in there)


def _take_into_use(database: Database, marks: Marks, holder: Any, there: list[Position]) -> None:
    installation = marks.installation()
    known = isinstance(holder, dict) and holder.get("id") == installation
    if not installation or not there:
        return
    if known and all(place.stream in holder.get("streams", []) for place in there):
        return
    from inventory.services.clinics import save_setting

    with database.write() as connection:
        save_setting(connection, 0, INSTALLATION, holder_of(connection, installation))


def _use_case() -> Any:
    """The act of continuing; what it needs is loaded only then."""
    from inventory.services.clinics import save_setting
    from inventory.services.permits import permitted
    from inventory.services.streams import StreamReason, open_next

    @permitted(Permission.CONTINUE)
    def go_on(connection: Connection, stamp: Stamp, finding: Finding, marks: Marks) -> None:
        for clinic in clinics(connection):
            open_next(
                connection, clinic.id, replace(stamp, clinic_id=clinic.id), StreamReason.COPY,
                event=SecurityEvent.COPY_FOUND, says={"found": finding.value}, leap=True,
                above=marks.numbers(clinic.uid),
            )  # fmt: skip
        holder = holder_of(connection, marks.installation())
        save_setting(connection, 0, INSTALLATION, holder)

    return go_on
