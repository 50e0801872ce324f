"""An act that somebody else has to confirm is asked for once more, with the second name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from inventory.domain.sentence import Refused

if TYPE_CHECKING:
    from desktop.desk import Desk

T = TypeVar("T")


def confirmed(desk: Desk, act: Callable[[str], T]) -> T:
    """`act("")`, and when a second person is needed, `act(name)` with whoever confirmed.

    Raises Refused when nobody did; nothing was changed then.
    """
    try:
        return act("")
    except Refused as refusal:
        name = second_for(desk, refusal)
        if not name:
            raise
    return act(name)


def second_for(desk: Desk, error: Exception) -> str:
    """Who confirmed what was refused; empty when it asks for nobody. Raises Refused."""
    # Loaded only now: it brings SQLAlchemy along, and no window needs that to open.
    from inventory.services.permits import NeedsSecond

    if desk.ask_second is None or not isinstance(error, NeedsSecond):
        return ""
    return desk.ask_second(error)
