"""Long work says how far it is and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inventory.domain.sentence import Refused, sentence

STEP = 500
"""Rows between two reports: often enough for a bar, too rare to slow the work."""


class Cancelled(Refused):
    """The person stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(sentence("Stopped. Nothing was changed."))


def _no_report(done: int, total: int) -> None:
    """Nobody is watching."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Progress:
    """`report(done, total)` while working (total 0 when unknown); `cancelled()` stops it."""

    report: Callable[[int, int], None] = _no_report
    cancelled: Callable[[], bool] = _never

    def step(self, done: int, total: int) -> None:
        """Report every STEP rows; raises Cancelled when the person stopped the work."""
        if done % STEP == 0:
            if self.cancelled():
                raise Cancelled
            self.report(done, total)

    def end(self, total: int) -> None:
        """Report that all of it is done."""
        self.report(total, total)


SILENT = Progress()
