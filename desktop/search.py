"""What the field finds while somebody types: items with their state, stock and nearest expiry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inventory.domain.expiry import Expiry
from inventory.domain.folding import fold
from inventory.domain.names import Names
from inventory.domain.sentence import Sentence

MOST = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One item. `stock` is finished words ("1,204 capsules"); `state` a key of the state table."""

    item_id: int
    code: str
    names: Names
    state: str
    stock: str
    expiry: Expiry | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits first; `read_as` says how a misspelling was understood."""

    hits: tuple[Hit, ...] = ()
    read_as: Sentence | None = None


Search = Callable[[str], Found]


def matched(name: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the words of `query` begin words of `name`: (start, length) of each, in order.

    Letters are compared as the search compares them, so "amoxc" marks "Amox".
    """
    wanted = [fold(word) for word in query.split()]
    spans: list[tuple[int, int]] = []
    for start, word in _words(name):
        length = max((_common(word, token) for token in wanted), default=0)
        if length:
            spans.append((start, length))
    return tuple(spans)


def _words(name: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    start = 0
    for word in name.split():
        start = name.index(word, start)
        found.append((start, word))
        start += len(word)
    return found


def _common(word: str, token: str) -> int:
    """How many letters of `word` the token accounts for; 0 when it is hardly alike."""
    folded = fold(word)
    shared = 0
    while shared < min(len(folded), len(token)) and folded[shared] == token[shared]:
        shared += 1
    if shared < min(len(token), 3):
        return 0
    lengths = range(1, len(word) + 1)
    return next((n for n in lengths if len(fold(word[:n])) >= shared), 0)
