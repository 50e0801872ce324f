"""Long work in a thread of its own: the window stays usable, shows progress, and can stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from inventory.exchange.progress import Progress

T = TypeVar("T")

BAR_AFTER_S = 0.3
COUNTS_AFTER_S = 3.0


class LongWork(QObject, Generic[T]):
    """One piece of work. Its signals arrive in the thread of the window.

    `work(progress)` runs elsewhere: it calls `progress.step(done, total)` now and then, which
    raises Cancelled once somebody pressed Esc. `done(result)` or `failed(error)` follow.
    """

    progressed = Signal(object, object)
    ended = Signal()
    _returned = Signal(object)
    _raised = Signal(object)
    _running: ClassVar[set[LongWork[Any]]] = set()
    """Nobody needs to hold on to what runs: it tells its end whatever becomes of its page."""

    def __init__(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__()
        self._work: Callable[[Progress], T] | None = work
        self._done = done
        self._failed = failed
        self._stop = threading.Event()
        self.began = time.monotonic()
        self._returned.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._raised.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="long work", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        LongWork._running.add(self)
        self._thread.start()

    def wait(self) -> None:
        """Stay until the thread has ended, before what it works on goes away."""
        self._thread.join()

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self.began

    def _run(self) -> None:
        # Not kept once it is done: it may hold a password.
        work, self._work = self._work, None
        assert work is not None
        progress = Progress(self.progressed.emit, self._stop.is_set)
        try:
            result = work(progress)
        except Exception as error:
            self._raised.emit(error)
        else:
            self._returned.emit(result)

    def _finish(self, result: T) -> None:
        LongWork._running.discard(self)
        self.ended.emit()
        self._done(result)

    def _fail(self, error: Exception) -> None:
        LongWork._running.discard(self)
        self.ended.emit()
        self._failed(error)


def seconds_left(done: int, total: int, seconds: float) -> int | None:
    """How long the rest takes at this speed; None while nobody can know."""
    if done <= 0 or total <= 0:
        return None
    return round(seconds * (total - done) / done)
