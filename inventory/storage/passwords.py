"""Passwords and PINs as argon2id hashes. The hash says by which cost it was made."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, rounds, lanes."""

    memory: int
    rounds: int
    lanes: int


FLOOR = Cost(64 * 1024, 3, 4)
"""The second option of RFC 9106; the program never hashes for less."""

_cost = FLOOR


def hash_password(text: str) -> str:
    """The hash to keep, with a salt of its own."""
    return _hasher().hash(text)


def fits(hashed: str, text: str) -> bool:
    """Whether the text is what was hashed. An empty hash takes as long and never fits."""
    try:
        return _hasher().verify(hashed or _nobody(), text) and bool(hashed)
    except (VerificationError, ValueError):  # also text that is no text, a hash that is none
        return False


def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=_cost.rounds, memory_cost=_cost.memory, parallelism=_cost.lanes, type=Type.ID
    )


def _nobody() -> str:
    """A hash nothing fits, so that a name nobody has is not told by the time it takes."""
    return (
        f"$argon2id$v=19$m={_cost.memory},t={_cost.rounds},p={_cost.lanes}"
        "$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    )
