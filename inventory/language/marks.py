"""Invisible marks that keep codes, dates and signed numbers in order inside Arabic text.

Without them a right-to-left paragraph shows `2026-11-20` as `20-11-2026` and `−3` as `3−`.
The marks are for screen and paper only: `plain` takes them out before anything is stored,
copied or exported. Source: Unicode Standard Annex 9, directional isolates.
"""

from __future__ import annotations

import re
import unicodedata

LEFT_TO_RIGHT = "\u2066"
FIRST_STRONG = "\u2068"
POP = "\u2069"
LEFT_MARK = "\u200e"

_OURS = re.compile("[\u2066-\u2069\u200e]")
_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2067]")
_CODE = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9/\-\u2212+]")

# Latin words and figures that belong together: 2027-03, 18–59, 30 kVA, 2–8 °C, MDS-3, <1, 60+.
_WORD = r"[0-9A-Za-z\u00c0-\u024f\u00b0\u00b5]+"
_LINK = r"[-/+.,:_\u2013\u2212\u00d7]|(?<=[A-Za-z]) | (?=[A-Za-z\u00b0\u00b5])"
_RUN = re.compile(rf"[<>\u2264\u2265+\-\u2212]?{_WORD}(?:(?:{_LINK}){_WORD})*[+%]?")


def isolate(text: str) -> str:
    """The text kept left to right whatever stands around it."""
    return f"{LEFT_TO_RIGHT}{text}{POP}" if text else text


def embed(text: str) -> str:
    """The text kept together, in the direction of its own first letter."""
    return f"{FIRST_STRONG}{text}{POP}" if text else text


def plain(text: str) -> str:
    """The text without our marks: for the clipboard, files and comparisons."""
    return _OURS.sub("", text)


def reads_right_to_left(text: str) -> bool:
    """Whether any letter of the text is of a right-to-left script."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def looks_like_code(text: str) -> bool:
    """Whether Arabic words around it would tear it apart: a digit, a Latin letter, - or /."""
    return bool(_CODE.search(text))


def guard(text: str) -> str:
    """A right-to-left text with the codes and measures inside it isolated, unless marked already.

    Plain words and plain numbers need no help and stay bare.
    """
    if _CONTROLS.search(text):
        return text
    return _RUN.sub(lambda run: run[0] if run[0].isalnum() else isolate(run[0]), text)


def tame(text: str) -> str:
    """The text with any direction control removed that could reach beyond it.

    Whole isolates made by this module stay; overrides and unbalanced marks go.
    """
    if not _CONTROLS.search(text):
        return text
    if _OVERRIDES.search(text) or not _balanced(text):
        return _CONTROLS.sub("", text)
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        if character in (LEFT_TO_RIGHT, FIRST_STRONG):
            depth += 1
        elif character == POP:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def is_isolated(text: str) -> bool:
    """Whether the text is one whole isolate already."""
    if len(text) < 2 or text[0] not in (LEFT_TO_RIGHT, FIRST_STRONG) or text[-1] != POP:
        return False
    return _balanced(text[1:-1])
