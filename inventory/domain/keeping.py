"""How things are kept: conditions of the store, and what is locked away.

Lists may name others; these have names in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from inventory.domain.sentence import N_

CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "room": N_("Room, 15 to 25 °C"),
        "cool": N_("Cool, 8 to 15 °C"),
        "fridge": N_("Fridge, 2 to 8 °C"),
        "freezer": N_("Freezer, under −15 °C"),
    }
)

SCHEDULES: Mapping[str, str] = MappingProxyType(
    {
        "narcotic": N_("Narcotic"),
        "psychotropic": N_("Psychotropic"),
        "locked": N_("Locked away"),
    }
)
