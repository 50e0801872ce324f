"""The rows of the form: packs with prices, barcodes on packs, other lists' codes, substitutes."""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk import Desk
from desktop.direction import Side
from desktop.pages.items.choices import Choices
from desktop.pages.items.row_editor import Part, RowEditor
from desktop.widgets.field import LineBox

_SIZE, _SCHEME = 110, 150


def _number(placeholder: str = "") -> Callable[[], LineBox]:
    return lambda: LineBox(side=Side.RIGHT, placeholder=placeholder)


def pack_rows(desk: Desk) -> RowEditor:
    """Size in units and price of one pack."""
    return RowEditor(
        (Part("", _number()), Part(desk.say("Price of one, dinars"), _number(), 140)), most=8
    )


def barcode_rows(desk: Desk) -> RowEditor:
    """Code and how many units the pack that carries it holds."""
    return RowEditor(
        (
            Part(desk.say("Barcode"), LineBox),
            Part(desk.say("On a pack of"), _number(desk.say("usual")), _SIZE),
        ),
        most=20,
    )


def code_rows(desk: Desk) -> RowEditor:
    """Whose code, and the code."""
    return RowEditor(
        (
            Part(desk.say("Code in another list"), _placed("Kimadia"), _SCHEME),
            Part(desk.say("Its code there"), LineBox),
        ),
        most=8,
    )


def _placed(example: str) -> Callable[[], LineBox]:
    return lambda: LineBox(placeholder=example)


def substitute_rows(desk: Desk, choices: Choices) -> RowEditor:
    """Items that may be given in its place, the best first."""
    return RowEditor((Part(desk.say("Can be replaced by"), choices.item),), most=6)
