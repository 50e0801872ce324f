"""A form from its parts: lay out, count the sheets, draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.documents.fields import FieldBand
from inventory.documents.flow import Section, Sheet, paginate
from inventory.documents.frame import BODY_FOOT, CONTINUED_RULE, HEAD_RULE, Frame
from inventory.documents.surface import Book
from inventory.documents.table import Table

_UNDER_FIELDS = 1.8


@dataclass(frozen=True, slots=True)
class Form:
    """A frame, fields under its head, and one table that runs over as many sheets as it needs."""

    frame: Frame
    fields: FieldBand
    table: Table

    @property
    def table_top(self) -> float:
        """Where the table head starts on the first sheet."""
        return HEAD_RULE + self.fields.height + _UNDER_FIELDS

    def draw(
        self, sections: Sequence[Section], tail: float, appended: int = 0
    ) -> tuple[Book, Sheet]:
        """The book, and its last sheet of rows with `tail` millimetres free under them.

        `appended` sheets will be added by the caller and are counted in "page x of y".
        """
        head = self.table.head.total
        sheets = paginate(sections, self.table_top + head, CONTINUED_RULE + head, BODY_FOOT, tail)
        book = self.frame.book()
        for index, sheet in enumerate(sheets):
            page = self.frame.next_page(book) if index else self.frame.first_page(book)
            if not index:
                self.fields.draw(page, HEAD_RULE)
            self.table.draw_head(page, CONTINUED_RULE if index else self.table_top)
            self.table.draw_sheet(page, sheet)
            self.frame.foot(page, len(sheets) + appended)
        return book, sheets[-1]
