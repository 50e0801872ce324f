"""Lines that turn out to be one batch become one line."""

from __future__ import annotations

from dataclasses import replace

from desktop.pages.receive.parts import Line
from inventory.domain.quantity import MAX_QUANTITY


def merged(lines: tuple[Line, ...], at: int) -> tuple[tuple[Line, ...], int]:
    """Settled lines of one batch are one line; people stay on what their line became."""
    kept: dict[object, Line] = {}
    for line in lines:
        fixed = bool(line.item_id) and line.settled
        same = (line.item_id, line.lot.casefold(), line.expiry) if fixed else line.key
        first = kept.get(same)
        kept[same] = line if first is None else _together(first, line)
        if first is not None and at == line.key:
            at = first.key
    return tuple(sorted(kept.values(), key=lambda line: line.key)), at


def capped(quantity: int) -> int:
    """No more than can be kept."""
    return min(quantity, MAX_QUANTITY)


def _together(first: Line, second: Line) -> Line:
    return replace(
        first, came=capped(first.came + second.came), damaged=first.damaged + second.damaged,
        reason=first.reason or second.reason, made_on=first.made_on or second.made_on,
        serials=(*first.serials, *second.serials), at=max(first.at, second.at),
    )  # fmt: skip
