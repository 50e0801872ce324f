"""How a line stands: what it still needs, whether it may be used, what is short or extra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from fractions import Fraction

from desktop.pages.receive.amounts import common_size
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Line
from inventory.domain.expiry import judge_shelf_life
from inventory.domain.item_kinds import ItemKind, Need
from inventory.queries.items import ItemRow


class Fit(Enum):
    """What a batch's expiry means for it."""

    USABLE = auto()
    ACCEPTED = auto()
    SHORT_DATED = auto()
    EXPIRED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a delivery. `state` is a key of the chips; figures in smallest units.

    `expected` is None where nothing was, or where another batch of the item carries it.
    `differs` is what is extra, or short once no more is coming; `to_come` until then.
    """

    at: int
    state: str
    item: ItemRow | None
    line: Line | None
    size: int
    came: int = 0
    damaged: int = 0
    expected: int | None = None
    differs: int = 0
    to_come: int = 0
    fit: Fit = Fit.USABLE
    needs: frozenset[str] = frozenset()

    @property
    def blocks(self) -> bool:
        """Whether the delivery cannot be put on the shelf before this is answered."""
        if self.line is None:
            return False
        return self.item is None or bool(musts(self.line, self.item.traits))


def missing(line: Line, traits: ItemKind) -> frozenset[str]:
    """What is still to be asked of a line: "lot", "expiry"."""
    if line.settled:
        return musts(line, traits)
    asked = {"lot": traits.batch, "expiry": traits.expiry}
    said = {"lot": bool(line.lot), "expiry": line.expiry is not None}
    return frozenset(n for n, need in asked.items() if need is not Need.NEVER and not said[n])


def musts(line: Line, traits: ItemKind) -> frozenset[str]:
    """What nothing can be received without."""
    lot = {"lot"} if traits.batch is Need.MUST and not line.lot else set()
    expiry = {"expiry"} if traits.expiry is Need.MUST and line.expiry is None else set()
    return frozenset(lot | expiry)


def fit_of(line: Line, traits: ItemKind, day: date) -> Fit:
    """Whether the batch may be used, by the rule of its kind."""
    if line.expiry is None:
        return Fit.USABLE
    life = judge_shelf_life(line.expiry, line.made_on, day, traits.shelf_life)
    if life.expired:
        return Fit.EXPIRED
    if life.passes:
        return Fit.USABLE
    return Fit.ACCEPTED if line.reason else Fit.SHORT_DATED


def rule_months(traits: ItemKind) -> Fraction:
    """The months that must be left at receipt."""
    return traits.shelf_life.min_months or Fraction(0)


def standings(
    delivery: Delivery, items: Mapping[int, ItemRow], day: date
) -> tuple[Standing, ...]:
    """Every row in the order of the list: codes to learn, what came, what is waited for."""
    return tuple(standing(delivery, items, day, at) for at in delivery.places)


def standing(
    delivery: Delivery, items: Mapping[int, ItemRow], day: date, at: int
) -> Standing:
    """One row."""
    line = delivery.find(at)
    if line is None:
        return _waited_for(delivery, items[-at])
    if not line.item_id:
        return Standing(at, "new_code", None, line, 1, came=line.came)
    return _came(delivery, items[line.item_id], line, day)


def _waited_for(delivery: Delivery, item: ItemRow) -> Standing:
    awaited = delivery.awaited(item.id)
    assert awaited is not None
    ended = item.id in delivery.ended
    quantity = awaited.quantity
    return Standing(
        -item.id, "short" if ended else "waiting", item, None, awaited.size, expected=quantity,
        differs=-quantity if ended else 0, to_come=0 if ended else quantity,
    )  # fmt: skip


def _came(delivery: Delivery, item: ItemRow, line: Line, day: date) -> Standing:
    batches = delivery.of(item.id)
    awaited = delivery.awaited(item.id)
    first = batches[0].key == line.key
    total = sum(one.came for one in batches)
    wanted = awaited.quantity if awaited is not None else 0
    over = total - wanted
    ended = item.id in delivery.ended
    expected = wanted if first and awaited is not None else None
    carries = expected is not None or (first and bool(delivery.expected))
    differs = over if carries and (over > 0 or ended) else 0
    to_come = -over if carries and over < 0 and not ended else 0
    sizes = [line.size, *(one.size for one in batches), *([awaited.size] if awaited else [])]
    figures = [*(one.came for one in batches), *(one.damaged for one in batches), wanted]
    fit = fit_of(line, item.traits, day)
    needs = missing(line, item.traits)
    return Standing(
        line.key, _state(needs, fit, line.damaged, differs, to_come), item, line,
        common_size(figures, sizes), line.came, line.damaged, expected, differs, to_come, fit,
        needs,
    )  # fmt: skip


def _state(needs: frozenset[str], fit: Fit, damaged: int, differs: int, to_come: int) -> str:
    """The one thing to say about a line, the gravest first."""
    said = (
        ("new_code", bool(needs)),
        ("expired", fit is Fit.EXPIRED),
        ("short_dated", fit is Fit.SHORT_DATED),
        ("damaged", damaged > 0),
        ("short", differs < 0),
        ("extra", differs > 0),
        ("waiting", to_come > 0),
    )
    return next((state for state, holds in said if holds), "fine")
