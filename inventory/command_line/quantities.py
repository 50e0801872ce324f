"""Quantities of a command: whole smallest units, as a script writes them."""

from __future__ import annotations

import re

from inventory.domain.quantity import fold_digits, parse_quantity, unmarked
from inventory.domain.sentence import Refused

_SEPARATED = re.compile(r"[0-9]+(?:[.,٫٬،'’ \u00a0\u2009\u202f]+[0-9]+)+")


def whole_units(text: str) -> int:
    """Digits alone, of any script: what groups thousands in one country is a point in another.

    Raises Refused.
    """
    if _SEPARATED.fullmatch(unmarked(fold_digits(text)).strip()):
        raise Refused("Write whole smallest units without separators, such as 1000.")
    return parse_quantity(text)
