"""The way in: is a database locked, who is it, and may they come in?

A wrong try is counted before it is made and slows down the next one. What this module gives
away is an open database and the person; nothing else in the program opens a protected one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inventory.domain.login import Login
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.people import PersonRow, has_people, person_by_uid
from inventory.services.connecting import renewed
from inventory.services.entered import Entered, address_of, signed_in, tell_wrong_tries
from inventory.services.keeping_keys import (
    add_person,
    bring_back,
    change_password,
    make_paper_key,
    paper_key_printed,
    retire_person,
    set_new_password,
    set_office_key,
)
from inventory.services.people import authenticate
from inventory.services.protecting import Protected, forget_old, plain_copies, protect
from inventory.services.whereabouts import open_watched
from inventory.storage.database import Database, connect
from inventory.storage.key_file import KeyFile, Unlocked, WrongKey, database_key, key_path
from inventory.storage.key_place import is_locked, is_server_file
from inventory.storage.statement import Statement
from inventory.storage.tries import tries_at, wait_sentence

__all__ = [
    "Entered", "Login", "Protected", "add_person", "bring_back", "change_password", "confirm",
    "enter", "enter_open", "enter_with_office", "enter_with_paper", "forget_old", "is_locked",
    "make_paper_key", "needs_sign_in", "paper_key_printed", "plain_copies", "protect",
    "retire_person", "set_new_password", "set_office_key", "signed_in", "tell_wrong_tries",
    "wait_left", "wait_sentence",
]  # fmt: skip

_PERSONS = Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'person'")
_PERSONS_THERE = Statement("""
SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'person'
""")


def needs_sign_in(address: str | Path) -> bool:
    """Whether somebody must sign in: the file is locked, or people are named in it."""
    if is_locked(address):
        return True
    if "://" not in str(address) and not Path(address).expanduser().is_file():
        return False
    database = connect(address)
    try:
        return _has_people(database)
    finally:
        database.close()


def wait_left(address: str | Path) -> int:
    """Seconds until the next try; 0 when one may be made."""
    return tries_at(address).wait_left()


def enter(address: str | Path, name: str, password: str) -> Entered:
    """Open a database for that person. Raises Refused: wrong, too many tries, or a trouble."""
    place = address_of(address)
    if not is_locked(place):
        return _enter_unlocked(place, name, password)
    keys = KeyFile.read(key_path(place))
    with tries_at(place).one(WrongKey):
        unlocked = keys.unlock(name, password)
    entered = _open(place, unlocked)
    try:
        _settle(entered, keys, unlocked, password)
    except BaseException:
        entered.lock()
        raise
    return entered


def enter_open(address: str | Path) -> Entered:
    """Open a database in which nobody signs in. Raises Refused when somebody must."""
    place = address_of(address)
    if is_locked(place):
        raise _sign_in_first()
    database = open_watched(place)
    if _has_people(database):
        database.close()
        raise _sign_in_first()
    return Entered(database, None, None, place)


def enter_with_paper(address: str | Path, text: str) -> Entered:
    """Open with the words of the paper key, their numbers, or what its symbol says.

    The first thing to do is `set_new_password`.
    """
    return _enter_by(address, "paper", lambda keys: keys.unlock_paper(text))


def enter_with_office(address: str | Path, identity: str) -> Entered:
    """Open with the secret key of the office; then `set_new_password`."""
    return _enter_by(address, "office", lambda keys: keys.unlock_office(identity))


def confirm(entered: Entered, name: str, password: str) -> PersonRow:
    """Who it is, where the database is open already: another person, or a second one.

    Somebody whose password did not open the file yet can open it from now on.
    """
    with tries_at(entered.address).one(Refused), entered.database.read() as connection:
        person = authenticate(connection, name, password)
    if entered.master is not None:
        keys = entered.keys()
        if is_server_file(entered.address):
            keys = renewed(keys, entered.master, person, password) or keys
            entered.write(keys)
        elif not keys.slots_of(entered.master, person.uid):
            entered.write(keys.with_password(entered.master, person.uid, person.name, password))
    return person


def _enter_unlocked(place: str, name: str, password: str) -> Entered:
    database = open_watched(place)
    try:
        if not _has_people(database):
            return Entered(database, None, None, place)
        with tries_at(place).one(Refused), database.read() as connection:
            person = authenticate(connection, name, password)
    except BaseException:
        database.close()
        raise
    return Entered(database, person, None, place)


def _enter_by(address: str | Path, way: str, unlock: Callable[[KeyFile], Unlocked]) -> Entered:
    place = address_of(address)
    if not is_locked(place):
        raise Refused("This database is not locked with a key.")
    keys = KeyFile.read(key_path(place))
    with tries_at(place).one(WrongKey):
        unlocked = unlock(keys)
    entered = _open(place, unlocked)
    entered.must_set_password, entered.way = True, way
    _mend(entered, keys)
    return entered


def _open(place: str, unlocked: Unlocked) -> Entered:
    return Entered(open_watched(place, database_key(unlocked.master)), None,
                   unlocked.master, place)  # fmt: skip


def _settle(entered: Entered, keys: KeyFile, unlocked: Unlocked, password: str) -> None:
    """Who it is. What an interruption left in the key file is put in order."""
    master, uid = unlocked.master, unlocked.person_uid
    with entered.database.read() as connection:
        person = person_by_uid(connection, uid)
    if person is None or not person.active:
        if not entered.database.look_only:
            entered.write(keys.without_person(master, uid))
        raise WrongKey("The name or the password is wrong.")
    slot = unlocked.slot if len(keys.slots_of(master, uid)) > 1 else None
    if slot is not None or is_server_file(entered.address):
        # A change of password was interrupted, or made at another desk: what the database says
        # is the password.
        with entered.database.read() as connection:
            authenticate(connection, person.name, password)
    if slot is not None:
        keys = keys.only(master, uid, slot)
    _mend(entered, keys)
    entered.person = person


def _mend(entered: Entered, keys: KeyFile) -> None:
    """What was read stands in both places again, where anything can be written."""
    if not entered.database.look_only and not keys.stands_twice(key_path(entered.address)):
        entered.write(keys)


def _has_people(database: Database) -> bool:
    there = _PERSONS if database.is_file else _PERSONS_THERE
    with database.read() as connection:
        return there.row(connection, {}) is not None and has_people(connection)


def _sign_in_first() -> Refused:
    return Refused("Sign in to open this database.").because(Trouble.LOCKED)
