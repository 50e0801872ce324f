"""The one family of all paper: IBM Plex Sans Arabic in four weights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import uharfbuzz

_FONT_PACKAGE = "fontpkg_ibm_plex_sans_arabic"


class Weight(StrEnum):
    """The four weights paper uses, by the name the font files carry."""

    REGULAR = "Regular"
    MEDIUM = "Medium"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"

    @property
    def post_script_name(self) -> str:
        return f"IBMPlexSansArabic-{self.value}"


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight, and whether zeros are slashed (codes and batches)."""

    size: float
    weight: Weight = Weight.REGULAR
    slashed: bool = False

    def sized(self, size: float) -> Style:
        return Style(size, self.weight, self.slashed)


@cache
def font_bytes(weight: Weight) -> bytes:
    """The whole font file of a weight."""
    name = f"{weight.post_script_name}.ttf"
    return files(_FONT_PACKAGE).joinpath("files", name).read_bytes()


@cache
def face(weight: Weight) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob(font_bytes(weight)))


@cache
def font(weight: Weight) -> uharfbuzz.Font:
    """The shaping font, in font units (1,000 to the em)."""
    return uharfbuzz.Font(face(weight))


@cache
def advance_width(weight: Weight, glyph: int) -> int:
    """The width of a glyph in font units, as the font itself has it."""
    return int(font(weight).get_glyph_h_advance(glyph))


@cache
def space_glyph(weight: Weight) -> int:
    glyph = font(weight).get_nominal_glyph(0x20)
    assert glyph is not None
    return int(glyph)


@cache
def outline(weight: Weight, glyph: int) -> str:
    """The glyph as PDF path operators in font units."""
    path = _Path()
    font(weight).draw_glyph(glyph, _drawing(), path)
    return " ".join(path.operators)


class _Path:
    """Collects PDF operators; quadratic curves become cubic ones."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._at = (0.0, 0.0)

    def move(self, x: float, y: float) -> None:
        self._add((x, y), "m")

    def line(self, x: float, y: float) -> None:
        self._add((x, y), "l")

    def curve(self, *points: float) -> None:
        self._add(points, "c")

    def quadratic(self, cx: float, cy: float, x: float, y: float) -> None:
        first = [
            start + (control - start) * 2 / 3
            for start, control in zip(self._at, (cx, cy), strict=True)
        ]
        second = [
            end + (control - end) * 2 / 3 for end, control in zip((x, y), (cx, cy), strict=True)
        ]
        self.curve(*first, *second, x, y)

    def close(self) -> None:
        self.operators.append("h")

    def _add(self, points: tuple[float, ...], operator: str) -> None:
        self._at = (points[-2], points[-1])
        self.operators.append(" ".join(f"{value:g}" for value in points) + f" {operator}")


@cache
def _drawing() -> uharfbuzz.DrawFuncs:
    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, path: path.move(x, y))
    functions.set_line_to_func(lambda x, y, path: path.line(x, y))
    functions.set_quadratic_to_func(lambda cx, cy, x, y, path: path.quadratic(cx, cy, x, y))
    functions.set_cubic_to_func(lambda *points: points[-1].curve(*points[:-1]))
    functions.set_close_path_func(lambda path: path.close())
    return functions
