"""A new database with its first clinic, and its first list of items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.login import Login
from inventory.domain.passwords import checked_password
from inventory.domain.stamp import Stamp
from inventory.queries.people import person_by_id
from inventory.services import clinics
from inventory.services.importing import import_items, plan_items
from inventory.services.people import add_person
from inventory.services.whereabouts import INSTALLATION, holder_of
from inventory.storage.key_file import KeyFile, database_key, key_path, new_keys
from inventory.storage.key_place import set_aside
from inventory.storage.marks import Marks
from inventory.storage.opening import create_database

STARTER = "starter"
CATALOGUES = Path(__file__).parents[2] / "resources" / "catalogues"


@dataclass(frozen=True, slots=True)
class SetUp:
    """`catalogue` is 'starter', the path of a file of items, or None for an empty list."""

    clinic: str
    language: str = "en"
    catalogue: str | None = None
    town: str = ""
    colour: str = ""
    places: tuple[str, ...] = ("Pharmacy",)


def set_up(
    address: str | Path,
    wanted: SetUp,
    today: date,
    now: int,
    user: str = "",
    login: Login | None = None,
) -> dict[str, Any]:
    """Make the database. Raises Refused, leaving nothing behind, when something is wrong.

    With a login a file is locked with a key, and the login's name is its first person. Without
    one nobody signs in, and anybody who has the file can read it.
    """
    clinics.checked_name(wanted.clinic)
    items, first = 0, _First(address, login)

    def fill(connection: Connection) -> None:
        nonlocal items
        clinic_id = clinics.add_clinic(
            connection,
            clinics.NewClinic(wanted.clinic, town=wanted.town, colour=wanted.colour,
                              places=wanted.places),
            today, now,
        )  # fmt: skip
        by = first.add(connection, Stamp(clinic_id, user, today, now, uuid7().hex))
        clinics.save_setting(connection, clinic_id, "language", wanted.language)
        clinics.save_setting(connection, 0, "language", wanted.language)
        if wanted.catalogue is not None:
            plan = plan_items(connection, clinic_id, catalogue_path(wanted.catalogue), today)
            import_items(connection, replace(by, request=uuid7().hex), plan)
            items = len(plan.added)
        if "://" not in str(address):
            holder = holder_of(connection, Marks().installation())
            clinics.save_setting(connection, 0, INSTALLATION, holder)

    create_database(address, key=first.key, fill=fill, just_before=first.write).close()
    made = {"clinic": wanted.clinic, "database": str(address), "items": items}
    return {**made, "protected": first.key is not None}


class _First:
    """The first person of a new database, and the key file that lets this person in."""

    def __init__(self, address: str | Path, login: Login | None) -> None:
        self._address, self._login = address, login
        self._keys: KeyFile | None = None
        self._master = b""
        if login is None:
            return
        clinics.checked_name(login.name)
        checked_password(login.password)
        if "://" not in str(address):
            self._keys, self._master = new_keys()

    @property
    def key(self) -> bytes | None:
        return None if self._keys is None else database_key(self._master)

    def add(self, connection: Connection, stamp: Stamp) -> Stamp:
        """Everything else is written in this person's name."""
        if self._login is None:
            return stamp
        name, password = clinics.checked_name(self._login.name), self._login.password
        stamp = replace(stamp, user=name)
        person = person_by_id(connection, add_person(connection, stamp, name, (), password))
        if self._keys is not None:
            self._keys = self._keys.with_password(self._master, person.uid, person.name, password)
        return stamp

    def write(self) -> None:
        """The keys are there before the file that they open."""
        if self._keys is not None:
            set_aside(self._address)
            self._keys.write(key_path(self._address))


def catalogue_path(catalogue: str) -> Path:
    """The file of a catalogue: our own starter, or the path that was given."""
    return CATALOGUES / "starter.csv" if catalogue == STARTER else Path(catalogue)
