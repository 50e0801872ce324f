"""What every command knows: which database, which clinic, what day, and how to answer."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from uuid6 import uuid7

from inventory.command_line.logins import Logins
from inventory.command_line.output import complain, in_words
from inventory.domain.sentence import Refused, Sentence
from inventory.domain.stamp import Stamp
from inventory.queries.clinics import ClinicRow, clinic_named, clinics
from inventory.queries.clock import clock_set_back
from inventory.queries.people import has_people
from inventory.services.whereabouts import found_at, open_watched
from inventory.storage.database import Database
from inventory.storage.key_place import is_locked
from inventory.storage.locations import default_database

if TYPE_CHECKING:
    from inventory.services.entered import Entered

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(slots=True)
class Context:
    """The options before the command; `address` None is the user's own database.

    `within` is what somebody signed in to, while it is open.
    """

    address: str | None
    clinic: str | None
    as_json: bool
    today: date
    now: int
    logins: Logins = field(default_factory=Logins)
    within: Entered | None = None

    @property
    def database(self) -> str:
        return str(default_database()) if self.address is None else self.address

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, closed afterwards; who must sign in does."""
        if not is_locked(self.database):
            database = open_watched(self.database)
            try:
                with database.read() as connection:
                    anybody = not has_people(connection)
                if anybody:
                    yield database
                    return
            finally:
                database.close()
        with self.entered() as entered:
            yield entered.database

    @contextmanager
    def entered(self) -> Iterator[Entered]:
        """The same with who signed in and the key, for commands about people and keys."""
        # Keys are loaded only where there are some.
        from inventory.services import door

        if door.needs_sign_in(self.database):
            login = self.logins.user()
            self.within = door.enter(self.database, login.name, login.password)
        else:
            self.within = door.enter_open(self.database)
        try:
            self._tell_wrong_tries(self.within)
            yield self.within
        finally:
            self.within.lock()
            self.within = None

    def _tell_wrong_tries(self, entered: Entered) -> None:
        from inventory.services.door import tell_wrong_tries

        database = entered.database
        if entered.person is None or database.look_only or not found_at(database).fine:
            return
        with database.read() as connection:
            first = clinics(connection)[0]
        tell_wrong_tries(entered, self.stamp(first.id))

    @property
    def is_there(self) -> bool:
        """Whether there is a database, or one was named and should be."""
        return self.address is not None or Path(self.database).is_file()

    def clinic_row(self, database: Database) -> ClinicRow:
        with database.read() as connection:
            return clinic_named(connection, self.clinic)

    def stamp(self, clinic_id: int) -> Stamp:
        """A fresh act of who signed in, else of whoever is logged in to this machine."""
        signed_in = None if self.within is None else self.within.person
        user = user_name() if signed_in is None else signed_in.name
        return Stamp(clinic_id, user, self.today, self.now, uuid7().hex)

    def act(
        self, database: Database, clinic_id: int, use_case: Callable[..., T], *args: Any
    ) -> T:
        """Run a use case; a clock that was set back is told on standard error afterwards."""
        done = self.confirmed(clinic_id, lambda stamp: database.act(use_case, stamp, *args))
        with database.read() as connection:
            warning = clock_set_back(connection, clinic_id, self.today)
        if warning is not None:
            complain(warning)
        return done

    def confirmed(self, clinic_id: int, do: Callable[[Stamp], T]) -> T:
        """Do it; when a second person has to confirm it and signs in, do it in both names."""
        from inventory.services.permits import NeedsSecond

        stamp = self.stamp(clinic_id)
        try:
            return do(stamp)
        except NeedsSecond as asked:
            login = self.logins.second(asked.sentence)
            if login is None or self.within is None:
                raise
        from inventory.services.door import confirm

        second = confirm(self.within, login.name, login.password)
        return do(replace(stamp, second=second.name))

    def tell(self, sentence: Sentence) -> str:
        """The command line speaks English: scripts read it."""
        return in_words(sentence)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def make_context(
    address: str | None,
    clinic: str | None,
    as_json: bool,
    today: str | None,
    logins: Logins,
) -> Context:
    """Raises Refused when the day is not a date."""
    now = time.time_ns() // 1_000_000
    if today is None:
        return Context(address, clinic, as_json, date.today(), now, logins)
    day = parse_day(today)
    moment = datetime.combine(day, clock_time.min) + timedelta(milliseconds=now % 86_400_000)
    said = int((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
    return Context(address, clinic, as_json, day, said, logins)


def parse_day(text: str) -> date:
    """An ISO date of this time. Raises Refused."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("{text} is not a date. Write it like 2026-11-21.", text=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("The year {year} cannot be right.", year=str(day.year))
    return day
