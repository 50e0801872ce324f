"""From units short to whole packs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from inventory.domain.sentence import N_


class Rounding(StrEnum):
    """When the rest after whole packs becomes one pack more."""

    UP = "up"
    HALF = "half"
    NEAREST = "nearest"
    DOWN = "down"


NAMES = {
    Rounding.UP: N_("Always up"),
    Rounding.HALF: N_("Up from half a pack"),
    Rounding.NEAREST: N_("Up over half a pack"),
    Rounding.DOWN: N_("Always down"),
}

# Vital, essential, non-essential; an item without a class is treated as essential.
BY_VEN = {"V": Rounding.UP, "E": Rounding.HALF, "N": Rounding.NEAREST}


def rounding_for(ven: str) -> Rounding:
    """The default for a VEN class."""
    return BY_VEN.get(ven, Rounding.HALF)


# The most whole units a rest may have without a pack of its own. Half a pack itself goes up
# under HALF, so its threshold lies just under the half.
_THRESHOLDS: Mapping[Rounding, Callable[[int], int]] = MappingProxyType(
    {
        Rounding.UP: lambda pack: 0,
        Rounding.HALF: lambda pack: (pack - 1) // 2,
        Rounding.NEAREST: lambda pack: pack // 2,
        Rounding.DOWN: lambda pack: pack,
    }
)


def packs_over(
    units: int, pack_size: int, threshold: Fraction | int, at_least_one: bool = True
) -> int:
    """Whole packs for `units`, one more when the rest is over `threshold` units.

    Never 0 packs for 1 unit or more unless `at_least_one` is off.
    """
    whole, rest = divmod(max(0, units), pack_size)
    packs = whole + (1 if rest > threshold else 0)
    return max(packs, 1) if units > 0 and at_least_one else packs


def packs_for(units: int, pack_size: int, rounding: Rounding, at_least_one: bool = True) -> int:
    """Whole packs for `units` by a named rounding."""
    return packs_over(units, pack_size, _THRESHOLDS[rounding](pack_size), at_least_one)
