"""Numbers as people read them: `1,204`, `−3`, `2.1`, exactly rounded, never through a float.

Grouping and the decimal point are the same in every language; see the design of the screens.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

MINUS = "\u2212"
NO_BREAK = "\u00a0"
COMMA = ","

_ARABIC_INDIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


def whole(number: int, gap: str = COMMA) -> str:
    """`1,204` or `−1,204`; `gap` stands between thousands."""
    digits = f"{abs(number):,}".replace(COMMA, gap)
    return f"{MINUS}{digits}" if number < 0 else digits


def signed(number: int, gap: str = COMMA) -> str:
    """`+40`, `−3`, `0`."""
    return f"+{whole(number, gap)}" if number > 0 else whole(number, gap)


def fixed(value: Fraction | Decimal | int, places: int, gap: str = COMMA) -> str:
    """The value with that many decimals, rounded half away from zero: `2.1`."""
    exact = Fraction(value)
    scale = 10**places
    scaled = (abs(exact) * scale * 2 + 1) // 2
    units, rest = divmod(scaled, scale)
    text = whole(units, gap)
    if places:
        text = f"{text}.{rest:0{places}}"
    return f"{MINUS}{text}" if exact < 0 and scaled else text


def shortest(value: Fraction | Decimal, gap: str = COMMA) -> str:
    """A value inside a sentence: a fraction with one decimal, a Decimal as it stands."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return fixed(value, max(0, -exponent) if isinstance(exponent, int) else 0, gap)
    return fixed(value, 0 if value.denominator == 1 else 1, gap)


def arabic_indic(text: str) -> str:
    """The same figure in Arabic-Indic digits: `١٬٢٠٤`."""
    return text.translate(_ARABIC_INDIC)
