"""Passwords made expensive to guess: Argon2id, as slow as this computer bears.

The parameters are kept beside what they made. A file that asks for less than the floor is hostile,
and so is one that asks for more than any computer of ours has.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from inventory.domain.sentence import Refused

SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
AIM_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: KiB of memory, passes over it, lanes beside each other."""

    memory: int
    passes: int
    lanes: int


FLOOR = Cost(64 * 1024, 3, 4)
"""The second choice of RFC 9106. Tests may lower it; the program never does."""

CEILING: Final = Cost(1024 * 1024, 48, 16)
_MOST_WORK: Final = 6 * 1024 * 1024
# Beyond this a donated laptop with little memory would swap; more passes slow a guess as well.
_MOST_CALIBRATED: Final = 256 * 1024


def bearable(cost: Cost) -> bool:
    """Neither below the floor nor absurd."""
    each = zip(
        (FLOOR.memory, FLOOR.passes, FLOOR.lanes),
        (cost.memory, cost.passes, cost.lanes),
        (CEILING.memory, CEILING.passes, CEILING.lanes),
        strict=True,
    )
    return all(low <= asked <= high for low, asked, high in each) and (
        cost.memory * cost.passes <= _MOST_WORK
    )


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """The key behind a password. One that looks the same on another keyboard is the same.

    Raises Refused when this computer has not the memory for it.
    """
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(
            secret, salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID
        )
    except HashingError:
        raise Refused("There is not enough memory to check the password. Close other programs "
                      "and try again.") from None  # fmt: skip


def calibrated(seconds: Callable[[Cost], float] | None = None) -> Cost:
    """The cost that takes half a second to a second here, never below the floor."""
    measure = _seconds if seconds is None else seconds
    cost = FLOOR
    took = measure(cost)
    while took < AIM_SECONDS:
        dearer = _dearer(cost, took)
        if dearer == cost or not bearable(dearer):
            break
        try:
            took = measure(dearer)
        except Refused:
            break
        cost = dearer
    return cost


def _dearer(cost: Cost, took: float) -> Cost:
    if cost.memory * 2 <= _MOST_CALIBRATED:
        return Cost(cost.memory * 2, cost.passes, cost.lanes)
    passes = max(cost.passes + 1, round(cost.passes * AIM_SECONDS / max(took, 0.01)))
    return Cost(cost.memory, min(passes, _MOST_WORK // cost.memory), cost.lanes)


def _seconds(cost: Cost) -> float:
    before = time.perf_counter()
    stretch("calibration", bytes(SALT_BYTES), cost)
    return time.perf_counter() - before
