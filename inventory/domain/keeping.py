"""How things are kept: conditions of the store, and what is locked away.

Lists may name others; these have names in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from inventory.domain.sentence import N_

CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "room": N_("Room temperature"),
        "cool": N_("Cool place"),
        "fridge": N_("Fridge"),
        "freezer": N_("Freezer"),
    }
)

SCHEDULES: Mapping[str, str] = MappingProxyType(
    {
        "narcotic": N_("Narcotic"),
        "psychotropic": N_("Psychotropic"),
        "locked": N_("Locked away"),
    }
)
