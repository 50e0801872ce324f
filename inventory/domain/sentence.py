"""What the program says, before anyone has chosen a language.

A rule never returns finished text: it returns an English source sentence with named
placeholders and the values that fill them. The language layer turns it into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from inventory.domain.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Sentence:
    """A translatable sentence; `many` and `n` are set when it counts something."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    many: str | None = None
    n: int | None = None

    def __str__(self) -> str:
        """The English form, for logs and tests; people get theirs from a Language."""
        if self.many is None or self.n is None:
            return self.text.format(**self.values)
        chosen = self.text if abs(self.n) == 1 else self.many
        return chosen.format(n=self.n, **self.values)


def sentence(text: str, /, **values: object) -> Sentence:
    """A sentence with named placeholders."""
    return Sentence(text, values)


def counted(one: str, many: str, n: int, **values: object) -> Sentence:
    """A sentence that counts: `{n}` is the number, both English forms are given."""
    return Sentence(one, values, many, n)


def N_(text: str) -> str:
    """Mark a literal kept in a table as a sentence to translate."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a sentence that counts, kept in a table."""
    return one, many


class Refused(Exception):
    """The only way a rule or a use case says no: one sentence, nothing changed.

    `trouble` is set when something around the program said no and a page can tell what to do.
    """

    trouble: Trouble | None = None

    def __init__(self, text: str | Sentence, /, **values: object) -> None:
        self.sentence = text if isinstance(text, Sentence) else Sentence(text, values)
        super().__init__(str(self.sentence))

    def because(self, trouble: Trouble) -> Self:
        """The same refusal, with the trouble behind it."""
        self.trouble = trouble
        return self
