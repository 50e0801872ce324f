"""Prepare PostgreSQL for several desks: database, roles, certificate, connection files.

Run on the server by the person who set PostgreSQL up. What is there already is left as it is, so
it can be run as often as one likes; after an update of Amana it brings the tables up to date.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.storage import faults, server_roles, server_settings
from inventory.storage.certificates import checked_host
from inventory.storage.database import connect
from inventory.storage.key_place import CONNECTION_ENDING
from inventory.storage.opening import KNOWN, create_database, open_database, version_of
from inventory.storage.paper_words import PaperKey
from inventory.storage.server_file import ServerPlace, lock_connection
from inventory.storage.server_roles import Admin, Roles
from inventory.storage.server_settings import ToDo
from inventory.storage.whole_file import write_whole

_PASSWORD_BYTES: Final = 24
_PATIENCE_S: Final = 10


@dataclass(frozen=True, slots=True)
class ServePlan:
    """`server` is the administrator's address, `names` what desks call this computer, `lan` the
    network they are in, `desks` who gets a connection file, `folder` where those are written.
    """

    server: str
    names: tuple[str, ...]
    lan: str
    folder: Path
    desks: tuple[str, ...] = ()
    database: str = "amana"
    new_files: bool = False
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DeskFile:
    """A connection file that was written, and the words that open it: shown once, kept nowhere."""

    desk: str
    path: Path
    words: PaperKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Served:
    """What was changed, nothing when all was so already; what is left to do by hand."""

    changed: tuple[Sentence, ...]
    to_do: tuple[ToDo, ...]
    files: tuple[DeskFile, ...]


def serve_setup(plan: ServePlan) -> Served:
    """Make what is missing. Raises Refused, naming the reason, when it cannot be done."""
    names = tuple(dict.fromkeys(checked_host(name) for name in plan.names))
    if not names:
        raise Refused("Give at least one name or address of the server.")
    lan = checked_lan(plan.lan)
    roles = Roles(server_roles.checked_name(plan.database))
    desks = tuple(dict.fromkeys(server_roles.checked_name(desk) for desk in plan.desks))
    changed: list[Sentence] = []
    with administrator(plan) as admin:
        port = server_settings.port(admin)
        if server_roles.make_roles(admin, roles):
            changed.append(sentence("The roles of the database were made."))
        if server_roles.make_database(admin, roles):
            changed.append(sentence("The database {name} was made.", name=roles.database))
        if make_tables(plan, roles):
            changed.append(sentence("The tables were made or brought up to date."))
        with administrator(plan, roles.database) as inside:
            if server_roles.grant(inside, roles):
                changed.append(sentence("The rights of the program were set."))
        secured = server_settings.secure(admin, roles, names, plan.folder)
        changed += secured.changed
        network = server_settings.network(admin, roles, lan)
        changed += network.changed
        files = [
            _desk_file(admin, plan, roles, desk, names[0], port, secured.authority)
            for desk in desks
            if plan.new_files or not server_roles.has_desk(admin, roles, desk)
        ]
    changed += [sentence("A connection file for the desk {desk} was made.", desk=file.desk)
                for file in files]  # fmt: skip
    return Served(tuple(changed), (*secured.to_do, *network.to_do), tuple(files))


def shut_out(plan: ServePlan, desk: str) -> bool:
    """From now on the connection file of that desk opens nothing. False when there was none."""
    roles = Roles(server_roles.checked_name(plan.database))
    with administrator(plan) as admin:
        return server_roles.shut_out(admin, roles, server_roles.checked_name(desk))


def owner_address(server: str, database: str, password: str | None) -> str:
    """The tables' owner, for who may sign in as the administrator."""
    url = _admin_url(server, server_roles.checked_name(database))
    if password is not None:
        url = url.set(password=password)
    url = url.update_query_dict({"options": f"-c role={Roles(database).owner}"})
    return str(url.render_as_string(hide_password=False))


def place_of(server: str, database: str) -> str:
    """What people call a database on a server; no secret is in it."""
    host = _admin_url(server, database).host or socket.gethostname()
    return f"{database} @ {host}"


def administrator(plan: ServePlan, database: str = "") -> Admin:
    """A connection with all rights. Raises Refused when the server does not give it."""
    url = _admin_url(plan.server, database)
    if plan.password is not None:
        url = url.set(password=plan.password)
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        admin = psycopg.connect(text, autocommit=True, connect_timeout=_PATIENCE_S)
    except psycopg.OperationalError as fault:
        raise faults.refused(fault, plan.database) or fault from fault
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row != (True,):
        admin.close()
        raise Refused("This needs the administrator of PostgreSQL, usually called postgres.")
    return admin


def make_tables(plan: ServePlan, roles: Roles) -> bool:
    """Make the tables, or bring them up to date, as their owner. False when they were."""
    address = owner_address(plan.server, roles.database, plan.password)
    with administrator(plan, roles.database) as admin:
        there = admin.execute("SELECT to_regclass('public.alembic_version')").fetchone()
    if there == (None,):
        create_database(address).close()
        return True
    looked = connect(address)
    try:
        current = version_of(looked) == KNOWN[-1]
    finally:
        looked.close()
    open_database(address).close()
    return not current


def checked_lan(lan: str) -> str:
    """A private network, written one way. Raises Refused: no desk works over the internet."""
    try:
        network = ipaddress.ip_network(lan.strip(), strict=False)
    except ValueError:
        raise Refused("{lan} is not a network. Write it like 192.168.1.0/24.", lan=lan) from None
    if not network.is_private or network.prefixlen < 8:
        raise Refused("{lan} is not a network inside a building. Write it like 192.168.1.0/24.",
                      lan=lan)  # fmt: skip
    return str(network)


def _admin_url(server: str, database: str) -> Any:
    try:
        url = make_url(server)
    except ArgumentError:
        url = None
    if url is not None and url.password:
        raise Refused("Do not write the password into the address: others can read it there. "
                      "Give it with --server-password-file.")  # fmt: skip
    if url is None or url.get_backend_name() != "postgresql":
        raise Refused(
            "A database is a file, or an address like postgresql+psycopg://server/database."
        )
    url = url.set(drivername="postgresql+psycopg")
    return url.set(database=database or url.database or "postgres")


def _desk_file(
    admin: Admin, plan: ServePlan, roles: Roles, desk: str, host: str, port: int, authority: bytes
) -> DeskFile:
    """The file first: a role whose password nobody has would be of no use."""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    place = ServerPlace(
        host, port, roles.database, roles.desk(desk), authority.decode("ascii"), password
    )
    content, words = lock_connection(place)
    path = plan.folder / f"{roles.database}-{desk}{CONNECTION_ENDING}"
    try:
        write_whole(path, content)
    except OSError as fault:
        raise Refused("{file} cannot be made in this folder: {reason}.", file=path.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    try:
        server_roles.let_in(admin, roles, desk, password)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return DeskFile(desk, path, words)


def folder_for(given: str | None) -> Path:
    """Where the authority's key and the connection files are kept. Raises Refused."""
    from inventory.storage.locations import data_folder

    folder = data_folder() / "server" if given is None else Path(given).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise Refused("{file} cannot be made in this folder: {reason}.", file=folder.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    return folder
