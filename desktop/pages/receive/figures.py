"""Quantities of a delivery as its list and its panel write them: packs first."""

from __future__ import annotations

from desktop.units import quantity_words
from inventory.domain.quantity import split
from inventory.domain.units import UNITS, amount, pack_word
from inventory.language import Language
from inventory.queries.items import ItemRow

_MINUS = "\u2212"


def figure(language: Language, quantity: int, size: int, decimals: int = 0) -> str:
    """`42`, `42 + 4`: packs and loose ones; `625.0` for what is counted in its unit."""
    if decimals and size == 10**decimals:
        return language.quantity(quantity, decimals)
    whole = split(quantity, size)
    if not whole.loose:
        return language.number(whole.packs)
    loose = language.quantity(whole.loose, decimals)
    return language.say("{packs} + {loose}", packs=language.number(whole.packs), loose=loose)


def signed_figure(language: Language, quantity: int, size: int, decimals: int = 0) -> str:
    """The same with its sign: `−8`, `+6`."""
    if quantity % size == 0 and not decimals:
        return language.signed(quantity // size)
    sign = "+" if quantity > 0 else _MINUS
    return language.isolate(sign + figure(language, abs(quantity), size, decimals))


def packs_words(language: Language, item: ItemRow, quantity: int, size: int) -> str:
    """`42 boxes × 50`, `12 boxes × 20 + 4`: how it came."""
    decimals = item.traits.decimals
    known = UNITS.get(item.unit)
    whole = split(quantity, size)
    if known is None or size == 10**decimals or not whole.packs:
        return quantity_words(language, item.unit, quantity, decimals)
    packs = language.tell(amount(pack_word(known, size, decimals), whole.packs))
    held = language.quantity(size, decimals)
    if whole.loose:
        loose = language.quantity(whole.loose, decimals)
        return language.say("{packs} × {size} + {loose}", packs=packs, size=held, loose=loose)
    return language.say("{packs} × {size}", packs=packs, size=held)
