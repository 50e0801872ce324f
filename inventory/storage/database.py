"""The one place that opens a database, begins and commits.

SQLite goes through sqlcipher3 (its SQLite is current everywhere), WAL and synchronous=FULL;
a writer begins IMMEDIATE, or two desks would sell the same box. PostgreSQL is reached with a
`postgresql+psycopg://` address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.storage import faults

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID = 0x414D4E41
"""'AMNA' in the header of the file: another program's database is refused."""

_PRAGMAS = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)


class Database:
    """An open database: `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, address: str, engine: Engine) -> None:
        self.address = address
        self.engine = engine
        self._writer = engine.execution_options(amana_write=True)

    @property
    def is_file(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def name(self) -> str:
        """What people call it: the file's name, or the server's database."""
        return Path(self.address).name if self.is_file else (self.engine.url.database or "")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view. Faults a person can act on come out as Refused."""
        with self._guarded(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or none."""
        with self._guarded(), self._writer.connect() as connection, connection.begin():
            yield connection

    def act(
        self,
        use_case: Callable[Concatenate[Connection, Stamp, P], T],
        stamp: Stamp,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case in one transaction.

        A fault during COMMIT means "unknown", so it is tried once more with the same request:
        if the first one did reach the disk, the use case returns its result again.
        """
        finished = False
        try:
            with self._writer.connect() as connection, connection.begin():
                result = use_case(connection, stamp, *args, **kwargs)
                finished = True
            return result
        except DBAPIError as fault:
            if not finished:
                raise self._in_words(fault) from fault
        self.engine.dispose()
        with self.write() as connection:
            return use_case(connection, stamp, *args, **kwargs)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as fault:
            raise self._in_words(fault) from fault

    def _in_words(self, fault: DBAPIError) -> Exception:
        return faults.refused(fault, self.name) or fault


def connect(address: str | Path, *, key: bytes | None = None) -> Database:
    """A database whose schema has not been looked at; see `opening.open_database`."""
    text = str(address)
    if "://" in text:
        return Database(text, create_engine(text, pool_pre_ping=True))
    path = Path(text).expanduser()
    engine = create_engine(f"sqlite:///{path}", module=sqlcipher3, pool_size=4, max_overflow=4)
    event.listen(engine, "connect", _on_connect(key))
    event.listen(engine, "begin", _on_begin)
    return Database(str(path), engine)


def _on_connect(key: bytes | None) -> Callable[[Any, Any], None]:
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        if key is not None:
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    return prepare


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("amana_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def require_local(path: Path) -> None:
    """Refuse a folder that is not there before SQLite makes a riddle of it."""
    if not path.parent.is_dir():
        raise Refused("There is no folder {folder}. Nothing was made.", folder=str(path.parent))
