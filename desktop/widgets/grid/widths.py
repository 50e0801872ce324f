"""How wide columns are: as declared, never less than their contents, the rest is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop import theme
from desktop.direction import text_width
from desktop.fonts import font
from desktop.widgets.grid.cells import KINDS, PADDING
from desktop.widgets.grid.columns import Column, Group, Note, cell_of
from inventory.language import Language

MEASURED_ROWS = 200
ROOM_FOR_NAMES = 190
_PART_OF_NAMES = 26


def needs(columns: Sequence[Column], rows: Sequence[Any], language: Language) -> list[int]:
    """The least each column can do with: its heading, and what must not be cut in its cells."""
    seen = [row for row in rows[:MEASURED_ROWS] if not isinstance(row, Group | Note)]
    return [_need(column, seen, language) for column in columns]


def _need(column: Column, rows: Sequence[Any], language: Language) -> int:
    pad = theme.current().px(2 * PADDING)
    least = text_width(language.say(column.heading), font(13, 500))
    measure = KINDS[column.kind].measure
    if measure is not None:
        widest = max((measure(cell_of(column, row), language) for row in rows), default=0.0)
        least = max(least, widest)
    return round(least) + pad + 1


def shared(columns: Sequence[Column], least: Sequence[int], room: int) -> list[int]:
    """Widths that fill `room`; names keep some of it while fixed columns have slack to give."""
    px = theme.current().px
    wanted = [max(px(c.width), n) if c.width else 0 for c, n in zip(columns, least, strict=True)]
    free = [i for i, column in enumerate(columns) if not column.width]
    missing = sum(wanted) + px(ROOM_FOR_NAMES) * len(free) - room
    if missing > 0:
        slack = [max(w - n, 0) if w else 0 for w, n in zip(wanted, least, strict=True)]
        total = sum(slack)
        given = min(missing, total)
        wanted = [
            w - (s * given // total if total else 0) for w, s in zip(wanted, slack, strict=True)
        ]
    names = min(px(ROOM_FOR_NAMES) * len(free), room * _PART_OF_NAMES // 100)
    if free and room - sum(wanted) < names:
        # Too much for this screen: figures are written smaller so that names can be read.
        fixed = sum(wanted)
        wanted = [w * (room - names) // fixed for w in wanted]
    left = room - sum(wanted)
    for index in free:
        wanted[index] = left // len(free)
    return wanted
