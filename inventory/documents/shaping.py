"""Our shaping engine: text to placed glyphs, in any of the four languages.

A paragraph is cut into words at spaces, a word into pieces of one direction; each piece is
shaped once by HarfBuzz and remembered. What is measured is what is drawn: both read the
same glyphs. Widths are in thousandths of the em until a size is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz

from inventory.documents.direction import (
    NO_BREAK,
    THIN_GAP,
    cleaned,
    is_plain,
    isolated,
    levels,
    runs_right_to_left,
    tied,
)
from inventory.documents.typeface import Style, Weight, advance_width, font, space_glyph

THIN_GAP_WIDTH = 170
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_BREAK_AFTER = "/-+"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph, its advance and offsets in font units, and the text it stands for."""

    index: int
    advance: int
    dx: int
    dy: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Glyphs of one weight in the order they stand on paper, left to right."""

    weight: Weight
    glyphs: tuple[Glyph, ...]
    advance: int


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line of text, shaped and ordered, without a size."""

    text: str
    runs: tuple[Run, ...]
    advance: int

    def width(self, size: float) -> float:
        """Width in points at that size."""
        return self.advance * size / 1000


@dataclass(frozen=True, slots=True)
class _Word:
    """Pieces of text with their levels, in reading order; no breakable space inside."""

    pieces: tuple[tuple[str, int], ...]
    space_level: int

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)

    def advance(self, weight: Weight, slashed: bool) -> int:
        return sum(_run(p, level % 2 == 1, weight, slashed).advance for p, level in self.pieces)


@lru_cache(maxsize=60_000)
def _run(piece: str, rtl: bool, weight: Weight, slashed: bool) -> Run:
    if set(piece) & {NO_BREAK, THIN_GAP, " "}:
        return _gapped_run(piece, rtl, weight, slashed)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(piece)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(font(weight), buffer, {"zero": slashed})
    shaped = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    clusters = [list(group) for _, group in groupby(shaped, key=lambda pair: pair[0].cluster)]
    texts = _cluster_texts(piece, [cluster[0][0].cluster for cluster in clusters], rtl)
    glyphs: list[Glyph] = []
    for text, cluster in zip(texts, clusters, strict=True):
        # Readers take text from letters that move the pen; a mark over one says nothing itself.
        letter = max(range(len(cluster)), key=lambda index: cluster[index][1].x_advance)
        for index, (info, at) in enumerate(cluster):
            meaning = text if index == letter else ""
            glyphs.append(Glyph(info.codepoint, at.x_advance, at.x_offset, at.y_offset, meaning))
    return Run(weight, tuple(glyphs), sum(g.advance for g in glyphs))


def _cluster_texts(piece: str, starts: list[int], rtl: bool) -> list[str]:
    """The characters of each cluster, as they stand from left to right.

    Readers of PDF put right-to-left text in order letter by letter, so that a ligature must
    name its letters in the order of the paper to come out in the order of reading, and a
    bracket the shape it shows.
    """
    ordered = sorted(starts)
    ends = dict(zip(ordered, [*ordered[1:], len(piece)], strict=True))
    texts = [piece[start : ends[start]] for start in starts]
    return [text[::-1].translate(_MIRRORED) for text in texts] if rtl else texts


def _gapped_run(piece: str, rtl: bool, weight: Weight, slashed: bool) -> Run:
    """A piece with spaces inside: the parts shaped apart, the gaps moved by the pen."""
    glyphs: list[Glyph] = []
    parts = ["".join(group) for _, group in groupby(piece, key=lambda c: _gap_width(c, weight))]
    for part in reversed(parts) if rtl else parts:
        width = _gap_width(part[0], weight)
        if width:
            glyphs.extend(Glyph(space_glyph(weight), width, 0, 0, " ") for _ in part)
        else:
            glyphs.extend(_run(part, rtl, weight, slashed).glyphs)
    return Run(weight, tuple(glyphs), sum(g.advance for g in glyphs))


def _gap_width(character: str, weight: Weight) -> int:
    if character == THIN_GAP:
        return THIN_GAP_WIDTH
    return advance_width(weight, space_glyph(weight)) if character in (NO_BREAK, " ") else 0


@lru_cache(maxsize=20_000)
def _words(text: str, rtl: bool) -> tuple[_Word, ...]:
    prepared = tied(cleaned(text))
    rtl = runs_right_to_left(prepared, rtl)
    if is_plain(prepared):
        return tuple(_Word(((word, 0),), 0) for word in prepared.split(" ") if word)
    if rtl:
        prepared = isolated(prepared)
    words: list[_Word] = []
    current: list[tuple[str, int]] = []
    for character, level in levels(prepared, rtl):
        if character != " ":
            current.append((character, level))
        elif current:
            words.append(_word(current, level))
            current = []
    if current:
        words.append(_word(current, int(rtl)))
    return tuple(words)


def _word(characters: list[tuple[str, int]], space_level: int) -> _Word:
    pieces = [
        ("".join(c for c, _ in group), level)
        for level, group in groupby(characters, key=lambda pair: pair[1])
    ]
    return _Word(tuple(pieces), space_level)


@lru_cache(maxsize=60_000)
def _line(words: tuple[_Word, ...], weight: Weight, slashed: bool) -> Line:
    pieces: list[tuple[Run, int]] = []
    for index, word in enumerate(words):
        if index:
            level = words[index - 1].space_level
            pieces.append((_run(" ", level % 2 == 1, weight, slashed), level))
        pieces.extend((_run(p, level % 2 == 1, weight, slashed), level) for p, level in word.pieces)
    runs = tuple(_visual_order(pieces))
    text = " ".join(word.text for word in words)
    return Line(text, runs, sum(run.advance for run in runs))


def _visual_order(pieces: list[tuple[Run, int]]) -> list[Run]:
    """Rule L2: from the highest level down to the lowest odd one, reverse what is as high."""
    odd = [level for _, level in pieces if level % 2]
    if not odd:
        return [run for run, _ in pieces]
    for level in range(max(found for _, found in pieces), min(odd) - 1, -1):
        ordered: list[tuple[Run, int]] = []
        for high, group in groupby(pieces, key=lambda pair: pair[1] >= level):
            members = list(group)
            ordered.extend(reversed(members) if high else members)
        pieces = ordered
    return [run for run, _ in pieces]


def shape(text: str, style: Style, rtl: bool = False) -> Line:
    """The whole text on one line."""
    return _line(_words(text, rtl), style.weight, style.slashed)


@lru_cache(maxsize=20_000)
def wrap(text: str, style: Style, rtl: bool, width: float) -> tuple[Line, ...]:
    """The text over as many lines as it needs, broken at spaces; `width` in points.

    A word wider than the line breaks inside, after a stroke or hyphen when there is one.
    """
    room = width * 1000 / style.size
    space = advance_width(style.weight, space_glyph(style.weight))
    lines: list[list[_Word]] = []
    used = 0.0
    for word in _words(text, rtl):
        for part in _parts_that_fit(word, room, style.weight, style.slashed):
            advance = part.advance(style.weight, style.slashed)
            if lines and used + space + advance <= room:
                lines[-1].append(part)
                used += space + advance
            else:
                lines.append([part])
                used = advance
    return tuple(_line(tuple(words), style.weight, style.slashed) for words in lines)


def _parts_that_fit(word: _Word, room: float, weight: Weight, slashed: bool) -> list[_Word]:
    parts: list[_Word] = []
    while word.advance(weight, slashed) > room:
        characters = [(c, level) for piece, level in word.pieces for c in piece]
        low, high = 1, len(characters) - 1
        if high < 1:
            break
        while low < high:
            middle = (low + high + 1) // 2
            fits = _word(characters[:middle], word.space_level).advance(weight, slashed) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        cut = next(
            (n for n in range(low, low // 2, -1) if characters[n - 1][0] in _BREAK_AFTER), low
        )
        parts.append(_word(characters[:cut], word.space_level))
        word = _word(characters[cut:], word.space_level)
    return [*parts, word]
