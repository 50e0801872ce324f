"""How a database file is opened, and a first look into it without SQLAlchemy.

SQLAlchemy takes longer to load than all else a window needs to show its first page. Statements
need only the driver's connection, so what is asked before SQLAlchemy is there goes past it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlcipher3

from inventory.storage.looking import look_address, only_to_look

APPLICATION_ID = 0x414D4E41
"""'AMNA' in the header of the file: another program's database is refused."""

_OVER = 8

PRAGMAS = (
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


def connect_to(path: Path) -> Any:
    """The driver's own connection, which any thread may use. Raises Refused."""
    if only_to_look(path):
        return sqlcipher3.connect(look_address(path), uri=True, check_same_thread=False)
    return sqlcipher3.connect(str(path), check_same_thread=False)


def prepare(raw: Any, key: bytes | bytearray | None) -> None:
    """Set up a connection of the driver that was just opened."""
    raw.isolation_level = None
    cursor = raw.cursor()
    if key is not None:
        # A damaged file would fill the terminal with lines that name it. The memory security of
        # SQLCipher stays off: a dispensing takes three times as long with it.
        cursor.execute("PRAGMA cipher_log_level=NONE")
        _give_key(cursor, key)
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.execute(f"PRAGMA synchronous={_SYNCHRONOUS}")
    cursor.close()


def _give_key(cursor: Any, key: bytes | bytearray) -> None:
    """The text with the key is kept by nobody, and written over where it stood.

    A script goes past the statements that a connection remembers; one of the same length that
    means nothing is put into the same pieces of memory.
    """
    cursor.executescript(f"PRAGMA key = \"x'{key.hex()}'\"")
    for _ in range(_OVER):
        cursor.executescript(f"PRAGMA nop = \"x'{bytes(len(key)).hex()}'\"")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What a Statement asks about the engine."""

    name: str
    loaded_dbapi: ModuleType
    dbapi_exception_translation_map: Mapping[str, str]


_SQLITE = _Dialect("sqlite", sqlcipher3, {})


@dataclass(frozen=True, slots=True)
class Look:
    """Stands for a Connection of SQLAlchemy where only Statements are asked."""

    dbapi_connection: Any
    memory: dict[Any, Any]
    dialect: _Dialect = _SQLITE

    @property
    def connection(self) -> Look:
        return self

    def get_execution_options(self) -> dict[str, Any]:
        return {"amana_memory": self.memory}


@contextmanager
def look(path: Path, key: bytes | bytearray | None, memory: dict[Any, Any]) -> Iterator[Look]:
    """One consistent view of a file, for Statements only. Raises the driver's own errors."""
    with closing(connect_to(path)) as raw:
        prepare(raw, key)
        raw.execute("BEGIN")
        yield Look(raw, memory)
