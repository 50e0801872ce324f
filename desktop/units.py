"""Quantities with their units, as every page writes them."""

from __future__ import annotations

from inventory.domain.units import UNITS, amount, pack_word
from inventory.language import Language


def quantity_words(language: Language, unit: str, quantity: int, decimals: int = 0) -> str:
    """`1,204 capsules`, `625.0 litres`; 0 stands alone. `quantity` is in smallest units."""
    known = UNITS.get(unit)
    if not quantity:
        return language.number(0)
    if known is None:
        return language.with_unit(language.quantity(quantity, decimals), unit)
    if decimals:
        shown = language.quantity(quantity, decimals)
        word = language.count(known.bare, known.bare_many, quantity // 10**decimals)
        return language.with_unit(shown, word)
    return language.tell(amount(known, quantity))


def pack_words(
    language: Language, unit: str, quantity: int, pack_size: int, decimals: int = 0
) -> str:
    """`12 boxes + 4`, packs first; without whole packs, the quantity in its unit."""
    known = UNITS.get(unit)
    packs, loose = divmod(quantity, pack_size)
    if known is None or pack_size <= 1 or not packs:
        return quantity_words(language, unit, quantity, decimals)
    whole = language.tell(amount(pack_word(known, pack_size, decimals), packs))
    if not loose:
        return whole
    return language.say("{packs} + {loose}", packs=whole, loose=language.quantity(loose, decimals))
