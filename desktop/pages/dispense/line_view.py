"""One line of the basket in finished words: where it comes from, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.pages.dispense.basket import Line
from desktop.pages.dispense.shelf_rows import ShelfRow, shelf_rows
from desktop.units import quantity_words
from inventory.domain.quantity import parse_quantity
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.domain.units import UNITS, unit_named
from inventory.language import Language
from inventory.queries.counter import CounterLine, Instead


@dataclass(frozen=True, slots=True)
class InsteadView:
    """Something on the shelf that may replace a short item."""

    item_id: int
    name: str
    there: str
    expiry: str


@dataclass(frozen=True, slots=True)
class LineView:
    """`given` stands in the field while nobody types there, `asked` when somebody does.

    `icon` and `tone` go with `words`; both are empty while there is nothing to say but where
    it comes from.
    """

    item_id: int
    name: str
    words: str
    icon: str
    tone: str
    unit: str
    short_unit: str
    asked: str
    given: str
    wrong: bool
    is_short: bool
    rows: tuple[ShelfRow, ...]
    instead: tuple[InsteadView, ...]


def line_view(found: CounterLine, line: Line, day: date, course: int, lang: Language) -> LineView:
    """The view of one line; `course` is the length of the treatment in days."""
    decimals = found.item.traits.decimals
    taken = line.quantity - found.pick.short
    words, icon, tone = _told(found, line)
    asked = line.typed if line.typed or not line.quantity else _number(lang, line.quantity, found)
    return LineView(
        item_id=line.item_id,
        name=lang.name(found.item.names),
        words=lang.tell(words),
        icon=icon,
        tone=tone,
        unit=_unit_word(lang, found, line.quantity or 2),
        short_unit=lang.say(
            "of {amount}", amount=quantity_words(lang, found.item.unit, line.quantity, decimals)
        ),
        asked=asked,
        given=_number(lang, taken, found) if found.pick.short else asked,
        wrong=bool(line.typed.strip()),
        is_short=found.pick.short > 0,
        rows=shelf_rows(found.pick, day, course) if line.quantity else (),
        instead=tuple(_instead(row, lang) for row in found.instead),
    )


def _told(found: CounterLine, line: Line) -> tuple[Sentence, str, str]:
    """What to say about the line, with the icon and the tone it is said in."""
    if not line.quantity:
        return _unwritten(line, found)
    if found.pick.short:
        return _short(found), "alert-circle-outline", "red"
    takes = found.pick.takes
    left = _size(found, found.left_after)
    if line.lot_id is not None:
        lots = {take.shelf.lot_id: take.shelf.lot for take in takes}
        lot = lots.get(line.lot_id, takes[0].shelf.lot)
        told = sentence("Batch {lot} first, as you chose. {left} left after.", lot=lot, left=left)
        return told, "pencil-outline", "amber"
    batches = len({take.shelf.lot_id for take in takes})
    if batches > 1:
        told = counted(
            "From {n} batch, earliest expiry first. {left} left after.",
            "From {n} batches, earliest expiry first. {left} left after.",
            batches, left=left,
        )  # fmt: skip
        return told, "", ""
    return _from_one(found, left), "check-circle-outline", "green"


def _unwritten(line: Line, found: CounterLine) -> tuple[Sentence, str, str]:
    if not line.typed.strip():
        there = _size(found, found.there)
        return sentence("How many? {there} on the shelf.", there=there), "", ""
    try:
        parse_quantity(line.typed, found.item.traits.decimals)
    except Refused as refused:
        return refused.sentence, "alert-circle-outline", "red"
    return sentence("Write a quantity."), "alert-circle-outline", "red"


def _short(found: CounterLine) -> Sentence:
    missing = found.pick.short
    given = found.wanted.quantity - missing
    short, there = _size(found, missing), _size(found, given)
    if found.there > given:
        return counted(
            "Only {there} will last the treatment. {short} is written down as not given.",
            "Only {there} will last the treatment. {short} are written down as not given.",
            missing, there=there, short=short,
        )  # fmt: skip
    if not given:
        return counted(
            "None on the shelf. {short} is written down as not given.",
            "None on the shelf. {short} are written down as not given.",
            missing, short=short,
        )  # fmt: skip
    return counted(
        "Only {there} left. {short} is written down as not given.",
        "Only {there} left. {short} are written down as not given.",
        missing, there=there, short=short,
    )  # fmt: skip


def _from_one(found: CounterLine, left: int | Fraction) -> Sentence:
    shelf = found.pick.takes[0].shelf
    if not shelf.lot:
        return sentence("All from the shelf. {left} left after.", left=left)
    if shelf.expiry is None:
        return sentence("All from batch {lot}. {left} left after.", lot=shelf.lot, left=left)
    return sentence(
        "All from batch {lot}, {expiry}. {left} left after.",
        lot=shelf.lot, expiry=shelf.expiry, left=left,
    )  # fmt: skip


def _size(found: CounterLine, quantity: int) -> int | Fraction:
    """A quantity as a sentence shows it, in the item's unit."""
    decimals = found.item.traits.decimals
    return Fraction(quantity, 10**decimals) if decimals else quantity


def _number(lang: Language, quantity: int, found: CounterLine) -> str:
    return lang.quantity(quantity, found.item.traits.decimals)


def _unit_word(lang: Language, found: CounterLine, quantity: int) -> str:
    if found.item.unit not in UNITS:
        return found.item.unit
    unit = unit_named(found.item.unit)
    return lang.count(unit.bare, unit.bare_many, quantity // 10**found.item.traits.decimals)


def _instead(row: Instead, lang: Language) -> InsteadView:
    there = quantity_words(lang, row.item.unit, row.there, row.item.traits.decimals)
    expiry = "" if row.nearest is None else lang.expiry(row.nearest)
    return InsteadView(row.item.id, lang.name(row.item.names), there, expiry)
