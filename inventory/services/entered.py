"""A database that somebody has entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.people import PersonRow
from inventory.services import security_log
from inventory.services.permits import unguarded
from inventory.storage.database import Database
from inventory.storage.key_file import KeyFile, key_path
from inventory.storage.tries import tries_at


@dataclass(slots=True)
class Entered:
    """An open database and who opened it; `person` None where nobody signs in, or after the
    paper key or the key of the office, when a new password must be set first.
    """

    database: Database
    person: PersonRow | None
    master: bytes | None = field(repr=False)
    address: str
    must_set_password: bool = False
    way: str = ""

    @property
    def is_protected(self) -> bool:
        return self.master is not None

    @property
    def user(self) -> str:
        """The name for stamps; empty where nobody signs in."""
        return "" if self.person is None else self.person.name

    def keys(self) -> KeyFile:
        """As they are on the disk now. Raises Refused when there are none."""
        return KeyFile.read(key_path(self.address))

    def write(self, keys: KeyFile) -> None:
        """Put changed keys in place. Raises Refused; then the old ones stand."""
        keys.write(key_path(self.address))

    def key(self) -> bytes:
        """The random key. Raises Refused where the database is not protected."""
        if self.master is None:
            raise Refused("This database is not locked with a key. Protect it first.")
        return self.master

    def lock(self) -> None:
        """Close the database and drop the key; who wants in again signs in again."""
        self.master = self.person = None
        self.database.close()


def signed_in(entered: Entered, stamp: Stamp) -> None:
    """Write into the security log that this person signed in, and how many tries were wrong."""
    if entered.person is None:
        return
    tries = tries_at(entered.address)
    wrong = tries.untold
    entered.database.act(_record_entry, stamp, wrong, entered.way)
    if wrong:
        tries.told()


def tell_wrong_tries(entered: Entered, stamp: Stamp) -> None:
    """Only the wrong tries, where every command signs in anew."""
    tries = tries_at(entered.address)
    wrong = tries.untold
    if wrong:
        entered.database.act(_record_wrong, stamp, wrong)
        tries.told()


@unguarded("wrong tries are told whoever it was")
def tell_wrong_pins(connection: Connection, stamp: Stamp, name: str, tries: int) -> None:
    """That so many PINs of one person were wrong, where the database is open already."""
    says: security_log.Says = {"count": tries, "person": name}
    security_log.record(connection, stamp, SecurityEvent.SIGN_IN_REFUSED, says)


@unguarded("who signs in has shown the password")
def _record_entry(connection: Connection, stamp: Stamp, wrong: int, way: str) -> None:
    _record_wrong(connection, stamp, wrong)
    says = {"way": way} if way else {}
    security_log.record(connection, stamp, SecurityEvent.SIGNED_IN, says)


@unguarded("wrong tries are told whoever it was")
def _record_wrong(connection: Connection, stamp: Stamp, wrong: int) -> None:
    if wrong:
        security_log.record(connection, stamp, SecurityEvent.SIGN_IN_REFUSED, {"count": wrong})


def address_of(address: str | Path) -> str:
    """One way to write an address; a server's stays as it is."""
    text = str(address)
    return text if "://" in text else str(Path(text).expanduser())
