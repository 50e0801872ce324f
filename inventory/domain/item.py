"""An item as somebody wants it to be: what is added to the list, or what an item is changed to."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from inventory.domain.item_kinds import KINDS
from inventory.domain.names import LANGUAGE_CODES, Names
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused
from inventory.domain.units import unit_named

MAX_CODE = 32
MAX_NAME = 200
MAX_WORD = 100
MAX_BARCODE = 200
MAX_PACK = 10**6
MAX_MONTHS = 60
VEN = ("", "V", "E", "N")
"""Vital, essential, non-essential; empty when nobody has said."""

# Control, surrogate and unassigned characters, and the line and paragraph separators.
_UNPRINTABLE = {"Cc", "Cs", "Cn", "Zl", "Zp"}
# Embeddings, overrides and isolates: they turn the text around them.
_TURNING = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True, slots=True)
class Barcode:
    """A code on a pack, a GTIN as 14 digits, and how many smallest units that pack holds."""

    code: str
    pack_size: int


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """Every field of an item that a person or a file may set. Raises Refused when one is wrong.

    `pack_size` is the usual pack in smallest units and `packs` are the other sizes; `ven` is
    V, E, N or empty; `controlled` is the schedule, empty when it is not controlled; `substitutes`
    are codes, best first; months are None where the clinic's setting holds.
    """

    code: str
    names: Names
    kind: str
    unit: str
    pack_size: int = 1
    packs: tuple[int, ...] = ()
    barcodes: tuple[Barcode, ...] = ()
    ven: str = ""
    inn: str = ""
    strength: str = ""
    form: str = ""
    storage: str = ""
    controlled: str = ""
    substitutes: tuple[str, ...] = ()
    min_months: Fraction | None = None
    max_months: Fraction | None = None

    def __post_init__(self) -> None:
        check_code(self.code)
        check_names(self.names)
        check_kind(self.kind)
        unit_named(self.unit)
        check_words(self.inn, MAX_NAME)
        for word in (self.strength, self.form, self.storage, self.controlled):
            check_words(word)
        check_ven(self.ven)
        for size in (self.pack_size, *self.packs):
            check_pack_size(size)
        for barcode in self.barcodes:
            check_barcode(barcode)
        for code in self.substitutes:
            check_code(code)
        check_months(self.min_months, self.max_months)


def check_code(code: str) -> None:
    """1 to 32 printable characters without spaces."""
    if not code:
        raise Refused("An item needs a code.")
    if len(code) > MAX_CODE:
        raise Refused("The code is longer than {limit} characters.", limit=MAX_CODE)
    check_characters(code)
    if any(letter.isspace() for letter in code):
        raise Refused("A code has no spaces in it: {code}.", code=quoted(code))


def check_names(names: Names) -> None:
    """A name in at least one language, each at most 200 characters."""
    if not str(names):
        raise Refused("An item needs a name in at least one language.")
    for language in LANGUAGE_CODES:
        check_words(getattr(names, language), MAX_NAME)


def check_words(text: str, limit: int = MAX_WORD) -> None:
    """At most `limit` characters, all of which can be printed; empty is fine."""
    if len(text) > limit:
        raise Refused("This is longer than {limit} characters.", limit=limit)
    check_characters(text)


def check_characters(text: str) -> None:
    """Nothing that cannot be printed and nothing that turns the text around it."""
    if text.isprintable():  # every turning character counts as not printable
        return
    for letter in text:
        if letter in _TURNING:
            raise Refused("There is a hidden character in it that turns text around.")
        if unicodedata.category(letter) in _UNPRINTABLE:
            raise Refused("There is a character in it that cannot be printed.")


def check_kind(kind: str) -> None:
    """One of the kinds the program knows."""
    if kind not in KINDS:
        raise Refused("There is no kind of item called {kind}.", kind=quoted(kind))


def check_ven(ven: str) -> None:
    """V, E, N or nothing."""
    if ven not in VEN:
        raise Refused("Write V, E or N, not {ven}.", ven=quoted(ven))


def check_pack_size(size: int) -> None:
    """1 to 1,000,000 smallest units."""
    if not 1 <= size <= MAX_PACK:
        raise Refused("A pack holds between 1 and {limit}.", limit=MAX_PACK)


def check_barcode(barcode: Barcode) -> None:
    """Something a scanner can have read, on a pack of a possible size."""
    if not barcode.code or len(barcode.code) > MAX_BARCODE or not barcode.code.isprintable():
        raise Refused("That code cannot be kept. Scan it again.")
    check_pack_size(barcode.pack_size)


def check_months(minimum: Fraction | None, maximum: Fraction | None) -> None:
    """Months of stock: from 0 to 60, the smallest not above the largest."""
    for months in (minimum, maximum):
        if months is not None and not 0 <= months <= MAX_MONTHS:
            raise Refused("Months of stock are between 0 and {limit}.", limit=MAX_MONTHS)
    if minimum is not None and maximum is not None and minimum > maximum:
        raise Refused("The smallest stock is above the largest.")
