"""Wrong passwords slow down the next try, also after a restart and whatever the clock says.

A try is written down as wrong before it is made, so that a program killed in the middle has not
won one. Time is counted from when the computer was started: setting the clock changes nothing,
and after a restart the wait begins again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from inventory.domain.sentence import Refused, Sentence, counted
from inventory.storage.whole_file import write_whole

FREE: Final = 5
FIRST_WAIT: Final = 30
LONGEST_WAIT: Final = 15 * 60
_MOST_WRONG: Final = 1_000_000


class MustWait(Refused):
    """Too many wrong tries: how long to wait is in the sentence."""


@dataclass(frozen=True, slots=True)
class _Count:
    """Tries since the last success, those not yet in the security log, and the last one's time."""

    wrong: int = 0
    untold: int = 0
    at: int = 0


def boot_clock() -> float:
    """Seconds since the computer started, asleep or awake where the system counts that."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Tries:
    """The wrong tries at one database, counted in a small file."""

    def __init__(self, path: Path, clock: Callable[[], float] = boot_clock) -> None:
        self._path, self._clock = path, clock

    def wait_left(self) -> int:
        """Seconds until the next try; 0 when one may be made."""
        count, now = self._read(), int(self._clock())
        if now < count.at:
            count = replace(count, at=now)
            self._write(count)
        return max(0, count.at + _wait_after(count.wrong) - now)

    def failed(self) -> None:
        """One more wrong try."""
        count = self._read()
        self._write(_Count(min(count.wrong + 1, _MOST_WRONG), min(count.untold + 1, _MOST_WRONG),
                           int(self._clock())))  # fmt: skip

    def succeeded(self) -> None:
        """The next tries are free again; the wrong ones are still to be told."""
        count = self._read()
        if count.wrong:
            self._write(_Count(0, count.untold, 0))

    @property
    def untold(self) -> int:
        """How many wrong tries the security log does not have yet."""
        return self._read().untold

    def told(self) -> None:
        """The security log has them."""
        self._path.unlink(missing_ok=True)

    @contextmanager
    def one(self, wrong: type[Refused]) -> Iterator[None]:
        """Around one try; `wrong` is what a wrong one raises. Raises MustWait."""
        left = self.wait_left()
        if left:
            raise MustWait(wait_sentence(left))
        before = self._read()
        self.failed()
        try:
            yield
        except Exception as fault:
            if not isinstance(fault, wrong):
                self._write(before)
            raise
        self._write(_Count(0, before.untold, 0))

    def _read(self) -> _Count:
        try:
            wrong, untold, at = json.loads(self._path.read_bytes())
            sound = all(type(part) is int and part >= 0 for part in (wrong, untold, at))
        except FileNotFoundError:
            return _Count()
        except (OSError, ValueError, TypeError):
            sound = False
        if sound:
            return _Count(wrong, untold, at)
        # Damaged: nobody gains free tries by damaging it.
        count = _Count(FREE, 0, int(self._clock()))
        self._write(count)
        return count

    def _write(self, count: _Count) -> None:
        content = json.dumps([count.wrong, count.untold, count.at]).encode()
        try:
            write_whole(self._path, content)
        except OSError as fault:
            raise Refused("Wrong tries cannot be counted here, so nobody can sign in: {reason}.",
                          reason=fault.strerror or str(fault)) from fault  # fmt: skip


def tries_at(database: str | Path) -> Tries:
    """Those at one database, kept in the folder of this user. No name can be read there."""
    text = str(database)
    place = text if "://" in text else str(Path(text).expanduser().resolve())
    folder = user_state_path("amana", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Tries(folder / f"tries-{sha256(place.encode()).hexdigest()[:16]}.json")


def wait_sentence(seconds: int) -> Sentence:
    """How long to wait, in words."""
    if seconds > 90:
        return counted("Too many wrong tries. Wait {n} minute and try again.",
                       "Too many wrong tries. Wait {n} minutes and try again.",
                       -(-seconds // 60))  # fmt: skip
    return counted("Too many wrong tries. Wait {n} second and try again.",
                   "Too many wrong tries. Wait {n} seconds and try again.", seconds)  # fmt: skip


def _wait_after(wrong: int) -> int:
    """30 s after the fifth wrong try, then twice as long each time, up to 15 minutes."""
    return 0 if wrong < FREE else min(FIRST_WAIT << min(wrong - FREE, 10), LONGEST_WAIT)
