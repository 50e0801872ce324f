"""The paper key: 128 random bits as twelve English words, each also a number from 1 to 2048.

The words and their checksum are those of BIP 39, which other programs know too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from mnemonic import Mnemonic

from inventory.domain.quantity import fold_digits, unmarked
from inventory.domain.sentence import Refused

BITS: Final = 128
WORDS: Final = 12
_QR_START: Final = "AMANA KEY 1"
_BETWEEN = re.compile(r"[\s,.;،؛]+")
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PaperKey:
    """What is printed once and kept nowhere else."""

    words: tuple[str, ...] = field(repr=False)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The same words as four digits each, for who does not read Latin letters."""
        places = _places()
        return tuple(f"{places[word] + 1:04d}" for word in self.words)

    @property
    def qr_text(self) -> str:
        return f"{_QR_START} {' '.join(self.numbers)}"


def paper_key(secret: bytes) -> PaperKey:
    """The words of 128 bits."""
    if len(secret) * 8 != BITS:
        raise ValueError("A paper key has 128 bits.")
    return PaperKey(tuple(_list().to_mnemonic(secret).split()))


def secret_of(text: str) -> bytes:
    """The bits that words, numbers or the text of the QR symbol stand for.

    Case, spaces, commas and the script of digits do not matter. Raises Refused naming the place
    of a word that is not in the list.
    """
    plain = unicodedata.normalize("NFKC", unmarked(fold_digits(text))).casefold()
    tokens = [token for token in _BETWEEN.split(plain) if token]
    start = _QR_START.casefold().split()
    if tokens[: len(start)] == start:
        tokens = tokens[len(start) :]
    words = [_word(token, place) for place, token in enumerate(tokens, start=1)]
    if len(words) != WORDS:
        raise Refused("The paper key has 12 words. Here are {count}.", count=len(words))
    try:
        return bytes(_list().to_entropy(words))
    except ValueError:
        raise Refused(
            "All words are in the list but they do not fit together. "
            "One is another word, or two changed places."
        ) from None


def _word(token: str, place: int) -> str:
    # A word that is wrong is still nearly the secret: it is named by its place alone.
    words = _list().wordlist
    if _NUMBER.fullmatch(token) and 1 <= int(token) <= len(words):
        return words[int(token) - 1]
    if token not in _places():
        raise Refused("Word {place} is not in the list.", place=place)
    return token


@cache
def _list() -> Mnemonic:
    return Mnemonic("english")


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(_list().wordlist)}
