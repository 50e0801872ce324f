"""What one page may ask of another's list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """Show only rows of one state: a key of the list's filter pills, such as "out"."""

    key: str
