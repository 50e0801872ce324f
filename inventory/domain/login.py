"""Who wants in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password, which is never shown, logged or kept."""

    name: str
    password: str = field(repr=False)
