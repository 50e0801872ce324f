"""The one place that opens a database, begins and commits.

SQLite goes through sqlcipher3 (its SQLite is current everywhere), WAL and synchronous=FULL;
a writer begins IMMEDIATE, or two desks would sell the same box. PostgreSQL is reached with a
`postgresql+psycopg://` address; there a writer locks its clinic's stream.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import sqlcipher3

from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.storage import faults
from inventory.storage.key_place import is_server_file
from inventory.storage.looking import as_it_stands, only_to_look
from inventory.storage.moved import went_away
from inventory.storage.room import Fullness, Room
from inventory.storage.shaken import Shaken
from inventory.storage.sqlite_file import look

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from inventory.storage.server_lines import ServerLines

P = ParamSpec("P")
T = TypeVar("T")


class Watch(Protocol):
    """Is asked before something is written, and told after it."""

    def before(self) -> None:
        """Raises Refused when nothing may be written."""

    def after(self) -> None:
        """Something was written."""

    def close(self) -> None:
        """The database is about to be closed."""


class Database:
    """An open database: `read()` and `write()` give a connection inside one transaction.

    `name` is what people call it: the file's name, or the server's database. `file` is None on
    a server, `lines` are the connections to one. `locked` says that it was opened with a key,
    `look_only` that nothing can be written where the file is; `moved_to` names the place where
    the data are now, if they are not here.
    """

    def __init__(
        self,
        address: str,
        name: str,
        make_engine: Callable[[], Engine],
        *,
        file: Path | None = None,
        key: bytearray | None = None,
        lines: ServerLines | None = None,
    ) -> None:
        self.address = address
        self.name = name
        self.is_file = file is not None
        self.lines = lines
        self.moved_to = ""
        self._file, self._key = file, key
        self.locked = key is not None
        self.look_only = file is not None and only_to_look(file)
        self._stood = as_it_stands(file) if file is not None and self.look_only else None
        self._fullness = Fullness(file)
        self._shaken = Shaken(file, key, writes=not self.look_only)
        self._make_engine = make_engine
        self._memory: dict[Any, Any] = {}
        self.watch: Watch | None = None

    @cached_property
    def engine(self) -> Engine:
        """SQLAlchemy's; made when it is first needed."""
        return self._make_engine()

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(amana_memory=self._memory, amana_write=True)

    @cached_property
    def _reader(self) -> Engine:
        known = self.engine.execution_options(amana_memory=self._memory)
        if self.is_file:
            return known
        return known.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view. Faults a person can act on come out as Refused.

        As long as nothing has loaded SQLAlchemy, nobody can ask for more than Statements.
        """
        with self.guarded():
            self._check_it_stands()
            self._shaken.try_to_settle(self._let_go)
            if self._file is not None and "sqlalchemy" not in sys.modules:
                with look(self._file, self._key, self._memory) as first:
                    yield cast("Connection", first)
                return
            with self._reader.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or none."""
        self._check_writable()
        with self.guarded(), self._writer.connect() as connection, connection.begin():
            yield connection
        self._was_written()

    @contextmanager
    def reshape(self) -> Iterator[Connection]:
        """One transaction in which a table may be made anew under its own name.

        SQLite must look away meanwhile; who reshapes checks the references before the end.
        """
        self._check_writable()
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
        if the first one did reach the disk, the use case returns its result again. So is one on
        a full disk, when a reserve could be given up for it.
        """
        from sqlalchemy.exc import DBAPIError

        engine_faults = (DBAPIError, sqlcipher3.Error)
        self._check_writable()
        if not self._fullness.may_begin():
            raise faults.full()
        finished = False
        try:
            with self._writer.connect() as connection, connection.begin():
                result = use_case(connection, stamp, *args, **kwargs)
                finished = True
            self._was_written()
            return result
        except engine_faults as fault:
            made_room = faults.is_full(fault) and self._fullness.met()
            if not (finished or made_room):
                raise self._in_words(fault) from fault
        try:
            self._shaken.met(Trouble.UNCERTAIN)
            self._shaken.settle(self._let_go)
            if not self.is_file:
                self.engine.dispose()
            with self._writer.connect() as connection, connection.begin():
                return use_case(connection, stamp, *args, **kwargs)
        except engine_faults as fault:
            self._shaken.met(Trouble.UNCERTAIN)
            raise faults.uncertain(fault, self.name) from fault

    def room(self) -> Room | None:
        """The room on its disk, to be asked now and then; None on a server."""
        return None if self.look_only else self._fullness.look()

    def close(self) -> None:
        """Close it. A key is dropped: who wants in again needs it again."""
        watch, self.watch = self.watch, None
        if watch is not None:
            watch.close()
        self._let_go()
        if self._file is None or self._key is None:
            return
        self._key[:] = bytes(len(self._key))
        self._key = None
        for kept in ("engine", "_writer", "_reader"):
            self.__dict__.pop(kept, None)
        self._memory.clear()
        self._make_engine = partial(_open, self._file, None)
        _wipe_freed()

    def _let_go(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Faults of the engine that a person can act on come out as Refused."""
        try:
            yield
        except Refused as refusal:
            self._notice(refusal.__cause__ or refusal.__context__)
            raise
        except Exception as fault:
            from sqlalchemy.exc import DBAPIError

            if isinstance(fault, (DBAPIError, sqlcipher3.Error)):
                raise self._in_words(fault) from fault
            raise

    def _notice(self, under: BaseException | None) -> None:
        """Who refuses may have met a fault of the engine and said something else."""
        while under is not None:
            if isinstance(getattr(under, "orig", under), sqlcipher3.Error):
                refusal = faults.refused(under, self.name)
                self._shaken.met(None if refusal is None else refusal.trouble)
            under = under.__cause__ or under.__context__

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction: for VACUUM and its like."""
        with self.guarded():
            raw = self.engine.raw_connection()
            try:
                yield raw.dbapi_connection
            finally:
                raw.close()

    def _check_writable(self) -> None:
        if self.look_only:
            raise faults.read_only(self.name)
        if self.moved_to:
            raise went_away(self.moved_to)
        with self.guarded():
            self._shaken.settle(self._let_go)
        if self.watch is not None:
            self.watch.before()

    def _was_written(self) -> None:
        if self.watch is not None:
            self.watch.after()

    def _check_it_stands(self) -> None:
        """Who reads a file as it stands begins anew when another program has written it."""
        if self._file is None or self._stood is None:
            return
        now = as_it_stands(self._file)
        if now != self._stood:
            self._let_go()
            self._memory.clear()
            self._stood = now

    def _in_words(self, fault: Exception) -> Exception:
        if faults.is_full(fault):
            self._fullness.met()
        keyed = self._key is not None
        locked = self._file is not None and Path(f"{self._file}.key").is_file()
        refusal = faults.refused(fault, self.name, keyed=keyed, locked=locked)
        if refusal is None:
            return fault
        self._shaken.met(refusal.trouble)
        return faults.failing(self.name) if self._shaken.only_stumbled(refusal.trouble) else refusal


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
        return _on_server(text, text, name)
    path = Path(text).expanduser()
    if is_server_file(path):
        return _behind(path, key, name)
    # One copy, which is wiped when the database is closed.
    own = None if key is None else bytearray(key)
    return Database(str(path), name or path.name, partial(_open, path, own), file=path, key=own)


def _behind(path: Path, key: bytes | None, name: str) -> Database:
    """The database on a server that a desk's own file leads to; its address is that file."""
    from inventory.storage.server_file import address_in

    return _on_server(address_in(path, key), str(path), name)


def _on_server(address: str, known_as: str, name: str) -> Database:
    from inventory.storage.engines import server_engine
    from inventory.storage.server_lines import ServerLines

    server = server_engine(address)
    called = name or server.url.database or ""
    return Database(known_as, called, lambda: server, lines=ServerLines(server))


def _open(path: Path, key: bytearray | None) -> Engine:
    # Loads SQLAlchemy: not before somebody writes, or asks more than a first look can tell.
    from inventory.storage.engines import file_engine

    return file_engine(path, key)


def _wipe_freed() -> None:
    """Write over small pieces of memory that were given back: texts with the key among them.

    As far as a program in Python can; SQLCipher wipes its own copy.
    """
    wiped = [bytes(16 + number % 144) for number in range(90_000)]
    del wiped
