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

    def waits(self, coming: int, minimum: int) -> bool:
        """Whether what is there and coming is above the minimum that it waits for."""
        return self.wait_for_minimum and coming > minimum


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of the order. `usable` is what can be used in time: on hand less at risk.

    All in smallest units except `packs`; `proposed` is `packs` times `pack_size`. The sentences
    are made when somebody reads them: a list has thousands of lines.
    """

    amc: Amc
    on_hand: int
    usable: int
    at_risk: int
    on_order: int
    maximum: int
    short: int
    packs: int
    rule: ReorderRule

    @property
    def pack_size(self) -> int:
        return self.rule.pack_size

    @property
    def proposed(self) -> int:
        return self.packs * self.pack_size

    @property
    def because(self) -> Sentence:
        """Why it is what it is, to recompute with a pencil."""
        minimum = level(self.rule.min_months, self.amc.rounded)
        return explain(
            Figures(
                amc=self.amc, cover=self.rule.max_months, maximum=self.maximum, minimum=minimum,
                usable=self.usable, at_risk=self.at_risk, on_order=self.on_order,
                short=self.short, waits=self.rule.waits(self.usable + self.on_order, minimum),
                decimals=self.rule.decimals,
            )
        )  # fmt: skip

    @property
    def warnings(self) -> tuple[Sentence, ...]:
        """What to look at before signing."""
        said = []
        if not self.amc.reliable and self.amc.rounded > 0:
            said.append(sentence("Stock was there on fewer than half of the days. Check it."))
        at_hand = self.usable + self.on_order
        if self.proposed and at_hand + self.proposed > self.maximum * OVERFLOW:
            said.append(sentence("Whole packs overshoot the maximum by more than a quarter."))
        return tuple(said)


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
    waits = rule.waits(usable + on_order, level(rule.min_months, amc.rounded))
    short = 0 if waits else max(0, maximum - usable - on_order)
    packs = packs_for(short, rule.pack_size, rule.rounding, rule.at_least_one)
    return Proposal(
        amc, usable_stock, usable, at_risk, on_order, maximum, short, packs, rule
    )
