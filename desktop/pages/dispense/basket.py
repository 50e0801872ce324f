"""The basket of one visit: lines, visit fields and the steps that can be taken back.

A value: every act gives another basket. It is kept as a draft after each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.quantity import MAX_QUANTITY, parse_quantity
from inventory.domain.sentence import N_, Refused

MOST_STEPS = 30


class Act(StrEnum):
    """What a step did."""

    ADD = "add"
    COUNT = "count"
    OUT = "out"
    BATCH = "batch"
    INSTEAD = "instead"
    VISIT = "visit"
    EMERGENCY = "emergency"


TAKEN_BACK: Mapping[Act, str] = MappingProxyType(
    {
        Act.ADD: N_("Taken back: {item} was added."),
        Act.COUNT: N_("Taken back: the quantity of {item}."),
        Act.OUT: N_("{item} is in the basket again."),
        Act.BATCH: N_("Taken back: the batch chosen for {item}."),
        Act.INSTEAD: N_("Taken back: {item} was added instead."),
        Act.VISIT: N_("Taken back: what was written about the visit."),
        Act.EMERGENCY: N_("Taken back: whether this is an emergency."),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `typed` is kept while it cannot be read as a quantity; `quantity` is then 0.

    `lot_id` with `reason` is a batch chosen by hand, `scanned` the batch of the last scan,
    `instead_of` the item this one replaces.
    """

    item_id: int
    quantity: int = 0
    typed: str = ""
    lot_id: int | None = None
    reason: str = ""
    scanned: int | None = None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How the basket stood before an act. Acts with the same mark in a row are one step."""

    act: Act
    mark: str
    item_id: int
    lines: tuple[Line, ...]
    visit: Mapping[str, str]
    at: int
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """`at` is the line people are on; `request` is made once, so that it is posted once.

    `emergency` is the reason why it is taken out in an emergency, else empty.
    """

    request: str
    lines: tuple[Line, ...] = ()
    visit: Mapping[str, str] = field(default_factory=dict)
    at: int = 0
    steps: tuple[Step, ...] = ()
    emergency: str = ""

    @property
    def line(self) -> Line | None:
        """The line people are on."""
        return self.lines[self.at] if 0 <= self.at < len(self.lines) else None

    @property
    def begun(self) -> bool:
        """Whether there is anything that would be lost."""
        return bool(self.lines) or any(self.visit.values()) or bool(self.emergency)

    def find(self, item_id: int) -> int | None:
        """Where the item's line is."""
        return next((i for i, line in enumerate(self.lines) if line.item_id == item_id), None)

    def go(self, at: int) -> Basket:
        """Be on another line; the first or the last when there is none so far."""
        there = max(0, min(at, len(self.lines) - 1))
        return self if there == self.at else replace(self, at=there)

    def add(self, item_id: int, quantity: int, *, more: bool = False) -> Basket:
        """A line for the item, or be on the one there is; `more` adds to what stands there."""
        where = self.find(item_id)
        if where is None:
            step = self._before(Act.ADD, item_id, f"add {item_id}")
            lines = (*self.lines, Line(item_id, min(quantity, MAX_QUANTITY)))
            return replace(step, lines=lines, at=len(lines) - 1)
        if not more:
            return self.go(where)
        line = self.lines[where]
        total = min(line.quantity + quantity, MAX_QUANTITY)
        step = self._before(Act.COUNT, item_id, f"more {item_id} {total}")
        return step._put(where, replace(line, quantity=total, typed="")).go(where)

    def write(self, where: int, text: str, decimals: int) -> Basket:
        """What somebody typed into the quantity of a line."""
        line = self.lines[where]
        try:
            changed = replace(line, quantity=parse_quantity(text, decimals), typed="")
        except Refused:
            changed = replace(line, quantity=0, typed=text)
        if changed == line:
            return self
        step = self._before(Act.COUNT, line.item_id, f"count {line.item_id}")
        return step._put(where, changed)

    def take_out(self, where: int) -> Basket:
        """Without that line."""
        line = self.lines[where]
        step = self._before(Act.OUT, line.item_id, f"out {line.item_id}")
        lines = self.lines[:where] + self.lines[where + 1 :]
        at = self.at - 1 if where < self.at else self.at
        return replace(step, lines=lines).go(at)

    def choose_batch(self, where: int, lot_id: int | None, reason: str) -> Basket:
        """A batch to take first and why; None for the earliest again."""
        line = self.lines[where]
        chosen = replace(line, lot_id=lot_id, reason=reason if lot_id is not None else "")
        step = self._before(Act.BATCH, line.item_id, f"batch {line.item_id} {lot_id}")
        return step._put(where, chosen)

    def scanned(self, where: int, lot_id: int | None) -> Basket:
        """Remember which batch is in somebody's hand."""
        return self._put(where, replace(self.lines[where], scanned=lot_id))

    def take_instead(self, where: int, item_id: int, quantity: int) -> Basket:
        """A line for another item right after the one it stands in for."""
        there = self.find(item_id)
        if there is not None:
            return self.go(there)
        line = Line(item_id, quantity, instead_of=self.lines[where].item_id)
        step = self._before(Act.INSTEAD, item_id, f"instead {item_id}")
        lines = (*self.lines[: where + 1], line, *self.lines[where + 1 :])
        return replace(step, lines=lines, at=where + 1)

    def note(self, name: str, text: str) -> Basket:
        """One field of the visit, as typed."""
        if self.visit.get(name, "") == text:
            return self
        step = self._before(Act.VISIT, 0, f"visit {name}")
        return replace(step, visit={**self.visit, name: text})

    def in_emergency(self, reason: str) -> Basket:
        """For that reason, or with an empty one a usual basket again."""
        if reason == self.emergency:
            return self
        return replace(self._before(Act.EMERGENCY, 0, f"emergency {reason}"), emergency=reason)

    def take_back(self) -> tuple[Basket, Step] | None:
        """The basket before the last step, and that step; None when there is none."""
        if not self.steps:
            return None
        step = self.steps[-1]
        before = replace(
            self, lines=step.lines, visit=step.visit, at=step.at, steps=self.steps[:-1],
            emergency=step.emergency,
        )  # fmt: skip
        return before, step

    def _before(self, act: Act, item_id: int, mark: str) -> Basket:
        """Remember how it stands, unless the last step was the same act going on."""
        if self.steps and self.steps[-1].mark == mark:
            return self
        step = Step(act, mark, item_id, self.lines, self.visit, self.at, self.emergency)
        return replace(self, steps=(*self.steps, step)[-MOST_STEPS:])

    def _put(self, where: int, line: Line) -> Basket:
        return replace(self, lines=(*self.lines[:where], line, *self.lines[where + 1 :]))
