"""Which way each piece of a line runs.

Levels come from the Unicode bidirectional algorithm (fpdf.bidi). Before it, what must keep
its own order inside right-to-left text is isolated: codes, dates, signed numbers, a number
with a Latin unit, a × b. Without that 2026-11-20 prints as 20-11-2026, and 30 kVA as kVA 30.
"""

from __future__ import annotations

import re

LRI = "\u2066"
PDI = "\u2069"
NO_BREAK = "\u00a0"
THIN_GAP = "\u202f"  # a thousands gap, 0.17 em; the font has no such glyph, the pen moves

_OPENERS = "\u2066\u2067\u2068"
_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\ufeff]"
)
_BLANKS = re.compile("[ \t\r\n\u0085\u2028\u2029]+")
_TIED = re.compile(r"(?<![\w.,/-])(\d+(?:[.,/]\d+)*) (?=(?:[^\W\d_]{1,4}|[%°])(?![^\W\d_]))")

_NUMBER = rf"\d+(?:[.,/{THIN_GAP}]\d+)*"
_CODE = r"[A-Za-zÀ-ž0-9]*[A-Za-zÀ-ž][A-Za-zÀ-ž0-9]*(?:[-/.:_*#+%&'’][A-Za-zÀ-ž0-9]+)*"
_UNIT = r"[µ°]?[A-Za-z]+[²³]?(?:/[A-Za-z]+)?"
_MEASURE = rf"{_NUMBER}(?:–{_NUMBER})?[ {NO_BREAK}]{_UNIT}"
_PHRASE = rf"(?:{_MEASURE}|{_CODE})"
_KEEPS_ITS_ORDER = re.compile(
    rf"{_NUMBER}(?:[ {NO_BREAK}]?[×x][ {NO_BREAK}]?{_NUMBER})+"
    rf"|(?<!\w){_PHRASE}(?:[ {NO_BREAK}]{_PHRASE})*"
    rf"|(?<!\w)[0-9]+(?:[-/:–][A-Za-z0-9]+)+"
    rf"|(?<!\w)[-+−±]{_NUMBER}"
)
_RTL_LETTER = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d5\u06fa-\u08ff\ufb50-\ufefc]")
_LTR_LETTER = re.compile("[A-Za-zÀ-ɏ]")
_SIMPLE = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5 \u00a00-9،.,/]*", re.ASCII)
_DIGITS = frozenset("0123456789")
_SEPARATORS = frozenset(f".,/،{NO_BREAK}")
_MARKS = re.compile("([\u2066-\u2069])")
_FOREIGN = re.compile("[\u0590-\u08ff\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


def isolate(text: str) -> str:
    """The text in a box of its own, left to right: LRI, text, PDI."""
    return f"{LRI}{text}{PDI}"


def cleaned(text: str) -> str:
    """Text fit for paper: no control characters, no overrides, single spaces."""
    return _BLANKS.sub(" ", _FORBIDDEN.sub("", text)).strip(" ")


def tied(text: str) -> str:
    """A number and its short unit never part at the end of a line ("10 ml")."""
    return _TIED.sub(rf"\1{NO_BREAK}", text).replace(" ±", f"{NO_BREAK}±")


def isolated(text: str) -> str:
    """Right-to-left text with everything that keeps its own order isolated.

    What the language layer isolated left to right already is left alone.
    """
    parts: list[str] = []
    open_marks: list[str] = []
    for part in _MARKS.split(text):
        if part in _OPENERS and part:
            open_marks.append(part)
        elif part == PDI and open_marks:
            open_marks.pop()
        elif LRI not in open_marks:
            part = _KEEPS_ITS_ORDER.sub(lambda match: isolate(match.group()), part)
        parts.append(part)
    return "".join(parts)


def runs_right_to_left(text: str, rtl: bool) -> bool:
    """The direction a text is laid in: its language's, unless it has no letter of that script.

    An English name that stands in for a missing Arabic one keeps its own order, and the reverse.
    """
    return bool(_RTL_LETTER.search(text)) and (rtl or not _LTR_LETTER.search(text))


def is_plain(text: str) -> bool:
    """Whether the text runs left to right throughout, whatever stands around it."""
    return not _FOREIGN.search(text)


def levels(text: str, rtl: bool) -> list[tuple[str, int]]:
    """Each character that is drawn, in reading order, with its embedding level."""
    if rtl and _SIMPLE.fullmatch(text):
        return _simple_levels(text)
    # Slow to import, and not needed for Latin text and plain names.
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    base = TextDirection.RTL if rtl else TextDirection.LTR
    characters = BidiParagraph(text, base).get_characters()
    known = {c.character_index: c.embedding_level for c in characters}
    found: list[tuple[str, int]] = []
    level = int(rtl)
    for index, character in enumerate(text):
        level = known.get(index, level)
        if character in _JOINERS or (index in known and not LRI <= character <= PDI):
            found.append((character, level))
    return found


def _simple_levels(text: str) -> list[tuple[str, int]]:
    """Arabic letters and whole figures only: most names, and worth not asking the algorithm.

    Figures run left to right (rules W2 and I2), and so does one separator between two digits
    (rule W4); all else is right to left.
    """
    found: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        inside = character in _SEPARATORS and 0 < index < len(text) - 1
        figure = character in _DIGITS or (
            inside and text[index - 1] in _DIGITS and text[index + 1] in _DIGITS
        )
        found.append((character, 2 if figure else 1))
    return found
