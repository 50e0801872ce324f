"""The languages the program speaks: a new one is a row here and a `.po` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tongue:
    """What must be known of a language besides its catalogue.

    `locale` names the CLDR data for months and days. `plurals` is the CLDR rule as a gettext
    header writes it; `forms` names its forms in that order, for translators. `foreign` are
    letters that look right but belong to the neighbouring script and break search and sorting.
    """

    code: str
    name: str
    endonym: str
    locale: str
    rtl: bool
    comma: str
    last_and: str
    plurals: str
    forms: tuple[str, ...]
    foreign: str = ""


_ONE_OR_OTHER = "nplurals=2; plural=(n != 1);"
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2"
    " : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)

_ROWS = (
    Tongue(
        code="en",
        name="English",
        endonym="English",
        locale="en",
        rtl=False,
        comma=", ",
        last_and=" and ",
        plurals=_ONE_OR_OTHER,
        forms=("one", "other"),
    ),
    Tongue(
        code="ar",
        name="Arabic",
        endonym="العربية",
        locale="ar_IQ",
        rtl=True,
        comma="، ",
        last_and=" و",
        plurals=_ARABIC,
        forms=("zero", "one", "two", "few", "many", "other"),
        foreign="\u06cc\u06a9\u06d5",
    ),
    Tongue(
        code="ckb",
        name="Kurdish (Sorani)",
        endonym="کوردی، سۆرانی",
        locale="ckb_IQ",
        rtl=True,
        comma="، ",
        last_and=" و ",
        plurals=_ONE_OR_OTHER,
        forms=("one", "other"),
        foreign="\u064a\u0643\u0649\u0629",
    ),
    Tongue(
        code="fr",
        name="French",
        endonym="Français",
        locale="fr",
        rtl=False,
        comma=", ",
        last_and=" et ",
        # CLDR's third form is for "1 million de …" in words; figures never need it.
        plurals="nplurals=2; plural=(n > 1);",
        forms=("one", "other"),
    ),
)

TONGUES: Mapping[str, Tongue] = MappingProxyType({row.code: row for row in _ROWS})
"""Every language by its code, English (the source) first."""
