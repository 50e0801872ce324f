"""When a clinic asks for a second person, beyond what always needs one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventory.domain.sentence import Refused
from inventory.queries.clinics import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTING = "second_person"
DAYS = 7
"""Changes of one item within so many days are judged together: many small ones are a large one."""


@dataclass(frozen=True, slots=True)
class SecondRules:
    """A change is large above `percent` of the item's stock and above so many packs.

    Losses and corrections of controlled items always need a second person; with `dispensing`
    handing them to a patient does too.
    """

    percent: int = 10
    packs: int = 1
    dispensing: bool = False

    def __post_init__(self) -> None:
        if not (0 <= self.percent <= 100 and 0 <= self.packs <= 1000):
            raise Refused("Choose 0 to 100 percent and 0 to 1,000 packs.")

    def large(self, change: int, stock: int, pack: int) -> bool:
        """Whether a change is large beside what there was before it."""
        size = abs(change)
        return size * 100 > self.percent * stock and size > self.packs * pack


def second_rules(connection: Connection, clinic_id: int) -> SecondRules:
    """As the clinic has set them."""
    return SecondRules(**setting(connection, clinic_id, SETTING, {}))
