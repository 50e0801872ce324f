"""Ten years of a clinic: which batch came when, and every time somebody took from it.

Each batch is used up before the next is opened, so the story is first expired first out and no
balance falls below zero; the last two batches of an item still stand on the shelf.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

TODAY = date(2026, 11, 22)
DAYS = 3650


@dataclass(frozen=True, slots=True)
class Size:
    """How much history; the design's clinic is the default: a million movements."""

    items: int = 5_000
    batches: int = 8
    takings: int = 24

    @property
    def lots(self) -> int:
        return self.items * self.batches

    @property
    def movements(self) -> int:
        return self.lots * (1 + self.takings)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A batch: `item` and `batch` count from 0."""

    item: int
    batch: int
    day: date
    quantity: int
    expiry: date


@dataclass(frozen=True, slots=True)
class Event:
    """Something that moves one batch on one day; a receipt is positive."""

    day: date
    item: int
    batch: int
    quantity: int


def arrivals(size: Size) -> Iterator[tuple[Arrival, list[Event]]]:
    """Every batch with its events, its receipt first."""
    spacing = DAYS // size.batches
    for item in range(size.items):
        dice = random.Random(item)
        first = TODAY - timedelta(days=DAYS - dice.randrange(spacing // 2))
        for batch in range(size.batches):
            day = first + timedelta(days=batch * spacing)
            taken = [dice.randint(5, 90) for _ in range(size.takings)]
            left = dice.randint(50, 900) if batch >= size.batches - 2 else 0
            expiry = day + timedelta(days=dice.randint(spacing + 60, spacing + 640))
            arrival = Arrival(item, batch, day, sum(taken) + left, expiry)
            receipt = Event(day, item, batch, arrival.quantity)
            yield arrival, [receipt, *_takings(arrival, taken, spacing)]


def _takings(arrival: Arrival, taken: list[int], spacing: int) -> Iterator[Event]:
    for number, quantity in enumerate(taken):
        days = number * (spacing - 1) // len(taken)
        day = min(arrival.day + timedelta(days=days), TODAY)
        yield Event(day, arrival.item, arrival.batch, -quantity)


def documents(events: list[Event]) -> Iterator[list[Event]]:
    """The events in order of time, cut into deliveries of ten lines and visits of four."""
    ordered = sorted(events, key=lambda event: (event.day, event.quantity < 0))
    for (_, taken), same in groupby(ordered, key=lambda event: (event.day, event.quantity < 0)):
        lines = list(same)
        most = 4 if taken else 10
        for start in range(0, len(lines), most):
            yield lines[start : start + most]
