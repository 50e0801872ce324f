"""What was done to a delivery, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop.pages.receive.parts import Line, Rest
from inventory.domain.sentence import N_

MOST_STEPS = 40


class Act(StrEnum):
    """What a step did."""

    ADD = "add"
    MORE = "more"
    COUNT = "count"
    FACTS = "facts"
    LEARN = "learn"
    DAMAGE = "damage"
    ACCEPT = "accept"
    END = "end"
    SPLIT = "split"
    OUT = "out"
    EXPECT = "expect"
    PAPER = "paper"


TAKEN_BACK: Mapping[Act, str] = MappingProxyType(
    {
        Act.ADD: N_("Taken back: {item} was scanned."),
        Act.MORE: N_("Taken back: one scan of {item}."),
        Act.COUNT: N_("Taken back: the quantity of {item}."),
        Act.FACTS: N_("Taken back: batch and expiry of {item}."),
        Act.LEARN: N_("Forgotten again: the code of {item}."),
        Act.DAMAGE: N_("Taken back: the damage of {item}."),
        Act.ACCEPT: N_("{item} goes to quarantine again."),
        Act.END: N_("Taken back: that no more of {item} is coming."),
        Act.SPLIT: N_("Taken back: another batch of {item}."),
        Act.OUT: N_("{item} is in the delivery again."),
        Act.EXPECT: N_("Taken back: what was expected."),
        Act.PAPER: N_("Taken back: what was written about the delivery."),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """How a delivery stood before an act: only what the act changed.

    `lines` are keys with the line as it was, None where there was none; `rest` is None when
    nothing but lines changed. Acts with the same mark in a row are one step.
    """

    act: Act
    mark: str
    item_id: int
    code: str
    lines: tuple[tuple[int, Line | None], ...]
    rest: Rest | None
    at: int


def differing(
    before: tuple[Line, ...], after: tuple[Line, ...]
) -> tuple[tuple[int, Line | None], ...]:
    """Every line that is not the same in both, as it was before."""
    old = {line.key: line for line in before}
    new = {line.key: line for line in after}
    return tuple((key, old.get(key)) for key in sorted(old | new) if old.get(key) != new.get(key))
