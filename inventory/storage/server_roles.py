"""Who may do what in a database on a server.

Three kinds of roles: the owner has the tables and nobody signs in as it; the program's role may do
what WRITES says and nothing more; each desk signs in with a role of its own, which is a member of
the program's. A stolen connection file can so be shut out without touching the other desks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from psycopg import Connection, sql

from inventory.domain.sentence import Refused
from inventory.storage.tables import FACTS

Admin = Connection[tuple[Any, ...]]
"""A connection of the person who set PostgreSQL up; every statement stands at once."""

Right = tuple[str, str, str]
"""A table, a column of it or "", and a verb."""

_WHOLE_ROWS: Final = ("INSERT", "UPDATE", "DELETE")

WRITES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(FACTS, ("INSERT",)),
        "alembic_version": (),
        "barcode": _WHOLE_ROWS,
        "clinic": ("INSERT", "UPDATE code", "UPDATE colour", "UPDATE name", "UPDATE town"),
        "draft": _WHOLE_ROWS,
        "first_day": _WHOLE_ROWS,
        "item": ("INSERT", "UPDATE"),
        "item_code": _WHOLE_ROWS,
        "item_pack": _WHOLE_ROWS,
        "item_substitute": _WHOLE_ROWS,
        "month_use": _WHOLE_ROWS,
        "number_counter": ("INSERT", "UPDATE last"),
        "person": ("INSERT", "UPDATE active", "UPDATE changed_at", "UPDATE folded", "UPDATE name",
                   "UPDATE password", "UPDATE pin", "UPDATE roles"),
        "place": ("INSERT", "UPDATE active", "UPDATE name", "UPDATE rank"),
        "reported_month": ("INSERT", "UPDATE"),
        "requisition": ("INSERT", "UPDATE"),
        "requisition_line": _WHOLE_ROWS,
        "setting": ("INSERT", "UPDATE value", "DELETE"),
        "stock": _WHOLE_ROWS,
        "stream": ("INSERT", "UPDATE head", "UPDATE last_day", "UPDATE last_recorded_at",
                   "UPDATE last_seq", "UPDATE open"),
        "usable_day": _WHOLE_ROWS,
    }
)  # fmt: skip
"""What the program's role may do besides reading; TRUNCATE, triggers and new tables never."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}", re.ASCII)
_DESK_CONNECTIONS: Final = 8

_RIGHTS = """
SELECT c.relname, '', a.privilege_type, a.grantee <> 0, c.relkind = 'S'
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
  AND a.grantee IN (0, %(role)s::regrole)
UNION ALL
SELECT c.relname, t.attname, a.privilege_type, a.grantee <> 0, false
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee IN (0, %(role)s::regrole)
"""
_SEQUENCES = """
SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""
_OWNERS = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relowner <> %s::regrole
"""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the roles of one database; roles belong to the whole server."""

    database: str

    @property
    def owner(self) -> str:
        return f"{self.database}_owner"

    @property
    def program(self) -> str:
        return f"{self.database}_program"

    def desk(self, name: str) -> str:
        return f"{self.database}_desk_{name}"


def checked_name(name: str) -> str:
    """A name for a database or a desk that needs no quoting anywhere. Raises Refused."""
    if not _NAME.fullmatch(name):
        raise Refused(
            "{name} cannot be used here. Use small letters a to z, digits and _, at most 31.",
            name=name,
        )
    return name


def make_roles(admin: Admin, roles: Roles) -> bool:
    """The owner and the program's role. False when both were there as they must be."""
    plain = sql.SQL("NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
    changed = False
    for role in (roles.owner, roles.program):
        found = admin.execute(
            "SELECT rolcanlogin OR rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication"
            " OR rolbypassrls FROM pg_roles WHERE rolname = %s",
            [role],
        ).fetchone()
        if found == (False,):
            continue
        verb = sql.SQL("CREATE ROLE {} {}" if found is None else "ALTER ROLE {} {}")
        admin.execute(verb.format(sql.Identifier(role), plain))
        changed = True
    return changed


def make_database(admin: Admin, roles: Roles) -> bool:
    """The database, owned by the owner, shut for everybody else. False when it was there."""
    database, owner = sql.Identifier(roles.database), sql.Identifier(roles.owner)
    row = admin.execute(
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = %s", [roles.database]
    ).fetchone()
    if row == (roles.owner,):
        return False
    if row is not None:
        raise Refused(
            "There is a database {name} on the server already, and it belongs to {owner}. "
            "Choose another name; nothing was changed.",
            name=roles.database, owner=row[0],
        )  # fmt: skip
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
    admin.execute(make.format(database, owner))
    return True


def rights(admin: Admin, roles: Roles) -> tuple[set[Right], set[Right]]:
    """What the program's role may do in the tables, and what everybody may."""
    own: set[Right] = set()
    everybody: set[Right] = set()
    for table, column, verb, named, _ in admin.execute(_RIGHTS, {"role": roles.program}).fetchall():
        (own if named else everybody).add((table, column, verb))
    return own, everybody


def wanted_rights(admin: Admin) -> set[Right]:
    """What WRITES says, with reading and the numbers of new rows."""
    wanted: set[Right] = {(name, "", "USAGE") for (name,) in admin.execute(_SEQUENCES).fetchall()}
    for table, writes in WRITES.items():
        wanted.add((table, "", "SELECT"))
        for write in writes:
            verb, _, column = write.partition(" ")
            wanted.add((table, column, verb))
    return wanted


def grant(admin: Admin, roles: Roles) -> bool:
    """Make the rights exactly the wanted ones. False when they were."""
    with admin.transaction():
        changed = _own_everything(admin, roles)
        changed |= _shut_the_doors(admin, roles)
        wanted = wanted_rights(admin)
        if rights(admin, roles) == (wanted, set()):
            return changed
        program = sql.Identifier(roles.program)
        for kind in ("TABLES", "SEQUENCES"):
            take = sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM PUBLIC, {}")
            admin.execute(take.format(sql.SQL(kind), program))
        sequences = {name for (name,) in admin.execute(_SEQUENCES).fetchall()}
        for table, column, verb in sorted(wanted):
            of = sql.SQL(" ({})").format(sql.Identifier(column)) if column else sql.SQL("")
            kind = "SEQUENCE" if table in sequences else "TABLE"
            give = sql.SQL("GRANT {}{} ON {} public.{} TO {}")
            admin.execute(
                give.format(sql.SQL(verb), of, sql.SQL(kind), sql.Identifier(table), program)
            )
    return True


def _own_everything(admin: Admin, roles: Roles) -> bool:
    owner, changed = sql.Identifier(roles.owner), False
    for (table,) in admin.execute(_OWNERS, [roles.owner]).fetchall():
        give = sql.SQL("ALTER TABLE public.{} OWNER TO {}")
        admin.execute(give.format(sql.Identifier(table), owner))
        changed = True
    return changed


def _shut_the_doors(admin: Admin, roles: Roles) -> bool:
    """The database and its schema: only the program's role comes in, and makes nothing there."""
    before = _doors(admin)
    names = {"db": sql.Identifier(roles.database), "owner": sql.Identifier(roles.owner),
             "program": sql.Identifier(roles.program)}  # fmt: skip
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC, {program}",
        "GRANT USAGE ON SCHEMA public TO {program}",
        "REVOKE ALL ON DATABASE {db} FROM PUBLIC, {program}",
        "GRANT CONNECT ON DATABASE {db} TO {program}",
    ):
        admin.execute(sql.SQL(statement).format(**names))
    return _doors(admin) != before


def _doors(admin: Admin) -> list[tuple[Any, ...]]:
    asked = """
    SELECT nspowner, nspacl::text FROM pg_namespace WHERE nspname = 'public'
    UNION ALL SELECT datdba, datacl::text FROM pg_database WHERE datname = current_database()
    """
    return admin.execute(asked).fetchall()


def has_desk(admin: Admin, roles: Roles, desk: str) -> bool:
    row = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [roles.desk(desk)]).fetchone()
    return row is not None


def let_in(admin: Admin, roles: Roles, desk: str, password: str) -> None:
    """Make the role of a desk, or give the one that is there a new password.

    The server is told what proves the password, never the password: its log keeps nothing.
    """
    role = roles.desk(desk)
    proof = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    words = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT NOREPLICATION NOBYPASSRLS "
                    "CONNECTION LIMIT {} PASSWORD {}")  # fmt: skip
    limit, name = sql.Literal(_DESK_CONNECTIONS), sql.Identifier(role)
    verb = sql.SQL("ALTER ROLE {} " if has_desk(admin, roles, desk) else "CREATE ROLE {} ")
    with admin.transaction():
        secret = sql.Literal(proof.decode())
        admin.execute(verb.format(name) + words.format(limit, secret))
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(roles.program), name))


def shut_out(admin: Admin, roles: Roles, desk: str) -> bool:
    """Take the role of a desk away and end what it is doing. False when there was none."""
    if not has_desk(admin, roles, desk):
        return False
    role = roles.desk(desk)
    admin.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))
    admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s",
                  [role])  # fmt: skip
    admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    return True
