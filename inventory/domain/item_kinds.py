"""The kinds of thing a clinic keeps, as one table: adding a kind is adding a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from inventory.domain.expiry import ShelfLifeRule
from inventory.domain.sentence import N_


class Need(StrEnum):
    """Whether a field is asked of an item."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


class Way(StrEnum):
    """How an item is used up: given to a patient, or used by the clinic."""

    DISPENSE = "dispense"
    USE = "use"


@dataclass(frozen=True, slots=True)
class ItemKind:
    """`decimals` places are shown; the smallest unit is `unit` divided by 10 to that power.

    `section` is the part of the order form. `cold_chain` and `controlled` say whether such an
    item can be, so whether the question is asked. `dispensable` is the way it goes out.
    """

    code: str
    name: str
    section: str
    batch: Need
    expiry: Need
    cold_chain: bool
    controlled: bool
    decimals: int
    unit: str
    shelf_life: ShelfLifeRule
    dispensable: Way


SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "medicines": N_("Medicines"),
        "supplies": N_("Medical supplies"),
        "fuel": N_("Fuel"),
        "other": N_("Other supplies"),
    }
)

_YEAR = ShelfLifeRule(Fraction(12), 75)
_HALF_YEAR = ShelfLifeRule(Fraction(6), 60)
_ANY = ShelfLifeRule()

_ROWS = (
    ItemKind("medicine", N_("Medicine"), "medicines", Need.MUST, Need.MUST,
             True, True, 0, N_("tablet"), _YEAR, Way.DISPENSE),
    ItemKind("vaccine", N_("Vaccine"), "medicines", Need.MUST, Need.MUST,
             True, False, 0, N_("vial"), _HALF_YEAR, Way.USE),
    ItemKind("supply", N_("Medical supply"), "supplies", Need.MAY, Need.MAY,
             True, False, 0, N_("piece"), _YEAR, Way.USE),
    ItemKind("fuel", N_("Fuel"), "fuel", Need.NEVER, Need.NEVER,
             False, False, 1, N_("litre"), _ANY, Way.USE),
    ItemKind("equipment", N_("Equipment"), "other", Need.MAY, Need.NEVER,
             False, False, 0, N_("piece"), _ANY, Way.USE),
    ItemKind("other", N_("Other supply"), "other", Need.NEVER, Need.MAY,
             False, False, 0, N_("piece"), _ANY, Way.USE),
)  # fmt: skip

KINDS: Mapping[str, ItemKind] = MappingProxyType({row.code: row for row in _ROWS})
