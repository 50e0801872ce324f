"""What is protected and what is not: the closed list of rows a health page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_, Sentence


class State(StrEnum):
    """How well something is guarded."""

    SAFE = "safe"
    LOOK = "look"
    OPEN = "open"
    CHOICE = "choice"
    UNKNOWN = "unknown"


STATES: Mapping[State, str] = MappingProxyType(
    {
        State.SAFE: N_("Protected"),
        State.LOOK: N_("Look here"),
        State.OPEN: N_("Not protected"),
        State.CHOICE: N_("Not used"),
        State.UNKNOWN: N_("Not known"),
    }
)


class Guard(StrEnum):
    """One thing that protects the clinic, in the order of the page."""

    LOCK = "lock"
    PASSWORDS = "passwords"
    PAPER_KEY = "paper_key"
    OFFICE_KEY = "office_key"
    BACKUP = "backup"
    PROOF = "proof"
    PEOPLE = "people"
    AUTO_LOCK = "auto_lock"
    SERVER = "server"
    WHOLE_DISK = "whole_disk"
    ROOM = "room"
    PLACE = "place"
    PLAIN_COPIES = "plain_copies"
    EXPORTS = "exports"
    CLOCK = "clock"


TITLES: Mapping[Guard, str] = MappingProxyType(
    {
        Guard.LOCK: N_("File of the clinic"),
        Guard.PASSWORDS: N_("Passwords that open it"),
        Guard.PAPER_KEY: N_("Paper key"),
        Guard.OFFICE_KEY: N_("Key of the office"),
        Guard.BACKUP: N_("Last backup"),
        Guard.PROOF: N_("Proven restore"),
        Guard.PEOPLE: N_("People"),
        Guard.AUTO_LOCK: N_("Lock when nobody is here"),
        Guard.SERVER: N_("Connection to the server"),
        Guard.WHOLE_DISK: N_("Whole disk of this computer"),
        Guard.ROOM: N_("Room on the disk"),
        Guard.PLACE: N_("Where the file is"),
        Guard.PLAIN_COPIES: N_("Copies without a lock"),
        Guard.EXPORTS: N_("Lists taken out"),
        Guard.CLOCK: N_("Clock of this computer"),
    }
)

NOT_PROTECTED = (
    N_("Who takes the computer while the program is open and not locked sees what is on it."),
    N_("Nobody can be protected by a program from being forced to give a password."),
    N_("Printed papers and lists that were taken out are readable by whoever has them."),
    N_("A harmful program on this computer can read what is typed and shown."),
    N_("Without any password, without the paper key and without the office the data stays shut "
       "for ever."),
)  # fmt: skip
"""What no row can say, because nothing protects it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One guard as it is now: its state, a sentence, and what to do when that helps.

    `urgency` orders what should be done first; 0 when nothing has to be done.
    """

    guard: Guard
    state: State
    told: Sentence
    to_do: Sentence | None = None
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """All rows in the order of the page."""

    rows: tuple[Row, ...]

    @property
    def next_step(self) -> Row | None:
        """The one thing to do first; None when all is well."""
        waiting = [row for row in self.rows if row.urgency]
        return max(waiting, key=lambda row: row.urgency, default=None)
