"""A delivery on its way to the shelf, and everything people do with it.

A value: every act gives another delivery, and remembers how it stood before. It is kept as a
draft after each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from desktop.pages.receive.amounts import Amount
from desktop.pages.receive.merging import capped, merged
from desktop.pages.receive.parts import Expected, Line, Paper, Rest
from desktop.pages.receive.steps import MOST_STEPS, Act, Step, differing
from inventory.domain.expiry import Expiry
from inventory.domain.order_symbol import OrderSymbol
from inventory.domain.sentence import Refused


@dataclass(frozen=True, slots=True)
class Delivery:
    """`at` is the row people are on: a line's key, or minus the item that is waited for.

    `ended` are items of which no more is coming, `symbols` the parts of an order read so far,
    `request` is made once, so that it is posted once.
    """

    request: str
    lines: tuple[Line, ...] = ()
    rest: Rest = field(default_factory=Rest)
    at: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def paper(self) -> Paper:
        return self.rest.paper

    @property
    def expected(self) -> tuple[Expected, ...]:
        return self.rest.expected

    @property
    def ended(self) -> frozenset[int]:
        return self.rest.ended

    @property
    def begun(self) -> bool:
        """Whether there is anything that would be lost."""
        return bool(self.lines) or self.rest != Rest()

    @property
    def line(self) -> Line | None:
        """The line people are on; None on a row that is only waited for."""
        return self.find(self.at)

    def find(self, key: int) -> Line | None:
        """The line with that key."""
        return next((line for line in self.lines if line.key == key), None)

    def of(self, item_id: int) -> tuple[Line, ...]:
        """Every batch of an item, in the order they came."""
        return tuple(line for line in self.lines if line.item_id == item_id)

    def awaited(self, item_id: int) -> Expected | None:
        """What should come of an item."""
        return next((one for one in self.expected if one.item_id == item_id), None)

    @property
    def waiting(self) -> tuple[Expected, ...]:
        """What should come and of which nothing has come."""
        there = {line.item_id for line in self.lines}
        return tuple(one for one in self.expected if one.item_id not in there)

    @property
    def places(self) -> tuple[int, ...]:
        """All rows as `at` counts them: codes to learn, what came, what is waited for."""
        unknown = [line.key for line in self.lines if not line.item_id]
        known = [line.key for line in self.lines if line.item_id]
        return (*unknown, *known, *(-one.item_id for one in self.waiting))

    def go(self, at: int) -> Delivery:
        """Be on another row; the last line when that one is not there."""
        if at in self.places:
            return replace(self, at=at)
        last = self.lines[-1].key if self.lines else next(iter(self.places), 0)
        return replace(self, at=last)

    # Packs that come

    def add(self, line: Line) -> Delivery:
        """A new line, below the others."""
        new = replace(line, key=self._next_key, came=capped(line.came))
        changed = replace(self, lines=(*self.lines, new), at=new.key)
        return self._did(changed, Act.ADD, line.item_id, line.code)

    def more(self, key: int, units: int, at: int, serials: tuple[str, ...] = ()) -> Delivery:
        """The same pack again."""

        def added(line: Line) -> Line:
            came = capped(line.came + units)
            return replace(line, came=came, at=at, serials=(*line.serials, *serials))

        return self._change(key, added, Act.MORE)

    def count(self, key: int, amount: Amount) -> Delivery:
        """Somebody says how many came. Raises Refused when fewer than are damaged."""

        def counted(line: Line) -> Line:
            _check_damage(line.damaged, amount.came)
            return replace(line, came=amount.came, size=amount.size)

        return self._change(key, counted, Act.COUNT)

    def settle(
        self,
        key: int,
        lot: str,
        expiry: Expiry | None,
        place_id: int | None = None,
        amount: Amount | None = None,
    ) -> Delivery:
        """Batch and expiry as the pack says them; two lines of one batch become one.

        Raises Refused when fewer came than are damaged.
        """

        def settled(line: Line) -> Line:
            same = line.lot == lot and line.expiry == expiry
            came = amount or Amount(line.came, line.size)
            _check_damage(line.damaged, came.came)
            return replace(line, lot=lot, expiry=expiry, settled=True, place_id=place_id,
                           reason=line.reason if same else "", came=came.came,
                           size=came.size)  # fmt: skip

        return self._change(key, settled, Act.FACTS, one_batch=True, name=str(key))

    def write_lot(self, key: int, lot: str) -> Delivery:
        """The batch, while the expiry is still to be written; both are one step."""
        return self._change(key, lambda line: replace(line, lot=lot), Act.FACTS, name=str(key))

    def split(self, key: int, units: int) -> Delivery:
        """So many of a line are of another batch, which is asked next."""
        line = self.find(key)
        if line is None:
            return self
        if units >= line.came:
            blank = replace(line, lot="", expiry=None, made_on=None, settled=False, reason="")
            return self._change(key, lambda _: blank, Act.SPLIT)
        new = self._next_key
        other = Line(new, line.item_id, line.code, came=units, size=line.size, at=line.at,
                     place_id=line.place_id)  # fmt: skip
        less = replace(line, came=line.came - units, damaged=min(line.damaged, line.came - units))
        lines = (*(less if one.key == key else one for one in self.lines), other)
        return self._did(replace(self, lines=lines, at=new), Act.SPLIT, line.item_id)

    def learn(self, code: str, item_id: int, size: int, settled: bool) -> Delivery:
        """A code is known now: its packs become lines of the item."""

        def known(line: Line) -> Line:
            if line.item_id or line.code != code:
                return line
            said = settled or bool(line.lot and line.expiry)
            return replace(line, item_id=item_id, came=capped(line.came * size), size=size,
                           settled=said)  # fmt: skip

        lines = tuple(known(line) for line in self.lines)
        lines, at = merged(lines, self.at)
        return self._did(replace(self, lines=lines, at=at), Act.LEARN, item_id, code)

    def take_out(self, key: int) -> Delivery:
        """Without that line."""
        line = self.find(key)
        if line is None:
            return self
        where = self.places.index(key)
        lines = tuple(one for one in self.lines if one.key != key)
        changed = replace(self, lines=lines)
        places = changed.places
        at = places[min(where, len(places) - 1)] if places else 0
        return self._did(replace(changed, at=at), Act.OUT, line.item_id, line.code)

    # What is said about them

    def damage(self, key: int, units: int) -> Delivery:
        """So many came broken. Raises Refused when that is more than came."""

        def broken(line: Line) -> Line:
            _check_damage(units, line.came)
            return replace(line, damaged=units)

        return self._change(key, broken, Act.DAMAGE)

    def accept(self, key: int, reason: str) -> Delivery:
        """A short-dated batch may be used all the same."""
        return self._change(key, lambda line: replace(line, reason=reason), Act.ACCEPT)

    def end(self, item_id: int) -> Delivery:
        """No more of an item is coming; again takes it back."""
        ended = self.ended ^ {item_id}
        return self._rest(replace(self.rest, ended=ended), Act.END, item_id)

    # The papers

    def expect(self, paper: Paper, expected: Iterable[Expected]) -> Delivery:
        """An order says what should come; it takes the place of an earlier one."""
        rest = Rest(paper, tuple(expected), frozenset(), ())
        changed = self._rest(rest, Act.EXPECT, 0)
        return changed if changed.at in changed.places else changed.go(0)

    def read_symbols(self, symbols: tuple[OrderSymbol, ...]) -> Delivery:
        """The parts of an order symbol read so far."""
        return self._rest(replace(self.rest, symbols=symbols), Act.EXPECT, 0)

    def write(self, paper: Paper, name: str) -> Delivery:
        """One field of the papers, as typed."""
        return self._rest(replace(self.rest, paper=paper), Act.PAPER, 0, name)

    # Steps

    def take_back(self) -> tuple[Delivery, Step] | None:
        """The delivery before the last step, and that step; None when there is none."""
        if not self.steps:
            return None
        step = self.steps[-1]
        lines = {line.key: line for line in self.lines}
        for key, was in step.lines:
            if was is None:
                lines.pop(key, None)
            else:
                lines[key] = was
        before = replace(
            self, lines=tuple(lines[key] for key in sorted(lines)), at=step.at,
            rest=self.rest if step.rest is None else step.rest, steps=self.steps[:-1],
        )  # fmt: skip
        return before, step

    @property
    def _next_key(self) -> int:
        """Never one that a step may bring back."""
        there = (line.key for line in self.lines)
        before = (key for step in self.steps for key, _ in step.lines)
        return 1 + max((*there, *before), default=0)

    def _change(
        self,
        key: int,
        change: Callable[[Line], Line],
        act: Act,
        *,
        one_batch: bool = False,
        name: str = "",
    ) -> Delivery:
        line = self.find(key)
        if line is None:
            return self
        lines = tuple(change(line) if one.key == key else one for one in self.lines)
        at = key
        if one_batch:
            lines, at = merged(lines, key)
        changed = replace(self, lines=lines, at=at)
        return self._did(changed, act, line.item_id, line.code, name)

    def _rest(self, rest: Rest, act: Act, item_id: int, name: str = "") -> Delivery:
        return self._did(replace(self, rest=rest), act, item_id, name=name)

    def _did(
        self, changed: Delivery, act: Act, item_id: int, code: str = "", name: str = ""
    ) -> Delivery:
        """Remember how it stood, unless the last step was the same field being written."""
        if (changed.lines, changed.rest) == (self.lines, self.rest):
            return replace(changed, steps=self.steps)
        mark = f"{act} {name}" if name else ""
        if mark and self.steps and self.steps[-1].mark == mark:
            return replace(changed, steps=self.steps)
        rest = None if changed.rest == self.rest else self.rest
        step = Step(act, mark, item_id, code, differing(self.lines, changed.lines), rest, self.at)
        return replace(changed, steps=(*self.steps, step)[-MOST_STEPS:])


def _check_damage(damaged: int, came: int) -> None:
    if damaged > came:
        raise Refused("More are damaged than came.")
