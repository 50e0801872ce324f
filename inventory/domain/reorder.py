"""The order a clinic should make, with the sentence that explains it to who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from inventory.domain.because import Figures, explain
from inventory.domain.consumption import Amc
from inventory.domain.packing import Rounding, packs_for
from inventory.domain.sentence import Sentence, sentence

OVERFLOW = Fraction(5, 4)


@dataclass(frozen=True, slots=True)
class ReorderRule:
    """Levels in months of consumption, and the pack that is ordered.

    `decimals` of the item, only to say its quantities. `wait_for_minimum`: nothing is ordered
    while stock and deliveries stand above the minimum (continuous review); off, every order
    fills to the maximum.
    """

    min_months: Fraction
    max_months: Fraction
    rounding: Rounding
    pack_size: int
    decimals: int = 0
    at_least_one: bool = True
    wait_for_minimum: bool = False

    def __post_init__(self) -> None:
        if self.pack_size < 1:
            raise ValueError("a pack holds at least one unit")
        if not 0 <= self.min_months <= self.max_months:
            raise ValueError("the minimum lies between 0 and the maximum")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of the order. `usable` is what can be used in time: on hand less at risk.

    All in smallest units except `packs`; `proposed` is `packs` times `pack_size`.
    """

    amc: Amc
    on_hand: int
    usable: int
    at_risk: int
    on_order: int
    maximum: int
    short: int
    packs: int
    pack_size: int
    proposed: int
    because: Sentence
    warnings: tuple[Sentence, ...]


def level(months: Fraction, amc: int) -> int:
    """Months of consumption as units, rounded up; `amc` as it is printed."""
    return -(-months.numerator * amc // months.denominator)


def propose(
    amc: Amc, usable_stock: int, at_risk: int, on_order: int, rule: ReorderRule
) -> Proposal:
    """Order packs(maximum - usable - on order), never less than nothing.

    `usable_stock` is neither expired nor held; `at_risk` of it will expire unused. Without a
    known consumption nothing is proposed and the sentence says what is missing.
    """
    known = amc.rounded > 0
    at_risk = min(at_risk, usable_stock) if known else 0
    usable = usable_stock - at_risk
    maximum = level(rule.max_months, amc.rounded)
    minimum = level(rule.min_months, amc.rounded)
    waits = rule.wait_for_minimum and usable + on_order > minimum
    short = 0 if waits else max(0, maximum - usable - on_order)
    packs = packs_for(short, rule.pack_size, rule.rounding, rule.at_least_one)
    figures = Figures(
        amc=amc, cover=rule.max_months, maximum=maximum, minimum=minimum, usable=usable,
        at_risk=at_risk, on_order=on_order, short=short, waits=waits, decimals=rule.decimals,
    )  # fmt: skip
    return Proposal(
        amc=amc,
        on_hand=usable_stock,
        usable=usable,
        at_risk=at_risk,
        on_order=on_order,
        maximum=maximum,
        short=short,
        packs=packs,
        pack_size=rule.pack_size,
        proposed=packs * rule.pack_size,
        because=explain(figures),
        warnings=_warnings(amc, usable + on_order, packs * rule.pack_size, maximum),
    )


def _warnings(amc: Amc, at_hand: int, proposed: int, maximum: int) -> tuple[Sentence, ...]:
    said = []
    if not amc.reliable and amc.rounded > 0:
        said.append(sentence("Stock was there on fewer than half of the days. Check it."))
    if proposed and at_hand + proposed > maximum * OVERFLOW:
        said.append(sentence("Whole packs overshoot the maximum by more than a quarter."))
    return tuple(said)
