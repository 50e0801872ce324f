"""Changing the ways in of an open database, and who works here.

In a protected database a person is a row and a slot in the key file. The new slot is written
before the row, the old one dropped after it: interrupted, one password opens the file, and the
next sign-in puts it in order. No change rewrites the database.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection

from inventory.domain.passwords import checked_password
from inventory.domain.roles import Permission, Role
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries.people import PersonRow, person_by_id, person_named
from inventory.services import people, security_log
from inventory.services.entered import Entered
from inventory.services.permits import needs_second, permitted
from inventory.storage.paper_words import PaperKey


def change_password(entered: Entered, stamp: Stamp, person_id: int, password: str) -> None:
    """A person's new password; the old one opens nothing any more."""
    tidy, person = checked_password(password), _person(entered, person_id)
    if entered.master is None:
        entered.database.act(people.set_password, stamp, person_id, tidy)
        return
    before = entered.keys()
    keys = before.with_password(entered.master, person.uid, person.name, tidy)
    entered.write(keys)
    try:
        entered.database.act(people.set_password, stamp, person_id, tidy)
    except Refused as refusal:
        if refusal.trouble is not Trouble.UNCERTAIN:
            entered.write(before)
        raise
    entered.write(keys.only(entered.master, person.uid, keys.passwords[-1]))


def set_new_password(entered: Entered, stamp: Stamp, name: str, password: str) -> PersonRow:
    """After the paper key or the key of the office: a new password for somebody who works here.

    That person is signed in then.
    """
    with entered.database.read() as connection:
        person = person_named(connection, name)
    if person is None or not person.active:
        raise Refused("There is nobody called {name} who works here.", name=name)
    tidy, own = checked_password(password), replace(stamp, user=person.name)
    keys = entered.keys().with_password(entered.key(), person.uid, person.name, tidy)
    entered.write(keys)
    entered.database.act(_set_after_loss, own, person.id, tidy, entered.way)
    entered.write(keys.only(entered.key(), person.uid, keys.passwords[-1]))
    entered.person, entered.must_set_password = person, False
    return person


def add_person(
    entered: Entered, stamp: Stamp, name: str, roles: Collection[Role], password: str
) -> int:
    """Somebody new, who can open the database. Returns the id."""
    person_id = entered.database.act(people.add_person, stamp, name, roles, password)
    _let_in(entered, person_id, password)
    return person_id


def bring_back(
    entered: Entered, stamp: Stamp, person_id: int, roles: Collection[Role], password: str
) -> None:
    """Somebody who had left works here again, with a new password."""
    entered.database.act(people.bring_back, stamp, person_id, roles, password)
    _let_in(entered, person_id, password)


def retire_person(entered: Entered, stamp: Stamp, person_id: int) -> None:
    """Somebody has left: the password opens nothing any more."""
    person = _person(entered, person_id)
    entered.database.act(people.retire_person, stamp, person_id)
    if entered.master is not None:
        entered.write(entered.keys().without_person(entered.master, person.uid))


def make_paper_key(entered: Entered, stamp: Stamp) -> PaperKey:
    """A new paper key, to be printed now: it is kept nowhere.

    One that was made before works on until `paper_key_printed`.
    """
    master = entered.key()
    entered.database.act(_record_key, stamp, SecurityEvent.PAPER_KEY_MADE)
    keys, paper = entered.keys().with_paper(master)
    entered.write(keys)
    return paper


def paper_key_printed(entered: Entered) -> None:
    """The newest paper key is on paper: those before it open nothing any more."""
    entered.write(entered.keys().only_newest_paper(entered.key()))


def set_office_key(entered: Entered, stamp: Stamp, recipient: str | None) -> None:
    """Let an office open this database too, or with None no office."""
    keys = entered.keys().with_office(entered.key(), recipient)
    entered.database.act(_record_key, stamp, SecurityEvent.OFFICE_KEY_SET)
    entered.write(keys)


@permitted(Permission.EXPORT_KEYS)
def _record_key(connection: Connection, stamp: Stamp, event: SecurityEvent) -> None:
    needs_second(connection, stamp, Permission.EXPORT_KEYS)
    security_log.record(connection, stamp, event)


@permitted(Permission.OWN_PASSWORD)
def _set_after_loss(
    connection: Connection, stamp: Stamp, person_id: int, password: str, way: str
) -> None:
    says = {"way": way, "person": stamp.user}
    security_log.record(connection, stamp, SecurityEvent.PAPER_KEY_USED, says)
    people.set_password(connection, stamp, person_id, password)


def _let_in(entered: Entered, person_id: int, password: str) -> None:
    if entered.master is None:
        return
    person = _person(entered, person_id)
    keys = entered.keys().without_person(entered.master, person.uid)
    entered.write(
        keys.with_password(entered.master, person.uid, person.name, checked_password(password))
    )


def _person(entered: Entered, person_id: int) -> PersonRow:
    with entered.database.read() as connection:
        return person_by_id(connection, person_id)
