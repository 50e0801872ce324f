"""Clinics, places and settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, func, select

from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.storage import tables


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
    c = tables.clinic.c
    rows = connection.execute(select(c.id, c.uid, c.name, c.code, c.town, c.colour).order_by(c.id))
    return [ClinicRow(*row) for row in rows]


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
    p = tables.place.c
    rows = connection.execute(
        select(p.id, p.name).where(p.clinic_id == clinic_id, p.active == 1).order_by(p.rank, p.id)
    )
    return [PlaceRow(*row) for row in rows]


def first_place(connection: Connection, clinic_id: int) -> PlaceRow:
    """Where stock goes when nobody says where. Raises Refused when there is no place."""
    there = places(connection, clinic_id)
    if not there:
        raise Refused("This clinic has no place to keep stock. Add one in Settings.")
    return there[0]


def ledger_day(connection: Connection, clinic_id: int, today: date) -> date:
    """Today, or the last day on record when the clock was set back: what a page should show by."""
    last = connection.scalar(
        select(func.max(tables.stream.c.last_day)).where(tables.stream.c.clinic_id == clinic_id)
    )
    return today if last is None else max(today, last)


def setting(connection: Connection, scope: int, key: str, default: Any = None) -> Any:
    """A setting of a clinic (or of the database with scope 0), else the default."""
    s = tables.setting.c
    body = connection.scalar(select(s.value).where(s.scope == scope, s.key == key))
    return default if body is None else json.loads(body)
