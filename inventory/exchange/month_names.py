"""Names of months as tables write them, in English, French, Arabic and Kurdish."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# English needs no row: the rule that reads typed dates knows it.
_NAMES = (
    ("Jan", "janvier", "janv", "كانون الثاني", "يناير", "کانوونی دووەم", "کانونی دووەم"),
    ("Feb", "février", "févr", "fév", "شباط", "فبراير", "شوبات"),
    ("Mar", "mars", "آذار", "اذار", "مارس", "ئازار"),
    ("Apr", "avril", "avr", "نيسان", "أبريل", "ابريل", "نیسان"),
    ("May", "mai", "أيار", "ايار", "مايو", "ئایار"),
    ("Jun", "juin", "حزيران", "يونيو", "حوزەیران"),
    ("Jul", "juillet", "juil", "تموز", "يوليو", "تەمووز", "تەمموز"),
    ("Aug", "août", "aout", "آب", "اب", "أغسطس", "اغسطس", "ئاب"),
    ("Sep", "septembre", "sept", "أيلول", "ايلول", "سبتمبر", "ئەیلوول", "ئەیلول"),
    ("Oct", "octobre", "تشرين الأول", "تشرين الاول", "أكتوبر", "اكتوبر", "تشرینی یەکەم"),
    ("Nov", "novembre", "تشرين الثاني", "نوفمبر", "تشرینی دووەم"),
    ("Dec", "décembre", "déc", "كانون الأول", "كانون الاول", "ديسمبر", "کانوونی یەکەم",
     "کانونی یەکەم"),
)  # fmt: skip


@cache
def _known() -> dict[str, str]:
    return {_plain(name): row[0] for row in _NAMES for name in row[1:]}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_known(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)\.?")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def in_english(text: str) -> str:
    """The text with a month's name in English: "12 avril 2027" to "12 Apr 2027"."""
    if not any(letter.isalpha() for letter in text):
        return text
    plain = _plain(text)
    return _pattern().sub(lambda found: _known()[found[0].rstrip(".")], plain)
