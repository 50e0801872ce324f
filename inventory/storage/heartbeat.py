"""Asks the server every few seconds whether it is there, in a thread and on a line of its own.

What the window asks may take long and must not be cut; this question takes no time at all, so an
answer that does not come means that the server is away. Then all lines are hung up, and whoever
waits in the window is told within seconds, however the cable died.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from inventory.domain.troubles import Trouble
from inventory.storage import faults
from inventory.storage.database import Database

_QUESTION = b"SELECT 1"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two questions, and how long an answer and a new line may take."""

    every: float = 1.0
    answer: float = 2.0
    connect: int = 2


class Heartbeat:
    """`told(True)` when the server is away, `told(False)` when it is back; from the thread."""

    def __init__(
        self, database: Database, told: Callable[[bool], object], pace: Pace | None = None
    ) -> None:
        assert database.lines is not None
        self._lines = database.lines
        self._engine = database.engine
        self._told = told
        self._pace = pace or Pace()
        self._wake = threading.Event()
        self._stopped, self._name = False, ""
        self._raw: Any = None
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask no more; the thread ends by itself."""
        self._stopped = True
        self._wake.set()

    def wait(self) -> None:
        """Until the thread has ended."""
        self._thread.join()

    def missed(self) -> None:
        """Somebody else noticed that the server is away. It is asked at once."""
        if not self._lines.is_away:
            self._lines.hang_up()
            self._told(True)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped:
            self._beat()
            self._wake.wait(self._pace.every)
            self._wake.clear()
        self._drop()

    def _beat(self) -> None:
        # A question that is lost is asked once more on a new line before anybody is told.
        there = self._is_there() or self._is_there()
        if self._stopped:
            return
        if there and self._lines.is_away:
            self._lines.come_back()
            self._told(False)
        elif not there and not self._lines.is_away:
            self._lines.hang_up()
            self._told(True)

    def _is_there(self) -> bool:
        try:
            if self._name != self._lines.name:
                self._drop()
            if self._raw is None:
                self._raw = self._connected()
            if self._answers():
                return True
        except psycopg.Error as fault:
            refusal = faults.refused(fault, "")
            trouble = None if refusal is None else refusal.trouble
            if trouble not in (None, Trouble.SERVER_AWAY):
                # It answers, if only to say no: who asks for data is told so.
                return True
        self._drop()
        return False

    def _connected(self) -> Any:
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        self._name = self._lines.name
        given = {**named, "connect_timeout": self._pace.connect, "autocommit": True,
                 "application_name": self._name}  # fmt: skip
        return psycopg.connect(*arguments, **given)

    def _answers(self) -> bool:
        """Whether the answer came in time; the driver itself would wait for ever."""
        line = self._raw.pgconn
        line.send_query(_QUESTION)
        line.flush()
        while line.is_busy():
            ready, _, _ = select.select([line.socket], [], [], self._pace.answer)
            if not ready:
                return False
            line.consume_input()
        while line.get_result() is not None:
            pass
        return True

    def _drop(self) -> None:
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.close()
