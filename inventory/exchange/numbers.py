"""Numbers as spreadsheets write them, made ready for the rules that read what people type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from inventory.domain.item import MAX_PACK, check_pack_size
from inventory.domain.quantity import fold_digits, parse_quantity, unmarked
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused

_COMMA_DECIMAL = re.compile(r"[-+\u2212]?\d{1,3}(?:[. \u00a0\u202f]?\d{3})*,\d{1,2}")
_POINT_DECIMAL = re.compile(r"[-+\u2212]?\d{1,3}(?:[, \u00a0\u202f]?\d{3})*\.\d{1,2}")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
_MONTHS = re.compile(r"(\d{1,3})(?:[.,٫](\d{1,2}))?")


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether 30,36 in this table means thirty and a bit: more cells say so than say 30.36."""
    comma = point = 0
    for cell in cells:
        if 3 <= len(cell) <= 20 and ("," in cell or "." in cell):
            comma += _COMMA_DECIMAL.fullmatch(cell) is not None
            point += _POINT_DECIMAL.fullmatch(cell) is not None
    return comma > point


def typed_number(text: str, decimal_comma: bool) -> str:
    """The number with a point for decimals and a minus in front, as a person would type it.

    `(5)` and `5-` are how accounts write −5. Refused when a spreadsheet cut the number's digits.
    """
    if text.isascii() and text.isdigit():
        return text
    number = unmarked(fold_digits(text)).strip()
    if _SCIENTIFIC.fullmatch(number):
        raise Refused(
            "A spreadsheet cut the digits of {number}. Format the column as text.", number=number
        )
    if number.startswith("(") and number.endswith(")"):
        number = "-" + number[1:-1].strip()
    elif number[:-1].strip().isdigit() and number.endswith(("-", "\u2212")):
        number = "-" + number[:-1].strip()
    number = number.removeprefix("+")
    return _with_point(number) if decimal_comma else number


def _with_point(number: str) -> str:
    """1.250,50 to 1250.50; a number that does not fit the pattern stays as it is."""
    sign = number[:1] if number[:1] in ("-", "\u2212") else ""
    whole, comma, places = number[len(sign) :].partition(",")
    if not _POINT_GROUPS.fullmatch(whole) or (comma and not places.isdigit()):
        return number
    digits = "".join(c for c in whole if c.isdigit())
    return f"{sign}{digits}.{places}" if comma else f"{sign}{digits}"


def parse_pack_size(text: str, decimal_comma: bool = False) -> int:
    """One whole number from 1 to 1,000,000; "10x10" is refused."""
    try:
        number = typed_number(text, decimal_comma)
        too_long = number.isdigit() and len(number) > len(str(MAX_PACK))
        size = MAX_PACK + 1 if too_long else parse_quantity(number, zero=True)
    except Refused:
        raise Refused("Write one whole number, such as 100.") from None
    check_pack_size(size)
    return size


def parse_months(text: str) -> Fraction:
    """Months of stock with up to two decimals: 1.5 is six weeks."""
    found = _MONTHS.fullmatch(unmarked(fold_digits(text)).strip())
    if found is None:
        raise Refused("Write a number of months, such as 1.5, not {typed}.", typed=quoted(text))
    return Fraction(f"{found[1]}.{found[2] or 0}")
