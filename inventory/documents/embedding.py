"""Fonts inside the PDF: only the glyphs drawn, each with the text it stands for.

One code of the PDF font is one pair of glyph and text, so that a glyph shared by two letters
still reads back as the right one, and a ligature as all its letters.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from inventory.documents.shaping import Run
from inventory.documents.typeface import Weight, advance_width, face, font

_IDENTITY = pdfdoc.PDFDictionary(
    {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
)
_SYMBOLIC = 4
_UNUSED_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"name", b"post", b"OS/2", b"cmap")
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A run as the inside of a TJ array, and its marks as (x, y, glyph) in font units.

    Marks over and under letters are drawn as outlines, not written: a reader would take their
    height for another line.
    """

    body: str
    marks: tuple[tuple[int, int, int], ...]


class EmbeddedFont:
    """One weight in one document; remembers which glyphs were drawn."""

    def __init__(self, weight: Weight, name: str) -> None:
        self.weight = weight
        self.name = name
        self._codes: dict[tuple[int, str], int] = {}
        self._written: dict[Run, Written] = {}

    def written(self, run: Run) -> Written:
        """How the run is written, the same object each time it is asked for."""
        known = self._written.get(run)
        if known is None:
            known = self._written[run] = self._write(run)
        return known

    def _write(self, run: Run) -> Written:
        parts: list[str] = []
        marks: list[tuple[int, int, int]] = []
        pen = 0
        for glyph in run.glyphs:
            if glyph.dy or not glyph.text:
                marks.append((pen + glyph.dx, glyph.dy, glyph.index))
                parts.append(_back(-glyph.advance))
            else:
                code = self._codes.setdefault((glyph.index, glyph.text), len(self._codes) + 1)
                own = advance_width(self.weight, glyph.index)
                parts.append(
                    f"{_back(-glyph.dx)}<{code:04X}>{_back(own + glyph.dx - glyph.advance)}"
                )
            pen += glyph.advance
        return Written("".join(parts).replace("><", ""), tuple(marks))

    def add_to(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFDictionary:
        """The font dictionary; its parts become objects of the document."""
        name = pdfdoc.PDFName(f"AMANAA+{self.weight.post_script_name}")
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": _IDENTITY,
                "FontDescriptor": self._descriptor(document, name),
                "DW": 1000,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(self._widths())]),
                "CIDToGIDMap": self._stream(document, "glyphs", self._glyph_map()),
            }
        )
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray(
                    [referenced(document, descendant, f"descendant:{self.name}")]
                ),
                "ToUnicode": self._stream(document, "text", self._text_map()),
            }
        )

    def _descriptor(self, document: pdfdoc.PDFDocument, name: str) -> object:
        extents = font(self.weight).get_font_extents("ltr")
        program = self._subset()
        entries = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-1000, extents.descender, 2000, extents.ascender]),
            "ItalicAngle": 0,
            "Ascent": extents.ascender,
            "Descent": extents.descender,
            "CapHeight": 698,
            "StemV": 80,
            "FontFile2": self._stream(document, "program", program, Length1=len(program)),
        }
        return referenced(document, pdfdoc.PDFDictionary(entries), f"descriptor:{self.name}")

    def _subset(self) -> bytes:
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(glyph for glyph, _ in self._codes)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNUSED_TABLES)
        wanted.flags = (
            uharfbuzz.SubsetFlags.RETAIN_GIDS
            | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
            | uharfbuzz.SubsetFlags.NO_HINTING
            | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        return bytes(uharfbuzz.subset(face(self.weight), wanted).blob.data)

    def _widths(self) -> list[int]:
        return [advance_width(self.weight, glyph) for glyph, _ in self._codes]

    def _glyph_map(self) -> bytes:
        return b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph, _ in self._codes)

    def _text_map(self) -> bytes:
        rows = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
            if text
        ]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        body = "".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
        )
        return f"{_CMAP_HEAD}{body}{_CMAP_FOOT}".encode("ascii")

    def _stream(
        self, document: pdfdoc.PDFDocument, part: str, content: bytes, **entries: int
    ) -> object:
        return referenced(document, compressed(content, **entries), f"{part}:{self.name}")


def referenced(document: pdfdoc.PDFDocument, thing: object, name: str) -> object:
    """A reference to the thing as an object of its own; reportlab leaves this one untyped."""
    refer: Callable[[object, str], object] = document.Reference
    return refer(thing, name)


def compressed(content: bytes, **entries: int) -> pdfdoc.PDFStream:
    """A deflated stream."""
    names: dict[str, object] = {"Filter": pdfdoc.PDFName("FlateDecode"), **entries}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(names), zlib.compress(content, 6))


def _back(units: int) -> str:
    """Move the pen back by so many font units inside a TJ array."""
    return f"{units}" if units else ""
