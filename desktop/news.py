"""What the message bar can say: one sentence and at most one act with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inventory.domain.sentence import Sentence


class NewsKind(StrEnum):
    """How it is coloured: calm is not coloured at all."""

    CALM = "calm"
    DONE = "done"
    LOOK = "look"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do about a piece of news; `key` is a chord such as "Ctrl+Z" or "Alt+B"."""

    label: Sentence
    key: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class News:
    """One sentence with its time; it stays until something newer is said."""

    kind: NewsKind
    words: Sentence
    action: Action | None
    at: datetime
