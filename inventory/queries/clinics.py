"""Clinics, places and settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


_CLINICS = Statement("SELECT id, uid, name, code, town, colour FROM clinic ORDER BY id")
_PLACES = Statement("""
SELECT id, name FROM place WHERE clinic_id = :clinic AND active = 1 ORDER BY rank, id
""")
_LAST_DAY = Statement("SELECT max(last_day) FROM stream WHERE clinic_id = :clinic")
_SETTING = Statement("SELECT value FROM setting WHERE scope = :scope AND key = :key")


@dataclass(frozen=True, slots=True)
class ClinicRow:
    id: int
    uid: str
    name: str
    code: str
    town: str
    colour: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: int
    name: str


def clinics(connection: Connection) -> list[ClinicRow]:
    """All clinics, oldest first."""
    return [ClinicRow(*row) for row in _CLINICS.rows(connection, {})]


def compared(name: str) -> str:
    """A name as names are compared: without case and without spaces around it."""
    return " ".join(name.split()).casefold()


def clinic_names(connection: Connection, clinic_id: int, name: str) -> Names:
    """The clinic's name in four languages, as far as they are known; `name` is its own."""
    known = {code: said for code, said in setting(connection, clinic_id, "names", {}).items()
             if said}  # fmt: skip
    return Names(**{"en": name, **known})


def clinic_named(connection: Connection, name: str | None) -> ClinicRow:
    """The clinic of that name, or the only one. Raises Refused."""
    all_clinics = clinics(connection)
    if not all_clinics:
        raise Refused("There is no clinic here yet.")
    if name is None and len(all_clinics) == 1:
        return all_clinics[0]
    if name is None:
        raise Refused("There are {n} clinics here. Say which one with --clinic.",
                      n=len(all_clinics))  # fmt: skip
    wanted = compared(name)
    if not wanted:
        raise Refused("The name after --clinic is empty. Write the name of the clinic.")
    for told in (attrgetter("name"), attrgetter("code")):
        for row in all_clinics:
            if compared(told(row)) == wanted:
                return row
    raise Refused("There is no clinic called {name} here.", name=name)


def places(connection: Connection, clinic_id: int) -> list[PlaceRow]:
    """The places of a clinic in the order they are dispensed from."""
    return [PlaceRow(*row) for row in _PLACES.rows(connection, {"clinic": clinic_id})]


def first_place(connection: Connection, clinic_id: int) -> PlaceRow:
    """Where stock goes when nobody says where. Raises Refused when there is no place."""
    there = places(connection, clinic_id)
    if not there:
        raise Refused("This clinic has no place to keep stock. Add one in Settings.")
    return there[0]


def ledger_day(connection: Connection, clinic_id: int, today: date) -> date:
    """Today, or the last day on record when the clock was set back: what a page should show by."""
    ((last,),) = _LAST_DAY.rows(connection, {"clinic": clinic_id})
    return max(today, day_of(last)) if last else today


def setting(connection: Connection, scope: int, key: str, default: Any = None) -> Any:
    """A setting of a clinic (or of the database with scope 0), else the default."""
    row = _SETTING.row(connection, {"scope": scope, "key": key})
    return default if row is None else json.loads(row[0])
