"""What PostgreSQL itself must be told: its certificate, where it listens, whom it lets in.

Settings that may be changed by a command are changed; whatever needs the files of the server is
written when this computer is the server, else it is said exactly what to do.
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.storage.certificates import (
    Pair,
    belong_together,
    make_authority,
    make_server,
    names_in,
)
from inventory.storage.server_roles import Admin, Roles
from inventory.storage.whole_file import write_whole

_SERVER: Final = "amana-server"
_AUTHORITY: Final = "amana-authority"
_DESK_NEEDS: Final = 4
_KEPT_FREE: Final = 10


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do by hand, and the lines to type or to add."""

    words: Sentence
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What was changed, what is left to do, and the certificate every desk must trust."""

    changed: tuple[Sentence, ...]
    to_do: tuple[ToDo, ...]
    authority: bytes = b""


def port(admin: Admin) -> int:
    return int(_shown(admin, "port"))


def secure(admin: Admin, roles: Roles, names: Sequence[str], folder: Path) -> Settled:
    """A certificate for these names, and TLS switched on."""
    authority, fresh = _authority(folder)
    pair = _server_pair(authority, folder, names)
    changed: list[Sentence] = []
    to_do: list[ToDo] = []
    if fresh:
        changed.append(sentence("An authority for this server was made."))
        if _desks(admin, roles):
            to_do.append(ToDo(sentence(
                "Connection files that were made before do not fit it. Make new ones for all "
                "desks with --new-files.")))  # fmt: skip
    if pair is not None:
        changed.append(sentence("A certificate for {names} was made.", names=", ".join(names)))
    certificate, key = folder / f"{_SERVER}.crt", folder / f"{_SERVER}.key"
    if _shown(admin, "ssl_library") == "":
        to_do.append(ToDo(sentence(
            "This PostgreSQL was built without encryption for the network. Install one that has "
            "it: until then no other computer can connect.")))  # fmt: skip
        return Settled(tuple(changed), tuple(to_do), authority.certificate)
    data = Path(_shown(admin, "data_directory"))
    if _can_write(data):
        laid = [_lay(data, source, mode) for source, mode in ((certificate, 0o644), (key, 0o600))]
        places = {"ssl_cert_file": certificate.name, "ssl_key_file": key.name}
        if _set(admin, {**places, "ssl": "on", "ssl_min_protocol_version": "TLSv1.2"}) or any(laid):
            admin.execute("SELECT pg_reload_conf()")
            changed.append(sentence("Encryption for the network was switched on."))
    else:
        to_do.append(ToDo(
            sentence("Copy the certificate and its key to the folder of the server and switch "
                     "encryption on. Type there:"),
            (f"install -o postgres -m 644 {certificate} {data / certificate.name}",
             f"install -o postgres -m 600 {key} {data / key.name}",
             f"psql -c \"ALTER SYSTEM SET ssl_cert_file = '{certificate.name}'\"",
             f"psql -c \"ALTER SYSTEM SET ssl_key_file = '{key.name}'\"",
             "psql -c \"ALTER SYSTEM SET ssl = on\"", "psql -c 'SELECT pg_reload_conf()'"),
        ))  # fmt: skip
    return Settled(tuple(changed), tuple(to_do), authority.certificate)


def network(admin: Admin, roles: Roles, lan: str) -> Settled:
    """Passwords never travel and are never kept readable; only this network is let in."""
    changed: list[Sentence] = []
    to_do: list[ToDo] = []
    if _set(admin, {"password_encryption": "scram-sha-256"}):
        admin.execute("SELECT pg_reload_conf()")
        changed.append(sentence("Passwords are kept by the server in the safe way."))
    missing = missing_lines(admin, roles, lan)
    if missing:
        place = _shown(admin, "hba_file")
        to_do.append(ToDo(
            sentence("Add these lines at the top of {file}, then reload PostgreSQL:", file=place),
            missing))  # fmt: skip
    grown = _set(admin, _room_for(admin, roles))
    if _shown(admin, "listen_addresses") in ("", "localhost"):
        grown |= _set(admin, {"listen_addresses": "*"})
    if grown:
        changed.append(sentence("The server will listen to the network."))
    if _waits_for_restart(admin):
        to_do.append(ToDo(sentence("Start PostgreSQL again: some settings count only then.")))
    to_do.append(ToDo(
        sentence("If this computer has a firewall, let only this network in:"),
        (f"ufw allow proto tcp from {lan} to any port {port(admin)}",)))  # fmt: skip
    return Settled(tuple(changed), tuple(to_do))


def hba_lines(roles: Roles, lan: str) -> tuple[str, ...]:
    """Whom the server lets in: desks, from this network, encrypted, with their password."""
    database, desks = roles.database, f"+{roles.program}"
    nobody = "::/0" if ipaddress.ip_network(lan).version == 6 else "0.0.0.0/0"
    other = "0.0.0.0/0" if nobody == "::/0" else "::/0"
    return (
        f"hostssl {database} {desks} {lan} scram-sha-256",
        f"local {database} {desks} scram-sha-256",
        f"host all {desks} {nobody} reject",
        f"host all {desks} {other} reject",
        f"local all {desks} reject",
    )


def missing_lines(admin: Admin, roles: Roles, lan: str) -> tuple[str, ...]:
    """All of the lines, unless the server has read each of them."""
    asked = """
    SELECT type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules
    WHERE auth_method IS NOT NULL ORDER BY line_number
    """
    try:
        rules = {_rule(row) for row in admin.execute(asked).fetchall()}
    except psycopg.errors.InsufficientPrivilege:
        rules = set()
    lines = hba_lines(roles, lan)
    return () if all(line in rules for line in lines) else lines


def _rule(row: tuple[Any, ...]) -> str:
    kind, databases, users, address, netmask, method = row
    words = [kind, ",".join(databases), ",".join(users)]
    if address is not None:
        words.append(str(ipaddress.ip_network(f"{address}/{_bits(netmask)}", strict=False)
                         if netmask else address))  # fmt: skip
    return " ".join([*words, method])


def _bits(netmask: str) -> int:
    return bin(int(ipaddress.ip_address(netmask))).count("1")


def _room_for(admin: Admin, roles: Roles) -> dict[str, str]:
    wanted = _KEPT_FREE + _DESK_NEEDS * max(16, _desks(admin, roles))
    return {"max_connections": str(wanted)} if wanted > _planned(admin, "max_connections") else {}


def _desks(admin: Admin, roles: Roles) -> int:
    """How many desks have a connection file."""
    row = admin.execute(
        "SELECT count(*) FROM pg_roles WHERE starts_with(rolname, %s)", [roles.desk("")]
    ).fetchone()
    return int(row[0]) if row else 0


def _planned(admin: Admin, name: str) -> int:
    """The value that counts after the next start."""
    row = admin.execute(
        "SELECT setting FROM pg_file_settings WHERE name = %s AND error IS NULL"
        " ORDER BY seqno DESC LIMIT 1", [name],
    ).fetchone()  # fmt: skip
    return int(row[0] if row else _shown(admin, name))


def _waits_for_restart(admin: Admin) -> bool:
    row = admin.execute(
        "SELECT 1 FROM pg_file_settings f JOIN pg_settings s USING (name)"
        " WHERE name IN ('listen_addresses', 'max_connections')"
        " AND f.seqno = (SELECT max(seqno) FROM pg_file_settings WHERE name = f.name)"
        " AND f.setting <> s.setting"
    ).fetchone()
    return row is not None


def _set(admin: Admin, wanted: dict[str, str]) -> bool:
    """ALTER SYSTEM for what is not so yet. False when all was."""
    changed = False
    for name, value in wanted.items():
        asked = "SELECT 1 FROM pg_file_settings WHERE name = %s AND setting = %s"
        if _shown(admin, name) == value or admin.execute(asked, [name, value]).fetchone():
            continue
        statement = sql.SQL("ALTER SYSTEM SET {} = {}")
        admin.execute(statement.format(sql.Identifier(name), sql.Literal(value)))
        changed = True
    return changed


def _shown(admin: Admin, name: str) -> str:
    row = admin.execute("SELECT current_setting(%s)", [name]).fetchone()
    return "" if row is None else str(row[0])


def _authority(folder: Path) -> tuple[Pair, bool]:
    """The authority kept in this folder; made when there is none."""
    certificate, key = folder / f"{_AUTHORITY}.crt", folder / f"{_AUTHORITY}.key"
    if certificate.is_file() and key.is_file():
        kept = Pair(certificate.read_bytes(), key.read_bytes())
        if belong_together(kept, kept):
            return kept, False
    made = make_authority()
    _write(key, made.key)
    _write(certificate, made.certificate)
    return made, True


def _server_pair(authority: Pair, folder: Path, names: Sequence[str]) -> Pair | None:
    """A new certificate when there is none for all of these names; None when there is."""
    certificate, key = folder / f"{_SERVER}.crt", folder / f"{_SERVER}.key"
    if certificate.is_file() and key.is_file():
        kept = Pair(certificate.read_bytes(), key.read_bytes())
        if belong_together(kept, authority) and set(names) <= set(names_in(kept.certificate)):
            return None
    made = make_server(authority, names)
    _write(key, made.key)
    _write(certificate, made.certificate)
    return made


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as fault:
        raise Refused("{file} cannot be made in this folder: {reason}.", file=path.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip


def _can_write(folder: Path) -> bool:
    """Whether the server's own folder is on this computer and open to us."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _lay(folder: Path, source: Path, mode: int) -> bool:
    """A copy where the server reads it, owned as its other files are. False when it was there."""
    place, content = folder / source.name, source.read_bytes()
    if place.is_file() and place.read_bytes() == content:
        return False
    _write(place, content)
    owner = folder.stat()
    if os.name == "posix" and os.geteuid() == 0:
        os.chown(place, owner.st_uid, owner.st_gid)
    place.chmod(mode | stat.S_IRUSR)
    return True
