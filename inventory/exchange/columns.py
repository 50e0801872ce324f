"""Which column of a table holds which field: guessed by headings, changed by a person, kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from inventory.domain.sentence import N_, Refused
from inventory.exchange.fields import HISTORY_FIELDS, ITEM_FIELDS, OPENING_FIELDS, Field

NOT_USED = N_("not used")

# Letters that keyboards of the region write in several ways.
_SAME_LETTERS = str.maketrans("أإآٱىیێئةەھکۆؤ", "ااااييييههه" + "كوو")
_DROPPED = {"Mn", "Cf", "Zs", "Pc", "Pd", "Po", "Ps", "Pe", "Sk", "Lm", "Cc", "So", "Pi", "Pf"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Column numbers from 0, by field key; a field that is not here is not in the table."""

    columns: Mapping[str, int] = field(default_factory=dict)

    def column(self, key: str) -> int | None:
        """Where the field stands, or None."""
        return self.columns.get(key)

    def field_at(self, column: int) -> str | None:
        """The field of a column, or None when it is not used."""
        return next((key for key, at in self.columns.items() if at == column), None)

    def with_column(self, column: int, key: str | None) -> ColumnMapping:
        """A person's choice: this column is that field, or with None it is not used."""
        kept = {k: at for k, at in self.columns.items() if at != column and k != key}
        if key is not None:
            kept[key] = column
        return replace(self, columns=kept)

    def remember(self, headings: Sequence[str]) -> dict[str, str]:
        """Plain data to keep: field key to heading."""
        return {key: headings[at] for key, at in self.columns.items() if at < len(headings)}

    def require(self, fields: Sequence[Field]) -> None:
        """Raises Refused when a field that the import cannot do without has no column."""
        for wanted in fields:
            if wanted.needed and wanted.key not in self.columns:
                raise Refused(
                    "No column is headed {heading}. Choose the column that holds it.",
                    heading=wanted.key,
                )


def guess(headings: Sequence[str], fields: Sequence[Field]) -> ColumnMapping:
    """Our own headings first, then other people's words; every column is used once."""
    columns: dict[str, int] = {}
    for words_of in (_own, _all_words):
        for wanted in fields:
            if wanted.key not in columns:
                at = _find(headings, words_of(wanted), set(columns.values()))
                if at is not None:
                    columns[wanted.key] = at
    return ColumnMapping(columns)


def recall(
    headings: Sequence[str], fields: Sequence[Field], kept: Mapping[str, str]
) -> ColumnMapping | None:
    """The mapping that `remember` gave, when all its headings are here; else None."""
    columns: dict[str, int] = {}
    known = {wanted.key for wanted in fields}
    for key, heading in kept.items():
        if key not in known or heading not in headings:
            return None
        columns[key] = list(headings).index(heading)
    return ColumnMapping(columns)


def signature(headings: Sequence[str]) -> str:
    """One text for one set of headings: files that come every month share it."""
    return "|".join(heading_key(heading) for heading in headings)


def headings_known(cells: Sequence[str]) -> int:
    """How many of these cells are headings we know: tells a heading row from a title."""
    return sum(1 for cell in cells if len(cell) <= 60 and heading_key(cell) in _every_heading())


@cache
def heading_key(heading: str) -> str:
    """A heading without case, accents, marks, spaces and spelling variants of its letters."""
    letters = unicodedata.normalize("NFKD", heading.casefold().translate(_SAME_LETTERS))
    return "".join(c for c in letters if unicodedata.category(c) not in _DROPPED)


@cache
def _every_heading() -> frozenset[str]:
    tables = (ITEM_FIELDS, OPENING_FIELDS, HISTORY_FIELDS)
    return frozenset(word for table in tables for wanted in table for word in _all_words(wanted))


def _own(wanted: Field) -> tuple[str, ...]:
    return (heading_key(wanted.key),)


@cache
def _all_words(wanted: Field) -> tuple[str, ...]:
    words = (wanted.key, wanted.name, *wanted.words)
    return tuple(dict.fromkeys(heading_key(word) for word in words))


def _find(headings: Sequence[str], words: Sequence[str], taken: set[int]) -> int | None:
    keys = [heading_key(heading) for heading in headings]
    bare = [heading_key(heading.split("(")[0]) for heading in headings]
    for word in words:
        for column, names in enumerate(zip(keys, bare, strict=True)):
            if column not in taken and word in names:
                return column
    return None
