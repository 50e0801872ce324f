"""Search as you type: code, every name, INN and barcode, however they are spelled.

The whole list is folded once and kept in memory; 5,000 items answer in a few milliseconds. What
nothing contains is looked up again by likeness, and the answer says what it was read as.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, text

from inventory.domain.folding import fold
from inventory.domain.names import LANGUAGE_CODES, Names
from inventory.queries.items import all_items

MOST = 12
LIKENESS = 72
SHORTEST_GUESS = 4

# Codes of other lists too; a barcode that looks the same wins.
_BARCODES = text("""
SELECT code, item_id, 0 AS rank FROM item_code
UNION ALL SELECT code, item_id, 1 FROM barcode ORDER BY rank
""")
_STAMP = text("""
SELECT (SELECT count(*) FROM item), (SELECT coalesce(max(changed_at), 0) FROM item),
  (SELECT count(*) FROM barcode)
""")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item, folded: `words` are code, names and INN; `whole` is all of them in one string."""

    item_id: int
    code: str
    names: Names
    words: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Items in order of rank. `read_as` is the word a misspelling was taken for, else empty."""

    items: tuple[int, ...]
    read_as: str = ""


class SearchIndex:
    """The folded list. Built from a connection; `fresh` says whether the list has changed."""

    def __init__(self, entries: Iterable[Entry], barcodes: dict[str, int], stamp: object) -> None:
        self.entries = tuple(entries)
        self.barcodes = barcodes
        self._stamp = stamp
        self._vocabulary = sorted({
            word for entry in self.entries for part in entry.words for word in part.split()
            if len(word) >= SHORTEST_GUESS and not word[0].isdigit()
        })  # fmt: skip

    @classmethod
    def build(cls, connection: Connection) -> SearchIndex:
        entries = []
        for item in all_items(connection):
            names = (item.names.in_language(code) for code in LANGUAGE_CODES)
            words = tuple(dict.fromkeys(fold(w) for w in (item.code, *names, item.inn) if w))
            entries.append(Entry(item.id, item.code, item.names, words, " \n ".join(words)))
        barcodes = {row.code: row.item_id for row in connection.execute(_BARCODES)}
        return cls(entries, barcodes, _stamp(connection))

    def fresh(self, connection: Connection) -> bool:
        """Whether nothing on the list has changed since it was built."""
        return _stamp(connection) == self._stamp

    def search(self, asked: str, most: int = MOST) -> Hits:
        """Items for what was typed, best first; empty text finds nothing."""
        folded = fold(asked)
        if not folded:
            return Hits(())
        exact = self._barcode(asked)
        found = self._containing(folded.split())
        if found or exact:
            ranked = sorted(found, key=lambda entry: _rank(entry, folded))
            items = [*exact, *(entry.item_id for entry in ranked)]
            return Hits(tuple(dict.fromkeys(items))[:most])
        return self._alike(folded, most)

    def _barcode(self, asked: str) -> list[int]:
        code = asked.strip()
        padded = code.zfill(14) if code.isdigit() else code
        return [self.barcodes[key] for key in (code, padded) if key in self.barcodes]

    def _containing(self, words: Sequence[str]) -> list[Entry]:
        return [entry for entry in self.entries if all(word in entry.whole for word in words)]

    def _alike(self, folded: str, most: int) -> Hits:
        """Replace each unknown word by the likeliest known one, then search again."""
        read = [self._likeliest(word) for word in folded.split()]
        if None in read:
            return Hits(())
        known = [word for word in read if word is not None]
        found = sorted(self._containing(known), key=lambda entry: _rank(entry, " ".join(known)))
        if not found:
            return Hits(())
        return Hits(tuple(entry.item_id for entry in found)[:most], " ".join(known))

    def _likeliest(self, word: str) -> str | None:
        if any(word in entry.whole for entry in self.entries):
            return word
        if len(word) < SHORTEST_GUESS:
            return None
        best = process.extractOne(word, self._vocabulary, scorer=_likeness, score_cutoff=LIKENESS)
        return None if best is None else str(best[0])


def _likeness(word: str, known: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """Likeness of a typed word to the beginning of a known one, in percent."""
    whole = fuzz.ratio(word, known, score_cutoff=score_cutoff or 0)
    start = fuzz.ratio(word, known[: len(word) + 1], score_cutoff=score_cutoff or 0)
    return max(whole, start - 2)


def _rank(entry: Entry, asked: str) -> tuple[int, int, str]:
    """Exact code, a code or name that begins so, a word that begins so, then anywhere.

    Among equals the shortest name first: plain amoxicillin before its combinations.
    """
    first = asked.split()[0]
    code = fold(entry.code)
    if code == asked:
        place = 0
    elif code.startswith(asked):
        place = 1
    elif any(word.startswith(asked) for word in entry.words):
        place = 2
    elif any(f" {first}" in word or word.startswith(first) for word in entry.words):
        place = 3
    else:
        place = 4
    return (place, len(str(entry.names)), entry.code)


def _stamp(connection: Connection) -> tuple[int, ...]:
    return tuple(connection.execute(_STAMP).one())
