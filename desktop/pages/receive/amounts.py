"""How many came, as people say it: packs, packs of a size, loose ones beside them.

"12" is twelve packs, "12 x 50" twelve packs of fifty, "12+4" four loose ones more, "+4" only
loose ones. An item that is counted in its own unit has packs of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inventory.domain.quantity import MAX_QUANTITY, fold_digits, join, parse_quantity, unmarked
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow

_AMOUNT = re.compile(r"(?:(\d{1,6})(?:\s*[x×*]\s*(\d{1,6}))?)?\s*(?:\+\s*(\d{1,6}))?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,6}[.,٫]\d{1,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Amount:
    """`came` in smallest units, in packs of `size`."""

    came: int
    size: int


def usual_pack(item: ItemRow) -> int:
    """Smallest units in what is counted as one: the pack, or the unit where places are shown."""
    one: int = 10**item.traits.decimals
    return one if item.traits.decimals else item.pack_size


def is_amount(text: str) -> bool:
    """Whether a text in the field says how many, and is not the beginning of a code or a name."""
    clean = _clean(text)
    if not clean or (clean.startswith("0") and clean != "0"):
        return False
    return _AMOUNT.fullmatch(clean) is not None or _DECIMAL.fullmatch(clean) is not None


def parse_amount(text: str, size: int, decimals: int = 0, *, zero: bool = False) -> Amount:
    """Read what somebody typed; `size` is the pack when none is named.

    Refused on anything else, on 0 unless `zero`, on a pack of 0, and above 10**12.
    """
    clean = _clean(text)
    found = _AMOUNT.fullmatch(clean) if clean else None
    plain = found is not None and found[2] is None and found[3] is None
    if found is None or (plain and decimals and size == 10**decimals):
        read = parse_quantity(text, decimals, zero=zero)
        return _checked(read if decimals else read * size, size, text)
    packs, named, loose = (int(part) if part else None for part in found.groups())
    if named == 0:
        raise Refused("A pack holds at least 1.")
    size = named * 10**decimals if named is not None else size
    came = join(packs or 0, (loose or 0) * 10**decimals, size)
    if came == 0 and not zero:
        raise Refused("A quantity is at least 1, not 0.")
    return _checked(came, size, text)


def _checked(came: int, size: int, text: str) -> Amount:
    if came > MAX_QUANTITY:
        raise Refused(
            "{typed} is too large. The largest quantity is {maximum}.",
            typed=quoted(text), maximum=MAX_QUANTITY,
        )  # fmt: skip
    return Amount(came, size)


def typed_amount(came: int, size: int, decimals: int = 0) -> str:
    """The same as a person would have typed it: 12, 12+4, 12.5."""
    packs, loose = divmod(came, size)
    if decimals and (loose or size == 10**decimals):
        whole, places = divmod(came, 10**decimals)
        return f"{whole}.{places:0{decimals}}" if places or size != 10**decimals else str(whole)
    if not loose:
        return str(packs)
    return f"{packs}+{loose}" if packs else f"+{loose}"


def common_size(quantities: list[int], sizes: list[int]) -> int:
    """The largest of the pack sizes that shows all these quantities in whole packs, else the
    first of them."""
    for size in sorted(set(sizes), reverse=True):
        if all(quantity % size == 0 for quantity in quantities):
            return size
    return sizes[0]


def _clean(text: str) -> str:
    return unmarked(fold_digits(text)).strip().lower()
