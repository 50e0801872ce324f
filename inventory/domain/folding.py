"""Text as it is searched: letters that people type for each other become one letter.

Stored text is never folded; only the search column and the question are.
"""

from __future__ import annotations

import re
import unicodedata

from inventory.domain.quantity import fold_digits

# Arabic and Kurdish spellings of one sound or of one drawing. Combining marks are already gone,
# so hamza and madda on a letter need no line here.
_LETTERS = str.maketrans(
    {
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
        "ۆ": "و", "ۇ": "و", "ڕ": "ر", "ڵ": "ل", "ک": "ك", "گ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز",
        "ڤ": "ف", "ڨ": "ق", "ء": "", "ـ": "", "٫": ".", "٬": ",", "،": " ", "؛": " ", "؟": " ",
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "μ": "u",
    }
)  # fmt: skip

_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_OTHER = re.compile(r"[^\w\x00]+|_+")
_BOUNDARY = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")


class _Characters(dict[int, str]):
    """Each character folded when first met: an import folds a million of the same hundred."""

    def __missing__(self, code: int) -> str:
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        spread = "".join(" " if unicodedata.category(c) == "Cc" else c for c in spread)
        plain = "".join(c for c in spread if not unicodedata.category(c).startswith(("M", "C")))
        self[code] = fold_digits(plain.translate(_LETTERS))
        return self[code]


_CHARACTERS = _Characters()


def fold(text: str) -> str:
    """Lower case, no accents, vowel signs or punctuation, one form of each letter, digits 0-9.

    Numbers part from letters, so "500mg" is "500 mg" and "MED0041" is "MED-0041".
    """
    plain = _GROUPED.sub("", text.translate(_CHARACTERS))
    # A point between digits is kept as NUL while all other signs become spaces.
    plain = _OTHER.sub(" ", _DECIMAL.sub("\x00", plain))
    return " ".join(_BOUNDARY.sub(" ", plain).replace("\x00", ".").split())
