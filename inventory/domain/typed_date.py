"""Expiry dates as people type them: 0928, 09/28, 9.2028, 300428, 30/04/2028, 2028-09-30."""

from __future__ import annotations

import re

from inventory.domain.quantity import fold_digits, unmarked

_LABEL = re.compile(r"^(?:exp(?:iry|ires|\.)?|val|nafadh)[ .:]*", re.IGNORECASE)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"({'|'.join(_NAMES)})[a-z]*\.?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[/.\-\\ ،٫:]\s*")


def typed_parts(text: str) -> tuple[str, str, str] | None:
    """Day ("0" when there is none), month and year as digits; None when it is no date at all."""
    clean = _LABEL.sub("", unmarked(fold_digits(text)).strip())
    clean = _NAMED.sub(lambda found: f" {_NAMES.index(found[1].lower()) + 1} ", clean).strip()
    pieces = _SEPARATOR.split(clean) if len(clean) <= 40 else []
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        return None
    if len(pieces) == 1:
        return _run_together(pieces[0])
    return _separated(pieces)


def _run_together(digits: str) -> tuple[str, str, str] | None:
    if len(digits) == 4:
        return "0", digits[:2], digits[2:]
    if len(digits) == 6:
        # 092028 has no month 20, so it can only be a month and a whole year.
        if digits[2:4] == "20":
            return "0", digits[:2], digits[2:]
        return digits[:2], digits[2:4], digits[4:]
    if len(digits) == 8:
        if digits[:2] == "20" and digits[4:6] != "20":
            return digits[6:], digits[4:6], digits[:4]
        return digits[:2], digits[2:4], digits[4:]
    return None


def _separated(pieces: list[str]) -> tuple[str, str, str] | None:
    if pieces and len(pieces[0]) == 4:
        pieces = pieces[::-1]
    if len(pieces) == 2:
        pieces = ["0", *pieces]
    lengths = [len(piece) for piece in pieces]
    if len(lengths) != 3 or max(lengths[:2]) > 2 or lengths[2] not in (2, 4):
        return None
    return pieces[0], pieces[1], pieces[2]
