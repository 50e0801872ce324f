"""The one place that opens a database, begins and commits.

SQLite goes through sqlcipher3 (its SQLite is current everywhere), WAL and synchronous=FULL;
a writer begins IMMEDIATE, or two desks would sell the same box. PostgreSQL is reached with a
`postgresql+psycopg://` address; there a writer locks its clinic's stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.storage import faults
from inventory.storage.statement import Statement

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID = 0x414D4E41
"""'AMNA' in the header of the file: another program's database is refused."""

_PRAGMAS = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)

# A desk that fell asleep with the stream locked gives it back; the others do not wait forever.
_SERVER_PATIENCE = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"


class Database:
    """An open database: `read()` and `write()` give a connection inside one transaction.

    `name` is what people call it: the file's name, or the server's database.
    """

    def __init__(self, address: str, engine: Engine, name: str = "") -> None:
        self.address = address
        self.engine = engine
        self.is_file = engine.dialect.name == "sqlite"
        self.name = name or (Path(address).name if self.is_file else engine.url.database or "")
        known = engine.execution_options(amana_memory={})
        self._writer = known.execution_options(amana_write=True)
        self._reader = known
        if not self.is_file:
            self._reader = known.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view. Faults a person can act on come out as Refused."""
        with self.guarded(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or none."""
        with self.guarded(), self._writer.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reshape(self) -> Iterator[Connection]:
        """One transaction in which a table may be made anew under its own name.

        SQLite must look away meanwhile; who reshapes checks the references before the end.
        """
        with self.guarded(), self._writer.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            if self.is_file:
                raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                if self.is_file:
                    raw.execute("PRAGMA foreign_keys=ON")

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
        try:
            with self._writer.connect() as connection, connection.begin():
                return use_case(connection, stamp, *args, **kwargs)
        except DBAPIError as fault:
            raise faults.uncertain(fault, self.name) from fault

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Faults of the engine that a person can act on come out as Refused."""
        try:
            yield
        except (DBAPIError, sqlcipher3.Error) as fault:
            raise self._in_words(fault) from fault

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction: for VACUUM and its like."""
        with self.guarded():
            raw = self.engine.raw_connection()
            try:
                yield raw.dbapi_connection
            finally:
                raw.close()

    def _in_words(self, fault: Exception) -> Exception:
        return faults.refused(fault, self.name) or fault


def memory_of(connection: Connection) -> dict[Any, Any]:
    """What was worked out from this database and is kept while it is open.

    Who keeps something proves at each question that it still holds: other desks write too.
    """
    memory: dict[Any, Any] = connection.get_execution_options().get("amana_memory", {})
    return memory


def connect(address: str | Path, *, key: bytes | None = None, name: str = "") -> Database:
    """A database whose schema has not been looked at; see `opening.open_database`."""
    text = str(address)
    if "://" in text:
        return Database(text, _server_engine(text), name)
    path = Path(text).expanduser()
    engine = create_engine(f"sqlite:///{path}", module=sqlcipher3, pool_size=4, max_overflow=4)
    event.listen(engine, "connect", _on_connect(key))
    event.listen(engine, "begin", _on_begin)
    return Database(str(path), engine, name)


def _server_engine(address: str) -> Engine:
    """Raises Refused when the address is none, or not one of PostgreSQL."""
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or url.drivername != "postgresql+psycopg":
        raise Refused(
            "A database is a file, or an address like postgresql+psycopg://server/database."
        )
    own = {"options": _SERVER_PATIENCE, "connect_timeout": 10}
    given = {key: value for key, value in own.items() if key not in url.query}
    return create_engine(url, pool_pre_ping=True, connect_args=given)


def journal(version: tuple[int, ...]) -> tuple[str, str]:
    """Journal mode and synchronous level that lose nothing on that version of SQLite.

    Before 3.51.3 (and its two back-ports) a checkpoint could damage a file in WAL mode.
    """
    mended = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or ((3, 44, 6) <= version < (3, 45))
    )
    return ("WAL", "FULL") if mended else ("DELETE", "EXTRA")


JOURNAL, _SYNCHRONOUS = journal(sqlcipher3.sqlite_version_info)


def _on_connect(key: bytes | None) -> Callable[[Any, Any], None]:
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        if key is not None:
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.execute(f"PRAGMA synchronous={_SYNCHRONOUS}")
        cursor.close()

    return prepare


_BEGIN, _BEGIN_TO_WRITE = Statement("BEGIN"), Statement("BEGIN IMMEDIATE")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("amana_write", False)
    (_BEGIN_TO_WRITE if writes else _BEGIN).run(connection, {})
