"""What a scanner typed: its keys one by one, and the text they were meant to be.

Nothing here needs a window, so every layout and every scanner can be tried in a test.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.key_positions import COUNTRIES, RIGHT_BRACKET, written

GS = "\x1d"
FEWEST_KEYS = 6
LONGEST_GAP_MS = 35
# What a scanner may send in place of the separator when it cannot send it as it is.
SUBSTITUTES = ("", "~", "|", "^", "F8")


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How this desk's scanner was set up; what a new scanner does out of the box by default.

    `country`: the layout the scanner believes in, "us" "gb" "fr" "de", or "text" to believe the
    computer instead. `substitute`: what stands for the separator, beside the forms always
    understood. `suffix`: "enter", or "none" for a scanner that ends by falling silent.
    """

    country: str = "us"
    substitute: str = ""
    suffix: str = "enter"
    fewest_keys: int = FEWEST_KEYS
    longest_gap_ms: int = LONGEST_GAP_MS


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: place on the board (evdev, 0 unknown), what the computer's layout made of it.

    `committed`: an input method gave the text, and the place was not told with it.
    """

    position: int
    text: str
    ms: int
    shift: bool = False
    control: bool = False
    alt: bool = False
    third: bool = False
    special: str = ""
    committed: bool = False


@dataclass(frozen=True, slots=True)
class Burst:
    """One scan: the text, the keys behind it, and what the scanner test page says about them."""

    text: str
    strokes: tuple[Stroke, ...]
    ending: str
    separator: str

    @property
    def typed(self) -> str:
        """What would have stood in a field without us."""
        return "".join(s.text for s in self.strokes if not s.control and not s.alt)

    @property
    def milliseconds(self) -> int:
        """From the first key to the last."""
        return self.strokes[-1].ms - self.strokes[0].ms if self.strokes else 0

    @property
    def gap_ms(self) -> int:
        """The usual pause between two keys."""
        times = [s.ms for s in self.strokes]
        gaps = [b - a for a, b in itertools.pairwise(times)]
        return round(median(gaps)) if gaps else 0

    @property
    def other_layout(self) -> bool:
        """Whether the computer's layout would have written something else."""
        return self.typed.replace(GS, "") != self.text.replace(GS, "")


def read_burst(strokes: Sequence[Stroke], ending: str, settings: ScannerSettings) -> Burst:
    """The scan those keys make."""
    pieces = list(_pieces(strokes, settings))
    forms = [form for _, form in pieces if form]
    text = "".join(piece for piece, _ in pieces)
    return Burst(text, tuple(strokes), ending, forms[0] if forms else "")


def _pieces(strokes: Sequence[Stroke], settings: ScannerSettings) -> Iterator[tuple[str, str]]:
    """Text by text, each with how the separator was sent where it is one."""
    number = ""
    for stroke in strokes:
        if stroke.alt and not stroke.control:
            number += _digit(stroke)
            continue
        if number:
            yield _by_number(number)
            number = ""
        yield _piece(stroke, settings)
    if number:
        yield _by_number(number)


def _piece(stroke: Stroke, settings: ScannerSettings) -> tuple[str, str]:
    if stroke.special == "F8":
        return GS, "F8"
    if is_separator(stroke):
        return GS, "Ctrl+]" if stroke.control else "GS"
    if stroke.control or stroke.special:
        return "", ""
    character = character_of(stroke, settings.country)
    if character and character == settings.substitute:
        return GS, character
    return character, ""


def character_of(stroke: Stroke, country: str) -> str:
    """By place on the board where it is known, else the computer's text with plain digits."""
    if country in COUNTRIES and stroke.position:
        found = written(stroke.position, shift=stroke.shift, third=stroke.third, country=country)
        if found:
            return found
    return "".join(_plain(c) for c in stroke.text if c.isprintable())


def is_separator(stroke: Stroke) -> bool:
    """Whether the key is the separator itself: the character, or Ctrl with the ] key."""
    return stroke.text == GS or (stroke.control and stroke.position == RIGHT_BRACKET)


def _digit(stroke: Stroke) -> str:
    found = written(stroke.position, shift=False) or stroke.text
    return "".join(_plain(c) for c in found if c.isdecimal())


def _by_number(number: str) -> tuple[str, str]:
    """A character sent as Alt and its number."""
    code = int(number)
    if code == ord(GS):
        return GS, "Alt+029"
    return (chr(code), "") if 32 <= code < 127 else ("", "")


def _plain(character: str) -> str:
    """Arabic-Indic and Persian digits as 0 to 9."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
