"""What every command knows: which database, which clinic, what day, and how to answer."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any, TypeVar

from uuid6 import uuid7

from inventory.command_line.output import complain, in_words
from inventory.domain.sentence import Refused, Sentence
from inventory.domain.stamp import Stamp
from inventory.queries.clinics import ClinicRow, clinic_named
from inventory.queries.clock import clock_set_back
from inventory.storage.database import Database
from inventory.storage.locations import default_database
from inventory.storage.opening import open_database

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class Context:
    """The options before the command; `address` None is the user's own database."""

    address: str | None
    clinic: str | None
    as_json: bool
    today: date
    now: int

    @property
    def database(self) -> str:
        return str(default_database()) if self.address is None else self.address

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, closed afterwards."""
        database = open_database(self.database)
        try:
            yield database
        finally:
            database.close()

    @property
    def is_there(self) -> bool:
        """Whether there is a database, or one was named and should be."""
        return self.address is not None or Path(self.database).is_file()

    def clinic_row(self, database: Database) -> ClinicRow:
        with database.read() as connection:
            return clinic_named(connection, self.clinic)

    def stamp(self, clinic_id: int) -> Stamp:
        """A fresh act of whoever is logged in to this machine."""
        return Stamp(clinic_id, user_name(), self.today, self.now, uuid7().hex)

    def act(
        self, database: Database, clinic_id: int, use_case: Callable[..., T], *args: Any
    ) -> T:
        """Run a use case; a clock that was set back is told on standard error afterwards."""
        done = database.act(use_case, self.stamp(clinic_id), *args)
        with database.read() as connection:
            warning = clock_set_back(connection, clinic_id, self.today)
        if warning is not None:
            complain(warning)
        return done

    def tell(self, sentence: Sentence) -> str:
        """The command line speaks English: scripts read it."""
        return in_words(sentence)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def make_context(
    address: str | None, clinic: str | None, as_json: bool, today: str | None
) -> Context:
    """Raises Refused when the day is not a date."""
    now = time.time_ns() // 1_000_000
    if today is None:
        return Context(address, clinic, as_json, date.today(), now)
    day = parse_day(today)
    moment = datetime.combine(day, clock_time.min) + timedelta(milliseconds=now % 86_400_000)
    said = int((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
    return Context(address, clinic, as_json, day, said)


def parse_day(text: str) -> date:
    """An ISO date of this time. Raises Refused."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("{text} is not a date. Write it like 2026-11-21.", text=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("The year {year} cannot be right.", year=str(day.year))
    return day
