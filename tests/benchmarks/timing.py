"""Measuring: medians of many, in milliseconds, and a result with the aim it is held against."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """`value` in `unit`; `aim` is the most it should be, None where only shown."""

    key: str
    what: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return ""
        return "yes" if self.value <= self.aim else "NO"


def took(action: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def typical(action: Callable[[], object], times: int) -> float:
    """Median milliseconds, the first run not counted."""
    action()
    return median(took(action) for _ in range(times))
