"""Where the key file of a database stands, and whether a database needs one.

Asked at every start, so nothing here loads more than the standard library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PLAIN: Final = b"SQLite format 3\0"
"""How a database file begins that anybody can read."""

_SMALLEST_PAGE: Final = 512

CONNECTION_ENDING: Final = ".amana-connection"
"""How the name of a file ends that brings a new desk to a server."""

SERVER_ENDING: Final = ".server"
"""How the name of a file ends that leads a desk to its server."""


def key_path(database: str | Path) -> Path:
    """Where the key file of a database stands."""
    path = Path(database).expanduser()
    return path.with_name(f"{path.name}.key")


def copy_path(path: Path) -> Path:
    """Where a key file stands a second time."""
    return path.with_name(f"{path.name}.copy")


def is_locked(address: str | Path) -> bool:
    """Whether a file needs a key. A server's database and a file that is not there do not."""
    if "://" in str(address):
        return False
    path = Path(address).expanduser()
    if is_server_file(path):
        return key_path(path).is_file()
    try:
        size = path.stat().st_size
    except OSError:
        return False
    if size == 0 or not path.is_file() or start_of(path) == PLAIN:
        return False
    return key_path(path).is_file() or size % _SMALLEST_PAGE == 0


def start_of(path: Path) -> bytes:
    """The first bytes of a file; none when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(PLAIN))
    except OSError:
        return b""


def is_server_file(address: str | Path) -> bool:
    """Whether it leads to a database on a server, by its name.

    Never opened to find out: closing a database file would give up the locks held on it.
    """
    return "://" not in str(address) and Path(address).suffix == SERVER_ENDING


def set_aside(database: str | Path) -> None:
    """Keys that stand where new ones are about to be written are never lost: they may open a
    database that is elsewhere now.
    """
    path = key_path(database)
    for place in (path, copy_path(path)):
        if place.exists():
            number = 1
            while place.with_name(f"{place.name}.old-{number}").exists():
                number += 1
            place.rename(place.with_name(f"{place.name}.old-{number}"))
