"""Clinics of a database, their places, and the stream that their ledger begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.clinics import clinics, compared
from inventory.services import chain
from inventory.services.permits import permitted
from inventory.storage import tables

MOST_NAME = 80
CONTROL = {chr(c) for c in (*range(32), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True, slots=True)
class NewClinic:
    """A clinic to begin; `code` goes into order symbols (MOS-014), `places` are shelves' rooms."""

    name: str
    code: str = ""
    town: str = ""
    colour: str = ""
    places: tuple[str, ...] = ("Pharmacy",)


def checked_name(name: str) -> str:
    """A clinic's or place's name: one line, 1 to 80 characters. Raises Refused."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Refused("The name is empty. Write the name of the clinic.")
    if len(tidy) > MOST_NAME:
        raise Refused("The name is longer than {most} characters.", most=MOST_NAME)
    if any(c in CONTROL for c in tidy):
        raise Refused("The name has a character that cannot be shown. Type it again.")
    return tidy


def add_clinic(connection: Connection, clinic: NewClinic, today: date, now: int) -> int:
    """Begin a clinic: its row, its places and an open stream. Returns its id."""
    name = checked_name(clinic.name)
    _refuse_taken(connection, name)
    if not clinic.places:
        raise Refused("A clinic needs a place where stock is kept.")
    uid = uuid7().hex
    clinic_id: int = connection.execute(
        insert(tables.clinic)
        .values(uid=uid, name=name, code=clinic.code or code_from(uid), town=clinic.town,
                colour=clinic.colour, created_at=now)
        .returning(tables.clinic.c.id)
    ).scalar_one()  # fmt: skip
    for rank, place in enumerate(clinic.places):
        add_place(connection, clinic_id, place, rank)
    open_stream(connection, clinic_id, uid, "install", today, now)
    return clinic_id


def code_from(uid: str) -> str:
    """A short code for paper when the authority has given none."""
    return f"C-{uid[-5:].upper()}"


def _refuse_taken(connection: Connection, name: str, clinic_id: int | None = None) -> None:
    if any(row.id != clinic_id and compared(row.name) == compared(name)
           for row in clinics(connection)):  # fmt: skip
        raise Refused("There is already a clinic called {name}.", name=name)


def add_place(connection: Connection, clinic_id: int, name: str, rank: int = 0) -> int:
    """A place where stock is kept; lower rank is dispensed from first on equal expiry."""
    tidy, p = checked_name(name), tables.place.c
    if connection.scalar(select(p.id).where(p.clinic_id == clinic_id, p.name == tidy)) is not None:
        raise Refused("There is already a place called {name}.", name=tidy)
    return int(
        connection.execute(
            insert(tables.place)
            .values(uid=uuid7().hex, clinic_id=clinic_id, name=tidy, rank=rank)
            .returning(tables.place.c.id)
        ).scalar_one()
    )


def open_stream(
    connection: Connection, clinic_id: int, clinic_uid: str, reason: str, today: date, now: int
) -> None:
    """The stream that the clinic's movements on this installation go to."""
    uid = uuid7().hex
    connection.execute(
        insert(tables.stream).values(
            uid=uid, clinic_id=clinic_id, reason=reason, started_at=now,
            head=chain.start(clinic_uid, uid), last_day=date.min, last_recorded_at=0)
    )  # fmt: skip


def change_clinic(connection: Connection, clinic_id: int, **fields: str) -> None:
    """Change name, code, town or colour."""
    if "name" in fields:
        fields["name"] = checked_name(fields["name"])
        _refuse_taken(connection, fields["name"], clinic_id)
    connection.execute(
        update(tables.clinic).where(tables.clinic.c.id == clinic_id).values(**fields)
    )


def save_setting(connection: Connection, scope: int, key: str, value: object) -> None:
    """Keep a setting of a clinic, or of the whole database with scope 0."""
    where = (tables.setting.c.scope == scope) & (tables.setting.c.key == key)
    body = json.dumps(value, ensure_ascii=False, sort_keys=True)
    changed = connection.execute(update(tables.setting).where(where).values(value=body))
    if changed.rowcount == 0:
        connection.execute(insert(tables.setting).values(scope=scope, key=key, value=body))


@dataclass(frozen=True, slots=True)
class ClinicFacts:
    """How a clinic is known: its name, the code on its orders, its town and colour."""

    name: str
    code: str = ""
    town: str = ""
    colour: str = ""


@permitted(Permission.KEEP_CLINIC)
def keep_clinic(connection: Connection, stamp: Stamp, facts: ClinicFacts) -> None:
    """Change the clinic of the stamp. Raises Refused when another has that name."""
    name = checked_name(facts.name)
    _refuse_taken(connection, name, stamp.clinic_id)
    code = facts.code.strip()
    if not code.isprintable() or len(code) > MOST_NAME:
        raise Refused("The code has a character that cannot be printed. Type it again.")
    fields = {"name": name, "town": facts.town, "colour": facts.colour}
    change_clinic(connection, stamp.clinic_id, **fields, **({"code": code} if code else {}))


@permitted(Permission.KEEP_CLINIC)
def keep_paper_names(
    connection: Connection, stamp: Stamp, names: Mapping[str, str], authority: Mapping[str, str]
) -> None:
    """The names of the clinic and of its authority on papers, by language code."""
    save_setting(connection, stamp.clinic_id, "names", dict(names))
    save_setting(connection, stamp.clinic_id, "authority", dict(authority))


@permitted(Permission.PRINT)
def keep_paper_languages(connection: Connection, stamp: Stamp, chosen: Mapping[str, str]) -> None:
    """In which languages this clinic prints, by the name of the setting."""
    for key, code in chosen.items():
        save_setting(connection, stamp.clinic_id, key, code)


@permitted(Permission.ADD_CLINIC)
def add_empty_clinic(connection: Connection, stamp: Stamp, name: str) -> int:
    """Another clinic in this database, with one place. Returns its id."""
    return add_clinic(connection, NewClinic(name), stamp.today, stamp.now)


@permitted(Permission.KEEP_CLINIC)
def new_place(connection: Connection, stamp: Stamp, name: str) -> int:
    """Another place of the stamp's clinic, after those there are. Raises Refused."""
    p = tables.place.c
    there = connection.execute(select(p.name).where(p.clinic_id == stamp.clinic_id)).scalars().all()
    if checked_name(name) in there:
        raise Refused("There is already a place called {name}.", name=name)
    return add_place(connection, stamp.clinic_id, name, len(there))
