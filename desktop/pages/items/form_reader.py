"""From what was typed to an item: every wrong field gets its sentence, none hides another."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar, TypeVarTuple

from desktop.pages.items.form_state import NAME_KEYS, FormState, as_kept
from inventory.domain.item import (
    MAX_NAME,
    MAX_WORD,
    Barcode,
    ItemDraft,
    check_barcode,
    check_code,
    check_months,
    check_pack_size,
    check_words,
)
from inventory.domain.item_form import MAX_DAYS, ItemForm, OtherCode
from inventory.domain.names import Names
from inventory.domain.packing import Rounding
from inventory.domain.quantity import fold_digits, parse_quantity
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.units import unit_named
from inventory.exchange.numbers import parse_months

Ts = TypeVarTuple("Ts")
V = TypeVar("V")


class Unfinished(Exception):
    """What is wrong with which field: "code", "name_en", "packs.0.1" (row and cell from 0)."""

    def __init__(self, wrong: dict[str, Sentence]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


def read_form(state: FormState) -> ItemForm:
    """The item that is written. Raises Unfinished with a sentence for every wrong field."""
    reader = _Reader(state)
    form = reader.form()
    if reader.wrong or form is None:
        raise Unfinished(reader.wrong)
    return form


class _Reader:
    def __init__(self, state: FormState) -> None:
        self.state = state
        self.decimals = state.traits.decimals
        self.wrong: dict[str, Sentence] = {}

    def form(self) -> ItemForm | None:
        code = self._take("code", "", _code, self.state.word("code"))
        names = self._names()
        unit = self._take("unit", "", _unit, self.state.word("unit"))
        packs = self._packs()
        sizes = list(packs) or [1]
        barcodes = self._barcodes(sizes[0])
        words = {key: self._words(key) for key in ("strength", "form", "storage", "controlled")}
        inn, supplier = self._words("inn", MAX_NAME), self._words("supplier")
        least, most = self._months()
        lead, review = self._days("lead_days"), self._days("review_days")
        codes, rounding = self._codes(), self.state.word("rounding")
        if self.wrong:
            return None
        draft = ItemDraft(
            code=code, names=names, kind=self.state.traits.code, unit=unit, pack_size=sizes[0],
            packs=tuple(sizes[1:]), barcodes=barcodes, ven=self.state.word("ven"), inn=inn,
            substitutes=self._substitutes(code), min_months=least, max_months=most, **words,
        )  # fmt: skip
        prices = {size: price for size, price in packs.items() if price is not None}
        own = Rounding(rounding) if rounding else None
        return ItemForm(draft, prices, supplier, own, lead, review, codes)

    def _take(self, key: str, instead: V, read: Callable[[*Ts], V], *args: *Ts) -> V:
        """What `read` makes of it; `instead` when it refuses, with its sentence kept."""
        try:
            return read(*args)
        except Refused as no:
            self.wrong.setdefault(key, no.sentence)
            return instead

    def _words(self, key: str, limit: int = MAX_WORD) -> str:
        text = " ".join(self.state.word(key).split())
        self._take(key, None, check_words, text, limit)
        return text

    def _names(self) -> Names:
        names = Names(*(self._words(key, MAX_NAME) for key in NAME_KEYS))
        if not str(names) and not any(key in self.wrong for key in NAME_KEYS):
            first = NAME_KEYS[0]
            self.wrong[first] = sentence("An item needs a name in at least one language.")
        return names

    def _packs(self) -> dict[int, int | None]:
        """Price by size, the usual pack first."""
        found: dict[int, int | None] = {}
        for at, (size_words, price_words) in self.state.filled("packs"):
            size = self._take(f"packs.{at}.0", 0, _size, size_words, self.decimals)
            price = self._take(f"packs.{at}.1", None, _price, price_words)
            if size and size in found:
                self.wrong[f"packs.{at}.0"] = sentence("This size is written twice.")
            found[size] = price
        return found

    def _barcodes(self, usual: int) -> tuple[Barcode, ...]:
        found: dict[str, int] = {}
        for at, (code_words, size_words) in self.state.filled("barcodes"):
            code = self._take(f"barcodes.{at}.0", "", _barcode, code_words)
            size = usual
            if size_words:
                size = self._take(f"barcodes.{at}.1", 1, _size, size_words, self.decimals)
            if code and code in found:
                self.wrong[f"barcodes.{at}.0"] = sentence("This code is written twice.")
            found[code] = size
        return tuple(Barcode(code, size) for code, size in sorted(found.items()))

    def _codes(self) -> tuple[OtherCode, ...]:
        found: dict[OtherCode | None, None] = {}
        for at, (scheme, code) in self.state.filled("codes"):
            made = self._take(f"codes.{at}.1", None, _other_code, scheme, code)
            found[made] = None
        codes = [other for other in found if other is not None]
        return tuple(sorted(codes, key=lambda other: (other.scheme, other.code)))

    def _substitutes(self, own: str) -> tuple[str, ...]:
        codes = (row[0] for row in self.state.rows("substitutes"))
        return tuple(code for code in dict.fromkeys(codes) if code != own)

    def _months(self) -> tuple[Fraction | None, Fraction | None]:
        least, most = (
            self._take(key, None, _months, self.state.word(key))
            for key in ("min_months", "max_months")
        )
        self._take("max_months", None, check_months, least, most)
        return least, most

    def _days(self, key: str) -> int | None:
        return self._take(key, None, _days, self.state.word(key))


def _code(text: str) -> str:
    code = fold_digits(text).strip()
    check_code(code)
    return code


def _barcode(text: str) -> str:
    code = as_kept(text)
    check_barcode(Barcode(code, 1))
    return code


def _unit(text: str) -> str:
    if not text:
        raise Refused("Choose the unit it is counted in.")
    return unit_named(text).code


def _size(text: str, decimals: int) -> int:
    size = parse_quantity(text, decimals)
    check_pack_size(size)
    return size


def _other_code(scheme: str, code: str) -> OtherCode | None:
    return OtherCode(scheme, code)


def _months(text: str) -> Fraction | None:
    return parse_months(text) if text else None


def _price(text: str) -> int | None:
    if not text:
        return None
    try:
        return parse_quantity(text, zero=True)
    except Refused:
        raise Refused("Write a price in whole dinars, such as 6,000.") from None


def _days(text: str) -> int | None:
    if not text:
        return None
    try:
        days = parse_quantity(text, zero=True)
    except Refused:
        raise Refused("Write a number of days, such as 14.") from None
    if days > MAX_DAYS:
        raise Refused("Write between 0 and {limit} days.", limit=MAX_DAYS)
    return days
