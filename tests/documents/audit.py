"""Reading a drawn book by its marks: is everything in its cell, and what does each row say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from inventory.documents.cells import FLOOR
from inventory.documents.surface import MARGIN, Book, Mark
from inventory.documents.table import Column

_SLACK = 0.02  # millimetres
_SAME_LINE = 1.6  # baselines nearer than this share ink


def outside(book: Book) -> list[str]:
    """Every mark that leaves its cell or its page, or is smaller than the floor."""
    return [f"page {mark.page}: {mark}" for mark in book.marks if not _inside(book, mark)]


def _inside(book: Book, mark: Mark) -> bool:
    return (
        mark.left >= mark.cell_left - _SLACK
        and mark.right <= mark.cell_right + _SLACK
        and mark.cell_top < mark.baseline <= mark.cell_foot + _SLACK
        and mark.cell_left >= MARGIN - _SLACK
        and mark.cell_right <= book.width - MARGIN + _SLACK
        and mark.baseline < book.height - 9
        and mark.size >= FLOOR
    )


def overlapping(book: Book) -> list[str]:
    """Pairs of texts written over each other."""
    found = []
    ordered = sorted(book.marks, key=lambda mark: (mark.page, mark.baseline))
    for index, mark in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.page != mark.page or other.baseline - mark.baseline > _SAME_LINE:
                break
            if min(mark.right, other.right) - max(mark.left, other.left) > _SLACK:
                found.append(f"page {mark.page}: {mark.text} / {other.text}")
    return found


def printed_rows(book: Book, columns: Sequence[Column]) -> list[dict[int, list[str]]]:
    """The texts of each numbered row by column index, from the paper alone."""
    edges = {}
    start = 0.0
    for index, column in enumerate(columns):
        left = MARGIN + start
        if book.rtl:
            left = book.width - MARGIN - start - column.width
        edges[round(left, 2)] = index
        start += column.width
    rows: dict[tuple[int, float], dict[int, list[str]]] = defaultdict(dict)
    for mark in book.marks:
        index = edges.get(round(mark.cell_left, 2), -1)
        fits = index >= 0 and abs(mark.cell_right - mark.cell_left - columns[index].width) < 0.02
        if fits:
            row = rows[mark.page, round(mark.cell_top, 2)]
            row.setdefault(index, []).append(mark.text)
    return [row for row in rows.values() if re.fullmatch(r"\d+", row.get(0, [""])[0])]


def whole_number(text: str) -> int:
    """The number a figure prints: thin gaps out, a true minus in."""
    return int(re.sub("[\u00a0\u202f ]", "", text).replace("−", "-").replace("×", ""))


def words_on(book: Book, page: int) -> set[str]:
    return {mark.text.replace("\u00a0", " ") for mark in book.marks if mark.page == page}
