"""What a table shows: columns over frozen rows, and the two kinds of rows between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Sentence
from inventory.language import Language

NOT_APPLICABLE = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `heading` is English source text; `kind` is a key of `cells.KINDS`.

    `width` in pixels of the 100 % drawing, 0 shares what is left. `value` takes the row and
    returns a plain value, a State key (kind "chip"), or a Cell; by default the row's attribute
    named `key`. Plain values are written by the language: None is "–" (does not apply), "" is
    blank (nothing happened), 0 is zero. `sort` gives the sorting key when the value is not it.
    `wide_only`: not shown while a side panel is open. `editable`: digits edit it.
    """

    key: str
    heading: str
    kind: str = "text"
    width: int = 0
    value: Callable[[Any], object] | None = None
    sort: Callable[[Any], Any] | None = None
    wide_only: bool = False
    editable: bool = False

    def of(self, row: Any) -> object:
        """The value of this column in that row."""
        return self.value(row) if self.value is not None else getattr(row, self.key)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with more to it: a second line, a state's tone, an icon, what it replaced.

    `state` is the key of a chip whose usual word `main` replaces when it is not empty.
    """

    main: object = ""
    second: object = ""
    tone: str = ""
    icon: str = ""
    struck: object = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading between rows: "Medicines, 26 lines". Finished words."""

    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence under the row before it, in a tone: why a figure was changed. Finished words."""

    words: str
    tone: str = "amber"
    icon: str = "pencil-outline"


Row = object


def words(value: object, language: Language) -> str:
    """A plain value as a cell writes it."""
    match value:
        case None:
            return NOT_APPLICABLE
        case str():
            return value
        case Sentence():
            return language.tell(value)
        case Names():
            return language.name(value)
        case bool():
            raise TypeError("a cell shows words, not True or False")
        case int():
            return language.number(value)
        case Fraction() | Decimal():
            return language.decimal(value, 1)
        case Month():
            return language.month(value)
        case Expiry():
            return language.expiry(value, narrow=True)
        case dt.date():
            return language.date(value, narrow=True)
    return str(value)


def cell_of(column: Column, row: Any) -> Cell:
    """The value wrapped, so that painters meet one type."""
    value = column.of(row)
    return value if isinstance(value, Cell) else Cell(value)
