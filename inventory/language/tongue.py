"""The languages the program speaks: a new one is a row here and a `.po` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tongue:
    """What must be known of a language besides its catalogue.

    `locale` names the CLDR data for months and days. `plurals` is the CLDR rule as a gettext
    header writes it; `forms` names its forms in that order, for translators.
    """

    code: str
    endonym: str
    locale: str
    rtl: bool
    comma: str
    last_and: str
    plurals: str
    forms: tuple[str, ...]


_ONE_OR_OTHER = "nplurals=2; plural=(n != 1);"
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2"
    " : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)

_ROWS = (
    Tongue("en", "English", "en", False, ", ", " and ", _ONE_OR_OTHER, ("one", "other")),
    Tongue(
        "ar",
        "العربية",
        "ar_IQ",
        True,
        "، ",
        " و",
        _ARABIC,
        ("zero", "one", "two", "few", "many", "other"),
    ),
    Tongue("ckb", "کوردی، سۆرانی", "ckb_IQ", True, "، ", " و ", _ONE_OR_OTHER, ("one", "other")),
    # CLDR's third French form is for "1 million de …" in words; figures never need it.
    Tongue(
        "fr",
        "Français",
        "fr",
        False,
        ", ",
        " et ",
        "nplurals=2; plural=(n > 1);",
        ("one", "other"),
    ),
)

TONGUES: Mapping[str, Tongue] = MappingProxyType({row.code: row for row in _ROWS})
"""Every language by its code, English (the source) first."""
