"""People who work here, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventory.domain.folding import fold
from inventory.domain.roles import Permission, Role, may, roles_of
from inventory.domain.sentence import Refused
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMNS = "id, uid, name, roles, active, pin <> ''"
_PEOPLE = Statement(f"SELECT {_COLUMNS} FROM person ORDER BY active DESC, folded")
_NAMED = Statement(f"SELECT {_COLUMNS} FROM person WHERE folded = :folded")
_BY_ID = Statement(f"SELECT {_COLUMNS} FROM person WHERE id = :id")
_BY_UID = Statement(f"SELECT {_COLUMNS} FROM person WHERE uid = :uid")
_ANY = Statement("SELECT 1 FROM person LIMIT 1")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person; who is not active may no longer sign in, and stays on old papers."""

    id: int
    uid: str
    name: str
    roles: frozenset[Role]
    active: bool
    has_pin: bool

    def may(self, permission: Permission) -> bool:
        return self.active and may(self.roles, permission)


def people(connection: Connection) -> list[PersonRow]:
    """Everyone, those who work here now first, by name."""
    return [_person(row) for row in _PEOPLE.rows(connection, {})]


def has_people(connection: Connection) -> bool:
    """Whether anyone must sign in here."""
    return _ANY.row(connection, {}) is not None


def person_named(connection: Connection, name: str) -> PersonRow | None:
    """The person of that name, however it is spelled, or None."""
    row = _NAMED.row(connection, {"folded": fold(name)})
    return None if row is None else _person(row)


def person_by_id(connection: Connection, person_id: int) -> PersonRow:
    """Raises Refused when there is none."""
    row = _BY_ID.row(connection, {"id": person_id})
    if row is None:
        raise Refused("That person is not in the list any more.")
    return _person(row)


def person_by_uid(connection: Connection, uid: str) -> PersonRow | None:
    """The person a key was made for, or None."""
    row = _BY_UID.row(connection, {"uid": uid})
    return None if row is None else _person(row)


def confirmers(connection: Connection, user: str, besides: str = "") -> list[PersonRow]:
    """Who could confirm what `user` does: other active people, but not whom it concerns."""
    return [person for person in people(connection)
            if person.may(Permission.CONFIRM) and person.name not in (user, besides)]  # fmt: skip


def _person(row: tuple[int, str, str, str, int, int]) -> PersonRow:
    person_id, uid, name, roles, active, has_pin = row
    return PersonRow(person_id, uid, name, roles_of(roles), bool(active), bool(has_pin))
