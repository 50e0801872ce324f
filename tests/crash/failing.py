"""A call to the disk that fails, and what a sweep over all of them found."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from tests.crash.recording import CAN_FAIL, Recorder

MISTAKEN = {Trouble.DAMAGED, Trouble.FOREIGN, Trouble.WRONG_KEY, Trouble.LOCKED}
"""What must never be said of a file that the disk only failed to read."""

PRESSES = 2
"""How often a person presses the key while a fault lasts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, how, and whether all after it do."""

    nth: int
    error: int
    lasting: bool
    half: bool

    def __str__(self) -> str:
        how = ("lasting" if self.lasting else "once") + (", half written" if self.half else "")
        return f"{errno.errorcode[self.error]} at call {self.nth}, {how}"


@dataclass(slots=True)
class Swept:
    """What a sweep found; told as JSON."""

    points: int = 0
    acknowledged: int = 0
    refused: int = 0
    there_though_refused: int = 0
    wrong: list[str] = field(default_factory=list)

    def meet(
        self, recorder: Recorder, fault: Fault, name: str, act: Callable[[], object]
    ) -> bool | None:
        """Do an act with that fault: whether it was acknowledged. None when it was not met.

        Anything but a sentence is wrong.
        """
        recorder.fail(fault.nth, fault.error, CAN_FAIL[fault.error],
                      lasting=fault.lasting, half=fault.half)  # fmt: skip
        pressed = [self._press(fault, name, act) for _ in range(PRESSES if fault.lasting else 1)]
        met = recorder.calls >= fault.nth
        recorder.count(CAN_FAIL[fault.error])
        self.points += met
        return any(pressed) if met else None

    def _press(self, fault: Fault, name: str, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as no:
            self.refused += 1
            if no.trouble in MISTAKEN:
                self.wrong.append(f"{name}, {fault}: a whole file is called damaged: {no}")
            return False
        except Exception as raw:
            self.wrong.append(f"{name}, {fault}: {type(raw).__name__}: {raw}")
            return False
        self.acknowledged += 1
        return True


def faults() -> list[Fault]:
    """Every way in which the first call can fail."""
    return [
        Fault(1, error, lasting, half)
        for error in (errno.EIO, errno.ENOSPC)
        for lasting in (False, True)
        for half in (False, True)
    ]
