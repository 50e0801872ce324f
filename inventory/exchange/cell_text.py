"""What may stand in a cell, and why not."""

from __future__ import annotations

import re

from inventory.domain.sentence import N_, Sentence, sentence

MAX_CELL = 2_000
"""Characters in one cell; nothing a pharmacy writes is longer."""

_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffd\ud800-\udfff]")
# Marks that Windows copies along with text and nobody sees; the joiners of Kurdish stay.
_INVISIBLE = {
    ord(mark): None for mark in "\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
}
_HAS_INVISIBLE = re.compile("[\u200e\u200f\u061c\ufeff\u202a-\u202c\u2066-\u2069]")
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
# A spreadsheet program turns text that begins so into a formula; so it does, where cells end at
# semicolons or tabs, with what stands behind one inside the text. Apostrophes that stand there
# already are counted in, so that what we put in can be told from them.
_FORMULA = re.compile(
    "^(?=[ \u00a0]*'*[ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n])"
    "|(?<=[;\\t\\r\\n])(?=[ \u00a0]*'*[ \u00a0]*(?:[=@\uff1d\uff20]|[+\\-\uff0b\uff0d][^\\d\\s]))"
)
_GUARDED = re.compile(rf"(?:{_FORMULA.pattern})'")

_REASONS = (
    ("\x00", N_("This cell holds a NUL character. The file was damaged.")),
    ("\u202d\u202e", N_("This cell holds a hidden character that turns text around.")),
    ("\ufffd", N_("Letters of this cell were lost when the file was saved.")),
)


def fault(text: str) -> Sentence | None:
    """Why this cell cannot be used, or None when it can."""
    if len(text) > MAX_CELL:
        return sentence(
            "This cell has {length} characters. The longest allowed is {limit}.",
            length=len(text),
            limit=MAX_CELL,
        )
    found = _STRANGE.search(text)
    if found is not None:
        reasons = (reason for letters, reason in _REASONS if found.group() in letters)
        return sentence(next(reasons, N_("This cell holds a control character.")))
    if text.startswith("#") and _ERROR.fullmatch(text):
        return sentence("The spreadsheet shows the error {error} here.", error=text)
    return None


def clean(text: str) -> str:
    """Without the spaces around it, the invisible marks in it and the guard we wrote before it."""
    if not text:
        return ""
    if _HAS_INVISIBLE.search(text):
        text = text.translate(_INVISIBLE)
    text = text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unguarded(text)


def guarded(text: str) -> str:
    """Text with an apostrophe wherever a spreadsheet program could begin a formula."""
    return _FORMULA.sub("'", text)


def unguarded(text: str) -> str:
    """The way back from `guarded`; what was never guarded stays, but for such an apostrophe."""
    return _GUARDED.sub("", text) if "'" in text else text


def shorten(text: str) -> str:
    """Enough of a refused cell to recognise it on screen, without what made it refused."""
    plain = _STRANGE.sub("\u25a1", text[:60]).translate(_INVISIBLE)
    return plain + "\u2026" if len(text) > 60 else plain
