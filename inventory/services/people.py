"""People who work here: who they are, what they may do, how they sign in.

There is always one active person who can look after the others.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.folding import fold
from inventory.domain.passwords import checked_password, checked_pin, same_form, same_pin
from inventory.domain.roles import FIRST, Permission, Role, codes_of, may
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.people import (
    PersonRow,
    has_people,
    people,
    person_by_id,
    person_named,
)
from inventory.services import security_log
from inventory.services.clinics import checked_name
from inventory.services.permits import needs_second, permitted, require
from inventory.storage.passwords import fits, hash_password
from inventory.storage.statement import Statement

_LOCK = Statement("SELECT id FROM person ORDER BY id", lock="FOR UPDATE")
_ADD = Statement("""
INSERT INTO person (uid, name, folded, roles, password, changed_at)
VALUES (:uid, :name, :folded, :roles, :password, :now) RETURNING id
""")
_ROLES = Statement("UPDATE person SET roles = :roles, changed_at = :now WHERE id = :id")
_RETIRE = Statement(
    "UPDATE person SET active = 0, password = '', pin = '', changed_at = :now WHERE id = :id"
)
_RETURN = Statement("""
UPDATE person SET active = 1, roles = :roles, password = :password, changed_at = :now
WHERE id = :id
""")
_PASSWORD = Statement("UPDATE person SET password = :hash, changed_at = :now WHERE id = :id")
_PIN = Statement("UPDATE person SET pin = :hash, changed_at = :now WHERE id = :id")
_HASHES = Statement("SELECT password, pin FROM person WHERE id = :id AND active = 1")


@permitted(Permission.PEOPLE)
def add_person(
    connection: Connection, stamp: Stamp, name: str, roles: Collection[Role], password: str
) -> int:
    """Somebody new. Returns the id. The first person of a database can do everything it needs.

    Raises Refused when the name is taken, also by somebody who has left, or the password is weak.
    """
    tidy = _checked_person(connection, name)
    hashed = hash_password(checked_password(password))
    first = not has_people(connection)
    held = codes_of(FIRST.union(roles) if first else _checked_roles(roles))
    if not first:
        needs_second(connection, stamp, Permission.PEOPLE)
    ((person_id,),) = _ADD.rows(
        connection,
        {"uid": uuid7().hex, "name": tidy, "folded": fold(tidy), "roles": held,
         "password": hashed, "now": stamp.now},
    )  # fmt: skip
    _record(connection, stamp, SecurityEvent.PERSON_ADDED, tidy, roles=held)
    return int(person_id)


@permitted(Permission.PEOPLE)
def change_roles(
    connection: Connection, stamp: Stamp, person_id: int, roles: Collection[Role]
) -> None:
    """What somebody may do from now on; a second person, not the one concerned, confirms it."""
    person = _working(connection, person_id)
    held = _checked_roles(roles)
    if held == person.roles:
        return
    if not may(held, Permission.PEOPLE):
        _check_not_last(connection, person)
    needs_second(connection, stamp, Permission.PEOPLE, person.name)
    _ROLES.run(connection, {"id": person.id, "roles": codes_of(held), "now": stamp.now})
    _record(connection, stamp, SecurityEvent.ROLES_CHANGED, person.name, roles=codes_of(held))


@permitted(Permission.PEOPLE)
def retire_person(connection: Connection, stamp: Stamp, person_id: int) -> None:
    """Somebody has left and may no longer sign in; the name stays on what was done."""
    person = _working(connection, person_id)
    _check_not_last(connection, person)
    needs_second(connection, stamp, Permission.PEOPLE, person.name)
    _RETIRE.run(connection, {"id": person.id, "now": stamp.now})
    _record(connection, stamp, SecurityEvent.PERSON_RETIRED, person.name)


@permitted(Permission.PEOPLE)
def bring_back(
    connection: Connection, stamp: Stamp, person_id: int, roles: Collection[Role], password: str
) -> None:
    """Somebody who had left works here again, with a new password."""
    person = person_by_id(connection, person_id)
    if person.active:
        raise Refused("{name} works here already.", name=person.name)
    held = codes_of(_checked_roles(roles))
    hashed = hash_password(checked_password(password))
    needs_second(connection, stamp, Permission.PEOPLE, person.name)
    _RETURN.run(connection, {"id": person.id, "roles": held, "password": hashed,
                             "now": stamp.now})  # fmt: skip
    _record(connection, stamp, SecurityEvent.PERSON_ADDED, person.name, roles=held)


@permitted(Permission.OWN_PASSWORD)
def set_password(connection: Connection, stamp: Stamp, person_id: int, password: str) -> None:
    """The own password; another's only by who looks after people, with a second person."""
    person = _working(connection, person_id)
    hashed = hash_password(checked_password(password))
    _check_own(connection, stamp, person)
    _PASSWORD.run(connection, {"id": person.id, "hash": hashed, "now": stamp.now})
    _record(connection, stamp, SecurityEvent.PASSWORD_CHANGED, person.name)


@permitted(Permission.OWN_PASSWORD)
def set_pin(connection: Connection, stamp: Stamp, person_id: int, pin: str) -> None:
    """The own PIN, or none with an empty one; it only switches between people signed in."""
    person = _working(connection, person_id)
    hashed = hash_password(checked_pin(pin)) if pin.strip() else ""
    _check_own(connection, stamp, person)
    _PIN.run(connection, {"id": person.id, "hash": hashed, "now": stamp.now})
    _record(connection, stamp, SecurityEvent.PIN_CHANGED, person.name)


def authenticate(connection: Connection, name: str, password: str) -> PersonRow:
    """Who it is. Raises Refused in the same words and time whatever of the two was wrong."""
    person = person_named(connection, name)
    row = None if person is None else _HASHES.row(connection, {"id": person.id})
    if not fits(row[0] if row else "", same_form(password)) or person is None:
        raise Refused("The name or the password is wrong.")
    return person


def pin_fits(connection: Connection, person_id: int, pin: str) -> bool:
    """Whether it is the PIN of that person, who still works here."""
    row = _HASHES.row(connection, {"id": person_id})
    return fits(row[1] if row else "", same_pin(pin))


def _checked_person(connection: Connection, name: str) -> str:
    """A name of one line that folds to something nobody else has."""
    if not name.strip():
        raise Refused("The name is empty. Write the name of the person.")
    tidy = checked_name(name)
    if not fold(tidy):
        raise Refused("The name has a character that cannot be shown. Type it again.")
    taken = person_named(connection, tidy)
    if taken is not None and taken.active:
        raise Refused("There is already a person called {name}.", name=taken.name)
    if taken is not None:
        raise Refused("{name} worked here before. Let them come back, or use another name.",
                      name=taken.name)  # fmt: skip
    return tidy


def _checked_roles(roles: Collection[Role]) -> frozenset[Role]:
    if not roles:
        raise Refused("Choose at least one role.")
    return frozenset(roles)


def _working(connection: Connection, person_id: int) -> PersonRow:
    """The person, with all others held still: two managers cannot take each other's role."""
    _LOCK.rows(connection, {})
    person = person_by_id(connection, person_id)
    if not person.active:
        raise Refused("{name} does not work here any more.", name=person.name)
    return person


def _check_not_last(connection: Connection, person: PersonRow) -> None:
    if not person.may(Permission.PEOPLE):
        return
    if not any(other.may(Permission.PEOPLE) and other.id != person.id
               for other in people(connection)):  # fmt: skip
        raise Refused("{name} is the only one here who can look after people. Make somebody else "
                      "manager first.", name=person.name)  # fmt: skip


def _check_own(connection: Connection, stamp: Stamp, person: PersonRow) -> None:
    """Who sets another's password could sign in as them, so somebody else has to know of it."""
    if person.name == stamp.user:
        return
    require(connection, stamp, Permission.PEOPLE)
    needs_second(connection, stamp, Permission.PEOPLE, person.name)


def _record(
    connection: Connection, stamp: Stamp, event: SecurityEvent, name: str, **more: str
) -> None:
    security_log.record(connection, stamp, event, {"person": name, **more})
