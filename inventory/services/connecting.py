"""Bring a desk to its server, and let people of the clinic in there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from inventory.domain.login import Login
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.people import PersonRow, has_people
from inventory.services.people import authenticate
from inventory.storage.database import Database
from inventory.storage.key_file import KeyFile, database_key, key_path, new_keys
from inventory.storage.key_place import SERVER_ENDING, set_aside
from inventory.storage.opening import open_database
from inventory.storage.server_file import ServerPlace, keep_server, open_connection
from inventory.storage.tries import tries_at


def connect_desk(
    connection_file: Path, words: str, folder: Path, login: Login | None = None
) -> Path:
    """Open a connection file and keep in `folder` what leads this desk to its server.

    The server must answer, and somebody who works there must sign in: their password then opens
    it at this desk, and other people are let in by who is. Returns the file to open from now on.
    Raises Refused with nothing kept.
    """
    place = open_connection(connection_file, words)
    path = folder / f"{place.database}{SERVER_ENDING}"
    with tempfile.TemporaryDirectory(prefix="amana-") as aside:
        authority = Path(aside, "authority.pem")
        authority.write_text(place.authority, encoding="ascii")
        database = open_database(place.address(authority))
        try:
            person = _who(database, login, path)
        finally:
            database.close()
    _keep(path, place, person, login)
    return path


def _who(database: Database, login: Login | None, path: Path) -> PersonRow | None:
    """None where nobody signs in."""
    with database.read() as connection:
        if not has_people(connection):
            return None
        if login is None:
            raise Refused("Sign in to open this database.").because(Trouble.LOCKED)
        with tries_at(str(path)).one(Refused):
            return authenticate(connection, login.name, login.password)


def _keep(path: Path, place: ServerPlace, person: PersonRow | None, login: Login | None) -> None:
    try:
        set_aside(path)
        if person is None or login is None:
            keep_server(path, place, None)
            return
        empty, master = new_keys()
        keys = empty.with_password(master, person.uid, person.name, login.password)
        keys.write(key_path(path))
        keep_server(path, place, database_key(master))
    except OSError as fault:
        raise Refused("{file} cannot be made in this folder: {reason}.", file=path.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip


def renewed(keys: KeyFile, master: bytes, person: PersonRow, password: str) -> KeyFile | None:
    """The keys of a desk after its server let somebody in with this password.

    A password that was changed at another desk opens this one from now on, and the old one no
    more. None when nothing is to be written.
    """
    slots = keys.slots_of(master, person.uid)
    if any(slot.open(keys.uid, person.name, password) is not None for slot in slots):
        return None
    more = keys.with_password(master, person.uid, person.name, password)
    return more.only(master, person.uid, more.passwords[-1])
