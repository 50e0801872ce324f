"""What a window says about backups: how old the last one is, where it is, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inventory.domain.ages import DAY, age
from inventory.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class BackupsNow:
    """`place` is "" while none was chosen; `last` milliseconds UTC of the last checked backup.

    `same_disk`: backups go to the disk that the file itself is on.
    """

    place: str = ""
    last: int | None = None
    proven: date | None = None
    missing: bool = False
    same_disk: bool = False
    running: bool = False
    refused: Sentence | None = None

    def tone(self, now: int) -> str:
        """Amber after a day or without the stick, red after three or while there is none."""
        if self.last is None:
            return "red" if self.place else "amber"
        old = now - self.last
        if (self.refused is not None or self.missing) and old <= 3 * DAY:
            return "amber"
        return "red" if old > 3 * DAY else "amber" if old > DAY else "green"

    def short(self, now: int) -> Sentence:
        """For the message bar."""
        if self.running:
            return sentence("Making a backup…")
        if self.last is None:
            return sentence("No backup yet")
        if self.missing:
            return sentence("Backup {age}; the stick is out", age=age(now - self.last))
        return sentence("Backup {age}, checked", age=age(now - self.last))

    def long(self, now: int) -> Sentence:
        """For Today and Settings."""
        if not self.place:
            return sentence("No place for backups was chosen.")
        if self.last is None:
            return sentence("No backup was made yet on {place}.", place=self.place)
        told = age(now - self.last)
        if self.proven is None:
            return sentence("Last backup {age} on {place}.", age=told, place=self.place)
        return sentence("Last backup {age} on {place}; last proven restore {day}.",
                        age=told, place=self.place, day=self.proven)  # fmt: skip
