"""Words that tables use for what the program keeps as a code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from inventory.domain.item_kinds import KINDS
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused
from inventory.exchange.columns import heading_key

_KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "medicine": ("medicines", "drug", "drugs", "medication", "medical", "pharmaceutical", "دواء",
                 "ادوية", "علاج", "دەرمان", "médicament", "médicaments"),
    "vaccine": ("vaccines", "vaccination", "لقاح", "لقاحات", "ڤاکسین", "کوتان", "vaccin",
                "vaccins"),
    "supply": ("supplies", "medical supply", "medical supplies", "consumable", "consumables",
               "disposables", "dressing", "test", "مستلزم", "مستلزمات", "مستلزمات طبية",
               "پێداویستی", "پێداویستی پزیشکی", "consommable", "consommables",
               "fourniture médicale", "fournitures médicales"),
    "fuel": ("fuels", "diesel", "petrol", "oil", "وقود", "كاز", "ديزل", "سووتەمەنی", "carburant",
             "gasoil", "combustible"),
    "equipment": ("equipments", "device", "devices", "asset", "اجهزة", "جهاز", "معدات", "ئامێر",
                  "équipement", "équipements", "matériel", "appareil"),
    "other": ("others", "other supply", "other supplies", "stationery", "cleaning", "misc",
              "اخرى", "قرطاسية", "هیتر", "تر", "autre", "autres", "divers"),
}  # fmt: skip
_VEN_WORDS: Mapping[str, tuple[str, ...]] = {
    "V": ("v", "vital", "حيوي", "منقذ للحياة", "ژیانی"),
    "E": ("e", "essential", "essentiel", "اساسي", "بنەڕەتی"),
    "N": ("n", "d", "non-essential", "nonessential", "necessary", "desirable", "normal",
          "non essentiel", "غير اساسي", "نابنەڕەتی"),
}  # fmt: skip
_YES = ("yes", "y", "1", "true", "x", "نعم", "بەڵێ", "oui", "o", "vrai")
_NO = ("no", "n", "0", "false", "لا", "كلا", "نەخێر", "non", "faux")


def parse_kind(text: str) -> str:
    """The code of a kind, from its code, its name or a word for it. Raises Refused."""
    code = _kinds().get(heading_key(text))
    if code is None:
        raise Refused(
            "There is no kind called {kind}. Write medicine, vaccine, supply, fuel, equipment "
            "or other.",
            kind=quoted(text),
        )
    return code


def parse_ven(text: str) -> str:
    """V, E or N. Raises Refused."""
    code = _ven().get(heading_key(text))
    if code is None:
        raise Refused("Write V, E or N, not {ven}.", ven=quoted(text))
    return code


def parse_controlled(text: str) -> str:
    """The schedule of a controlled item; a bare yes is "locked", a no is empty."""
    key = heading_key(text)
    if key in map(heading_key, _NO):
        return ""
    return "locked" if key in map(heading_key, _YES) else text


@cache
def _kinds() -> dict[str, str]:
    named = {heading_key(kind.name): code for code, kind in KINDS.items()}
    return {**_by_word(_KIND_WORDS), **named, **{heading_key(code): code for code in KINDS}}


@cache
def _ven() -> dict[str, str]:
    return _by_word(_VEN_WORDS)


def _by_word(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {heading_key(word): code for code, row in words.items() for word in row}
