"""What a scanner meant when the computer typed its keys in Arabic, Kurdish or Persian.

A scanner that acts as a keyboard sends key positions of a US board. Each table below is the
characters that one layout writes for the US characters beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from inventory.domain.quantity import fold_digits

_US_PLAIN = "qwertyuiop[]asdfghjkl;'`zxcvnm,./"
_US_SHIFT = 'QWERYUIOP{}ASDFHJKL:"~ZXCVNM<>?()'

# B, G and T write two characters on an Arabic board; Linux writes some of them as one.
_VOWELS = "\u064e\u064b\u064f\u064c"
_ARABIC = (
    dict(zip("ضصثقفغعهخحجدشسيبلاتنمكطذئءؤرىةوزظ", _US_PLAIN, strict=True))
    | dict(
        zip(
            _VOWELS + "إ`÷×؛<>" + '\u0650\u064d][أـ،/:"\u0651' + "~\u0652}{آ',.؟)(",
            _US_SHIFT,
            strict=True,
        )
    )
    | {"لا": "b", "لآ": "B", "لأ": "G", "لإ": "T", "ﻻ": "b", "ﻵ": "B", "ﻷ": "G", "ﻹ": "T"}
    | {"‘": "U", "’": "M"}
)
_KURDISH_PLAIN = dict(zip("قوەرتیئحۆپ][اسدفگهژکل؛'\u200dزخجڤنم،./", _US_PLAIN, strict=True))
_KURDISH = (
    _KURDISH_PLAIN
    | {"ب": "b", "ى": "B", "غ": "G", "ط": "T", "ڕ": "R", "ێ": "Y", "ء": "U", "ع": "I", "ؤ": "O"}
    | {"ث": "P", "آ": "A", "ش": "S", "ذ": "D", "إ": "F", "أ": "J", "ك": "K", "ڵ": "L", "ض": "Z"}
    | {"ص": "X", "چ": "C", "ظ": "V", "ة": "N", "ـ": "M", "\u200c": "H", "؟": "?"}
    | {")": "(", "(": ")", "}": "{", "{": "}", ">": "<", "<": ">", "÷": "~"}
)
_PERSIAN = (
    dict(zip("ضصثقفغعهخحجچشسیبلاتنمکگ\u200dظطزردپو./", _US_PLAIN, strict=True))
    | {"ذ": "b", "ْ": "Q", "ٌ": "W", "ٍ": "E", "ً": "R", "ُ": "T", "ِ": "Y", "َ": "U", "ّ": "I"}
    | {"]": "O", "[": "P", "}": "{", "{": "}", "ؤ": "A", "ئ": "S", "ي": "D", "إ": "F", "أ": "G"}
    | {"آ": "H", "ة": "J", "»": "K", "«": "L", "ك": "Z", "ٓ": "X", "ژ": "C", "ٰ": "V", "ٔ": "N"}
    | {"\u200c": "B", "ء": "M", ">": "<", "<": ">", "؟": "?", ")": "(", "(": ")"}
    | {"؛": '"', "÷": "~", "ـ": "_", "،": "&", "×": "^", "٬": "@", "٫": "#", "٪": "%"}
)

# Arabic letters and vowel signs, their drawn forms, and the joiners on Kurdish boards.
_OTHER_LETTERS = re.compile("[\u0600-\u06ff\ufb50-\ufefc\u200c\u200d]")
# What an Arabic board writes for the letters C, V, D, F, I, O, U and M.
_SIGNS = frozenset("{}[]÷×‘’")


def _keys(table: Mapping[str, str]) -> re.Pattern[str]:
    """Cuts a text into what single keys wrote; two characters of one key come before one."""
    double = "|".join(re.escape(key) for key in table if len(key) > 1)
    return re.compile(f"{double}|." if double else ".", re.DOTALL)


LAYOUTS: Mapping[str, Mapping[str, str]] = {
    "arabic": _ARABIC,
    "kurdish": _KURDISH,
    "persian": _PERSIAN,
}
_KEYS = {name: _keys(table) for name, table in LAYOUTS.items()}


def typed_under_another_layout(text: str) -> bool:
    """Whether letters are there that no US board writes, or only signs where letters should be."""
    if _OTHER_LETTERS.search(fold_digits(text)):
        return True
    return any(c in _SIGNS for c in text) and not any(c.isalpha() for c in text)


def by_position(text: str) -> Iterator[str]:
    """What the keys would have written on a US board, once for each layout that explains all."""
    digits = fold_digits(text)
    for name, table in LAYOUTS.items():
        decoded = "".join(table.get(key, key) for key in _KEYS[name].findall(digits))
        if decoded.isascii():
            yield decoded
