"""A book of A4 pages to draw on, measured in millimetres from the reading edge.

The reading edge is the right margin of an Arabic or Kurdish form, the left one of a French or
English one. x grows away from it, y grows down from the top of the sheet. Forms are drawn
once: `Page` mirrors them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, NamedTuple, cast

from reportlab.pdfbase import pdfdoc

from inventory.documents.direction import runs_right_to_left
from inventory.documents.embedding import EmbeddedFont, compressed, referenced
from inventory.documents.shaping import Line, Run
from inventory.documents.typeface import Weight, outline

POINT = 25.4 / 72  # millimetres
MARGIN = 15.0
A4_SHORT = 210.0
A4_LONG = 297.0
_OVERLAP = 0.16  # half of the rule at the sides of a table


class Align(Enum):
    """Where text stands in its cell: by reading direction, or physically."""

    START = auto()
    END = auto()
    CENTER = auto()
    LEFT = auto()
    RIGHT = auto()


class Box(NamedTuple):
    """A rectangle in millimetres; x from the reading edge of the measure, y from the top."""

    x: float
    y: float
    width: float
    height: float

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def foot(self) -> float:
        return self.y + self.height

    def inset(self, across: float) -> Box:
        return Box(self.x + across, self.y, self.width - 2 * across, self.height)


class Mark(NamedTuple):
    """What was written where, for audits; millimetres from the left and top of the sheet."""

    page: int
    text: str
    size: float
    left: float
    right: float
    baseline: float
    cell_left: float
    cell_right: float
    cell_top: float
    cell_foot: float


class Page:
    """One sheet. Nothing is drawn twice and nothing is drawn outside its box by intent."""

    def __init__(self, book: Book, number: int) -> None:
        self._book = book
        self.number = number
        self._ops: list[str] = []
        # Readers reorder a whole line once it holds a right-to-left letter, and would turn the
        # codes beside it: such cells are written last, column by column.
        self._columns: list[tuple[float, float, str]] = []

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self._book.width - 2 * MARGIN

    def _left(self, x: float, width: float = 0.0) -> float:
        """Physical left of a thing that is `width` wide and starts at x."""
        if self._book.rtl:
            return self._book.width - MARGIN - x - width
        return MARGIN + x

    def across(self, y: float, x: float, end: float, weight: float) -> None:
        """A horizontal rule; weight in points. It covers the ends of rules that meet it."""
        over = _OVERLAP if end > x else -_OVERLAP
        self._rule(self._left(x - over), y, self._left(end + over), y, weight)

    def down(self, x: float, y: float, foot: float, weight: float) -> None:
        """A vertical rule."""
        self._rule(self._left(x), y, self._left(x), foot, weight)

    def _rule(self, x1: float, y1: float, x2: float, y2: float, weight: float) -> None:
        height = self._book.height
        self._ops.append(
            f"{weight:g} w {x1 / POINT:.2f} {(height - y1) / POINT:.2f} m "
            f"{x2 / POINT:.2f} {(height - y2) / POINT:.2f} l S"
        )

    def cross(self, box: Box, weight: float) -> None:
        """An X in a box."""
        self._rule(self._left(box.x), box.y, self._left(box.end), box.foot, weight)
        self._rule(self._left(box.x), box.foot, self._left(box.end), box.y, weight)

    def frame(self, box: Box, weight: float) -> None:
        self._ops.append(f"{weight:g} w {self._rectangle(box)} S")

    def solid(self, box: Box, white: bool = False) -> None:
        """A black block, or a white one that clears what lies under it."""
        fill = f"{self._rectangle(box)} f"
        self._ops.append(f"1 g {fill} 0 g" if white else fill)

    def _rectangle(self, box: Box) -> str:
        left, foot = self._left(box.x, box.width), self._book.height - box.foot
        return (
            f"{left / POINT:.3f} {foot / POINT:.3f} "
            f"{box.width / POINT:.3f} {box.height / POINT:.3f} re"
        )

    def modules(self, box: Box, rows: Sequence[Sequence[bool]], module: float) -> None:
        """A symbol: dark modules as one path, its own left to right kept.

        A one-row symbol is stretched to the height of the box; others have square modules.
        """
        left, top = self._left(box.x, box.width), self._book.height - box.y
        height = box.height if len(rows) == 1 else module
        path: list[str] = []
        for index, row in enumerate(rows):
            foot = (top - (index + 1) * height) / POINT
            for start, length in _dark_stretches(row):
                path.append(
                    f"{(left + start * module) / POINT:.3f} {foot:.3f} "
                    f"{length * module / POINT:.3f} {height / POINT:.3f} re"
                )
        self._ops.append("\n".join([*path, "f"]))

    def write(
        self,
        line: Line,
        size: float,
        box: Box,
        baseline: float,
        align: Align = Align.START,
        narrow: float = 1.0,
        pad: float = 0.0,
    ) -> None:
        """One line in its cell; `baseline` from the top of the sheet, `narrow` squeezes width.

        `pad` is kept free at the edge of the cell the text stands at.
        """
        if not line.runs:
            return
        width = line.width(size) * POINT * narrow
        cell = self._left(box.x, box.width)
        left = self._text_left(cell + pad, box.width - 2 * pad, width, align)
        written = self._placed(line.runs, size, left, baseline, narrow)
        if runs_right_to_left(line.text, rtl=True):
            self._columns.append((cell, baseline, written))
        else:
            self._ops.append(written)
        self._book.marks.append(
            Mark(
                self.number, line.text, size, left, left + width, baseline,
                cell, cell + box.width, box.y, box.foot,
            )
        )  # fmt: skip

    def _text_left(self, cell: float, room: float, width: float, align: Align) -> float:
        if align is Align.CENTER:
            return cell + (room - width) / 2
        to_right = align is Align.RIGHT or align is (Align.START if self._book.rtl else Align.END)
        return cell + room - width if to_right else cell

    def _placed(
        self, runs: Sequence[Run], size: float, left: float, baseline: float, narrow: float
    ) -> str:
        x, y = left / POINT, (self._book.height - baseline) / POINT
        parts = [f"BT {narrow:.4g} 0 0 1 {x:.2f} {y:.2f} Tm"]
        marks: list[str] = []
        scale = size / 1000
        for run in runs:
            font = self._book.font(run.weight)
            written = font.written(run)
            parts.append(f"/{font.name} {size:g} Tf [{written.body}] TJ")
            for mark_x, mark_y, glyph in written.marks:
                placed = f"{x + mark_x * scale * narrow:.2f} {y + mark_y * scale:.2f}"
                matrix = f"{scale * narrow:.6f} 0 0 {scale:.6f} {placed} cm"
                marks.append(f"q {matrix} {outline(run.weight, glyph)} f Q")
            x += run.advance * scale * narrow
        return " ".join([*parts, "ET", *marks])

    def outlined(self, line: Line, size: float, centre: tuple[float, float], rise: float) -> None:
        """Hollow letters on a slope through the centre (millimetres from left and top).

        `rise` is the sine of the slope. Hollow, so that a copier turns them to lines, not dirt.
        """
        run_length = (1 - rise * rise) ** 0.5
        half = line.width(size) / 2
        x = centre[0] / POINT - half * run_length + rise * size * 0.35
        y = (self._book.height - centre[1]) / POINT - half * rise - run_length * size * 0.35
        parts = [
            f"q 0.5 w 1 Tr BT {run_length:.4f} {rise:.4f} {-rise:.4f} {run_length:.4f} "
            f"{x:.2f} {y:.2f} Tm"
        ]
        for run in line.runs:
            font = self._book.font(run.weight)
            parts.append(f"/{font.name} {size:g} Tf [{font.written(run).body}] TJ")
        self._ops.append(" ".join([*parts, "ET Q"]))

    def content(self) -> bytes:
        columns = [written for *_, written in sorted(self._columns)]
        return "\n".join([*self._ops, *columns]).encode("ascii")


class Book:
    """The pages of one document, and at the end its bytes: equal for equal pages."""

    def __init__(self, title: str, rtl: bool, portrait: bool = False) -> None:
        self.title = title
        self.rtl = rtl
        self.width, self.height = (A4_SHORT, A4_LONG) if portrait else (A4_LONG, A4_SHORT)
        self.pages: list[Page] = []
        self.marks: list[Mark] = []
        self._fonts: dict[Weight, EmbeddedFont] = {}

    def new_page(self) -> Page:
        page = Page(self, len(self.pages) + 1)
        self.pages.append(page)
        return page

    def font(self, weight: Weight) -> EmbeddedFont:
        found = self._fonts.get(weight)
        if found is None:
            found = self._fonts[weight] = EmbeddedFont(weight, f"F{len(self._fonts) + 1}")
        return found

    def to_bytes(self) -> bytes:
        """The PDF file; no clock and no random identifier goes into it."""
        document = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 5))
        document.setTitle(self.title)
        document.setSubject(self.title)
        document.setAuthor("Amana")
        document.setCreator("Amana")
        # Shrunk to fit, the modules of a symbol fall between the printer's dots.
        catalog = cast(Any, document).Catalog  # untyped there
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"PrintScaling": pdfdoc.PDFName("None")})
        for page in self.pages:
            document.addPage(self._sheet(page))
        fonts = cast(pdfdoc.PDFDictionary, document.idToObject[pdfdoc.BasicFonts]).dict
        for font in self._fonts.values():
            fonts[font.name] = referenced(document, font.add_to(document), f"font:{font.name}")
        return bytes(document.GetPDFData(None))

    def _sheet(self, page: Page) -> pdfdoc.PDFPage:
        sheet = pdfdoc.PDFPage()
        size = [round(self.width / POINT, 2), round(self.height / POINT, 2)]
        sheet.MediaBox = pdfdoc.PDFArray([0, 0, *size])
        sheet.Resources = pdfdoc.PDFResourceDictionary()
        sheet.Resources.basicFonts()
        sheet.Contents = compressed(page.content())
        return sheet


def _dark_stretches(row: Sequence[bool]) -> list[tuple[int, int]]:
    """(start, length) of each unbroken dark stretch."""
    stretches: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and index and row[index - 1]:
            start, length = stretches[-1]
            stretches[-1] = (start, length + 1)
        elif dark:
            stretches.append((index, 1))
    return stretches
