"""Quantities: whole numbers of an item's smallest unit; packs are for showing and ordering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused

MAX_QUANTITY = 10**12

_WESTERN = "0123456789"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹" + "０１２３４５６７８９", _WESTERN * 3)
# Marks that text copied from a screen carries with it. Overrides and embeddings stay, and refuse.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"))
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\ufe63\uff0d", "-"))

_GROUPED = re.compile(r"\d{1,3}(?:([,٬،'’ \u00a0\u2009\u202f])\d{3}(?:\1\d{3})*)?|\d+", re.ASCII)
_DECIMAL = re.compile(r"(.+?)[.,٫](\d+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Packs:
    """A quantity as whole packs and loose units."""

    packs: int
    loose: int


def split(quantity: int, pack_size: int) -> Packs:
    """304 in packs of 100 is 3 packs and 4 loose."""
    return Packs(*divmod(quantity, pack_size))


def join(packs: int, loose: int, pack_size: int) -> int:
    """The way back from `split`; `loose` may be more than a pack."""
    return packs * pack_size + loose


def fold_digits(text: str) -> str:
    """Arabic-Indic, Persian and full-width digits as 0-9; everything else unchanged."""
    return text.translate(_DIGITS)


def unmarked(text: str) -> str:
    """Without the direction marks that our own screens put around codes and numbers."""
    return text.translate(_MARKS)


def parse_quantity(text: str, decimals: int = 0, *, zero: bool = False) -> int:
    """Read what a person typed as a number of smallest units.

    `decimals` is how many places the item shows (1: "12.5" litres is 125). Thousands may be
    grouped. Refused on text, on negatives, on too many places, above 10**12, and on 0 unless
    `zero` is allowed, as in a count.
    """
    value = parse_change(text, decimals)
    if value < 0:
        raise Refused("A quantity cannot be less than 0: {typed}.", typed=quoted(text))
    if value == 0 and not zero:
        raise Refused("A quantity is at least 1, not 0.")
    return value


def parse_change(text: str, decimals: int = 0) -> int:
    """As `parse_quantity`, but a leading minus and 0 are allowed."""
    clean = unmarked(fold_digits(text)).translate(_MINUS).strip()
    negative = clean.startswith("-")
    size = _size(clean.removeprefix("-").strip(), text, decimals)
    if size > MAX_QUANTITY:
        raise Refused(
            "{typed} is too large. The largest quantity is {maximum}.",
            typed=quoted(text),
            maximum=MAX_QUANTITY,
        )
    return -size if negative else size


def _size(clean: str, text: str, decimals: int) -> int:
    whole, places = _parts(clean)
    if whole is None:
        if not clean:
            raise Refused("Write a quantity.")
        raise Refused("{typed} is not a number.", typed=quoted(text))
    if len(places) > decimals:
        if decimals == 0:
            raise Refused("{typed} is not a whole number.", typed=quoted(text))
        raise Refused(
            "{typed} has too many digits after the point. This item takes {decimals}.",
            typed=quoted(text),
            decimals=decimals,
        )
    digits = "".join(c for c in whole if c in _WESTERN) + places.ljust(decimals, "0")
    digits = digits.lstrip("0") or "0"
    # Python refuses to read very long integers: anything longer than the maximum is too large.
    return int(digits) if len(digits) <= len(str(MAX_QUANTITY)) else MAX_QUANTITY + 1


def _parts(clean: str) -> tuple[str | None, str]:
    """The whole part and the decimals; the whole part is None when it is not a number.

    A comma before exactly three digits groups thousands; otherwise it is a decimal comma.
    """
    if _GROUPED.fullmatch(clean):
        return clean, ""
    found = _DECIMAL.fullmatch(clean)
    if found is None or not _GROUPED.fullmatch(found[1]):
        return None, ""
    places = found[2]
    # Spreadsheets write 12 as 12.0; three zeros could be a grouped thousand and are not guessed.
    return found[1], "" if places in ("0", "00") else places
