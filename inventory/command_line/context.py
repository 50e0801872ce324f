"""What every command knows: which database, which clinic, what day, and how to answer."""

from __future__ import annotations

import getpass
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from uuid6 import uuid7

from inventory.domain.sentence import Refused, Sentence
from inventory.domain.stamp import Stamp
from inventory.language import Language, language
from inventory.queries.clinics import ClinicRow, clinic_named, setting
from inventory.storage.database import Database
from inventory.storage.locations import default_database
from inventory.storage.opening import open_database


@dataclass(frozen=True, slots=True)
class Context:
    """The options before the command."""

    address: str
    clinic: str | None
    as_json: bool
    today: date
    now: int

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, closed afterwards."""
        database = open_database(self.address)
        try:
            yield database
        finally:
            database.close()

    def clinic_row(self, database: Database) -> ClinicRow:
        with database.read() as connection:
            return clinic_named(connection, self.clinic)

    def stamp(self, clinic_id: int) -> Stamp:
        """A fresh act of whoever is logged in to this machine."""
        return Stamp(clinic_id, user_name(), self.today, self.now, uuid7().hex)

    def words(self) -> Language:
        """The command line speaks English: scripts read it."""
        return language("en")

    def tell(self, sentence: Sentence) -> str:
        return self.words().tell(sentence)


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
        return Context(address or str(default_database()), clinic, as_json, date.today(), now)
    day = parse_day(today)
    moment = datetime.combine(day, clock_time.min) + timedelta(milliseconds=now % 86_400_000)
    said = int((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
    return Context(address or str(default_database()), clinic, as_json, day, said)


def parse_day(text: str) -> date:
    """An ISO date. Raises Refused."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("{text} is not a date. Write it like 2026-11-21.", text=text) from None


def paper_language(database: Database, clinic_id: int, chosen: str | None) -> str:
    """The language a form is printed in: the one asked for, else the clinic's."""
    if chosen is not None:
        return chosen
    with database.read() as connection:
        return str(setting(connection, clinic_id, "language", "en"))
