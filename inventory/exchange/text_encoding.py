"""Bytes of unknown origin to text: UTF-8, UTF-16, Windows-1256 or Latin-1."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from inventory.domain.sentence import N_, Refused

ENCODING_NAMES: Mapping[str, str] = {
    "utf-8": N_("Unicode (UTF-8)"),
    "utf-8-sig": N_("Unicode (UTF-8 with mark)"),
    "utf-16": N_("Unicode (UTF-16)"),
    "utf-16-le": N_("Unicode (UTF-16)"),
    "utf-16-be": N_("Unicode (UTF-16)"),
    "utf-32": N_("Unicode (UTF-32)"),
    "cp1256": N_("Arabic (Windows-1256)"),
    "cp1252": N_("Western (Windows-1252)"),
    "latin-1": N_("Western (Latin-1)"),
}

_SAMPLE = 65_536
_ARABIC_RUN = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2]+")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u00ff\u0152\u0153]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was written in."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file; refuses what is not text at all. `encoding` is a person's own choice."""
    if encoding is not None and encoding not in ENCODING_NAMES:
        raise Refused("There is no encoding called {encoding}.", encoding=encoding)
    chosen = encoding or detect(data)
    text = data.decode(chosen, errors="replace").removeprefix("\ufeff")
    return Decoded(text, chosen)


def detect(data: bytes) -> str:
    """The most likely encoding, as a codec name."""
    return _by_mark(data) or _by_zero_bytes(data) or _by_content(data)


def _by_mark(data: bytes) -> str | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    return next((name for mark, name in marks if data.startswith(mark)), None)


def _by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: in mostly Latin text every other byte is zero."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.3 and even <= half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd <= half * 0.05:
        return "utf-16-be"
    return None


def _by_content(data: bytes) -> str:
    _refuse_binary(data)
    if _is_utf8(data):
        return "utf-8"
    if _looks_arabic(data[: _SAMPLE * 8]):
        return "cp1256"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    strange = sum(sample.count(code) for code in range(32) if code not in (9, 10, 13))
    if strange >= 16 and strange * 10 > len(sample):
        raise Refused("This file is not a table. Save it as CSV or XLSX.")


def _is_utf8(data: bytes) -> bool:
    """Whole, or so nearly whole that a few damaged letters explain the rest."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return broken == 0 or broken * 50 < sum(1 for letter in text if letter > "\x7f")


def _looks_arabic(data: bytes) -> bool:
    """Windows-1256 shares é, è and ç with Latin-1, so only whole Arabic words prove it.

    In a French word one accented letter stands among plain ones; an Arabic word is Arabic
    from end to end.
    """
    arabic = data.decode("cp1256")
    runs = _ARABIC_RUN.findall(arabic)
    whole_words = sum(len(run) for run in runs if len(run) >= 3)
    latin = data.decode("latin-1")
    mixed_words = sum(
        1 for word in _LATIN_WORD.findall(latin) if not word.isascii() and re.search("[a-z]", word)
    )
    return whole_words > 2 * mixed_words
