"""The connections of this program to a server, so that they can be named and hung up.

A network cable that is pulled out tells nobody: who waits for an answer waits for minutes. The
heartbeat notices within seconds and hangs up; whoever waits is told at once that the server is
away, and until it is back nobody begins to wait again.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any
from weakref import WeakSet

import psycopg
from sqlalchemy import Engine, event

NAME_BYTES = 63
"""As much of a name as PostgreSQL keeps."""

_NAMED = "amana_named"
_MARK = "amana:"


class ServerLines:
    """All connections of one engine. `name` is shown to whoever asks who is connected."""

    def __init__(self, engine: Engine) -> None:
        self.name = ""
        self._away = False
        self._open: WeakSet[Any] = WeakSet()
        self._lock = threading.Lock()
        event.listen(engine, "do_connect", self._before)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "checkout", self._lent)

    @property
    def is_away(self) -> bool:
        return self._away

    def hang_up(self) -> None:
        """The server is away: whoever waits for it waits no longer."""
        self._away = True
        with self._lock:
            lines = list(self._open)
        for raw in lines:
            with contextlib.suppress(OSError, psycopg.Error):
                _shut(raw.pgconn.socket)

    def come_back(self) -> None:
        """The server answers again."""
        self._away = False

    def _before(self, *_: object) -> None:
        if self._away:
            raise psycopg.OperationalError("connection timeout expired")

    def _connected(self, raw: Any, record: Any) -> None:
        with self._lock:
            self._open.add(raw)

    def _lent(self, raw: Any, record: Any, _: object) -> None:
        if record.info.get(_NAMED, "") == self.name:
            return
        raw.execute("SELECT set_config('application_name', %s, false)", [self.name])
        raw.commit()
        record.info[_NAMED] = self.name


def line_name(*parts: str) -> str:
    """Who and where, as long as PostgreSQL takes it, and in the only letters it takes."""
    text = " · ".join(part for part in parts if part)
    while len(written := _MARK + text.encode("punycode").decode()) > NAME_BYTES:
        text = text[:-1]
    return written


def name_in(line: str) -> str:
    """Who and where again; what another program calls itself stays as it is."""
    if not line.startswith(_MARK):
        return line
    try:
        return line.removeprefix(_MARK).encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return line


def _shut(handle: int) -> None:
    line = socket.socket(fileno=handle)
    try:
        line.shutdown(socket.SHUT_RDWR)
    finally:
        line.detach()
