"""A clinic locked with a key, in which Rana works, and later others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from uuid6 import uuid7

from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.stamp import Stamp
from inventory.queries.people import person_named
from inventory.services import door
from inventory.services.entered import Entered
from inventory.services.setting_up import SetUp, set_up

TODAY = date(2026, 11, 22)
NOW = 1_790_000_000_000
RANA = Login("Rana Qadir", "a quiet long password")


def locked_clinic(folder: Path, login: Login | None = RANA) -> Path:
    """Its database; without a login a plain one."""
    path = folder / "clinic.db"
    set_up(path, SetUp("Al-Zuhoor"), TODAY, NOW, "somebody", login)
    return path


def entered_by(path: Path, login: Login = RANA) -> Entered:
    return door.enter(path, login.name, login.password)


def stamp(user: str = RANA.name, second: str = "") -> Stamp:
    return Stamp(1, user, TODAY, NOW, uuid7().hex, second)


def add(entered: Entered, login: Login, roles: Iterable[Role], second: str = "") -> int:
    """Somebody who works there from now on."""
    return door.add_person(entered, stamp(entered.user, second), login.name, list(roles),
                           login.password)  # fmt: skip


def person_id(entered: Entered, name: str) -> int:
    with entered.database.read() as connection:
        found = person_named(connection, name)
    assert found is not None
    return found.id


def events(entered: Entered) -> list[str]:
    """Kinds of the security log, oldest first."""
    with entered.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT kind FROM security_event ORDER BY seq")
        return [row[0] for row in rows]
