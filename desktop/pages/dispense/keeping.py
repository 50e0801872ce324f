"""Baskets in the drafts of the clinic: the one at this counter, and those that are parked."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass

from uuid6 import uuid7

from desktop.desk import Desk, new_request
from desktop.pages.dispense.basket import Basket
from desktop.pages.dispense.basket_body import from_body, to_body
from inventory.queries.drafts import DraftRow
from inventory.services.baskets import KIND, dispense_basket, move_basket
from inventory.services.dispensing import Dispensed, DispenseOrder

RUN = uuid7().hex
"""Names this running of the program: a basket of another one was left behind."""
CLOSED = "closed"
"""Stands in the place of RUN once the window was closed in order."""
_PARKED = "parked-"


@dataclass(frozen=True, slots=True)
class Parked:
    """A basket that waits; `since` in milliseconds UTC."""

    key: str
    lines: int
    visit: str
    since: int


@dataclass(frozen=True, slots=True)
class Left:
    """A basket that an earlier running of the program left; `cut` when it did not close."""

    since: int
    cut: bool


class Keeping:
    """Reads and writes the baskets of one desk. The key is the computer's: desks do not mix."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.key = f"desk-{platform.node()}"

    def load(self) -> tuple[Basket, Left | None]:
        """The basket at this counter, and how it was left when not by this running."""
        row = self.desk.draft(KIND, self.key).row()
        if row is None:
            return self.fresh(), None
        basket = from_body(row.body, new_request())
        run = row.body.get("run") if isinstance(row.body, dict) else None
        left = Left(row.changed_at, run != CLOSED) if run != RUN and basket.lines else None
        return basket, left

    def fresh(self) -> Basket:
        """An empty one."""
        return Basket(new_request())

    def save(self, basket: Basket, *, run: str = RUN) -> None:
        """Durable when this returns; an empty basket leaves nothing behind."""
        draft = self.desk.draft(KIND, self.key)
        if basket.begun or basket.steps:
            draft.save(to_body(basket, run))
        else:
            draft.drop()

    def post(self, basket: Basket, order: DispenseOrder) -> Dispensed:
        """Dispense it and forget it, once. Raises Refused with the basket still kept."""
        return self.desk.do_once(basket.request, dispense_basket, order, self.key)

    def parked(self) -> list[Parked]:
        """What waits, the oldest first."""
        rows = self.desk.drafts(KIND)
        return sorted((_parked(r) for r in rows if r.key.startswith(_PARKED)), key=_since)

    def park(self, basket: Basket) -> None:
        """Put the basket aside."""
        self._move(self.key, f"{_PARKED}{uuid7().hex}", basket)

    def take_up(self, key: str) -> Basket:
        """A parked basket comes to this counter."""
        row = next((row for row in self.desk.drafts(KIND) if row.key == key), None)
        basket = from_body(row.body if row is not None else None, new_request())
        self._move(key, self.key, basket)
        return basket

    def _move(self, old: str, new: str, basket: Basket) -> None:
        now = time.time_ns() // 1_000_000
        body = to_body(basket, RUN)
        self.desk.keep(move_basket, self.desk.clinic.id, old, new, body, now)


def _parked(row: DraftRow) -> Parked:
    basket = from_body(row.body, "")
    return Parked(row.key, len(basket.lines), basket.visit.get("number", ""), row.changed_at)


def _since(parked: Parked) -> int:
    return parked.since
