"""The rows of the list of items: what each column says, and which filter keeps a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from desktop.desk import Desk
from desktop.pages.items.form_state import as_printed
from desktop.widgets.filter_pills import Pill
from desktop.widgets.grid import Cell, Column
from inventory.domain.item_kinds import KINDS
from inventory.domain.keeping import CONDITIONS, SCHEDULES
from inventory.domain.sentence import N_
from inventory.domain.units import UNITS, pack_word
from inventory.queries.item_forms import ItemLine

OFF = "off"
_VEN = {"V": N_("Vital"), "E": N_("Essential"), "N": N_("Not essential"), "": ""}
_SHOWN_SIZES = 3


def pills(desk: Desk) -> tuple[Pill, ...]:
    """All, each kind, and what was taken off the list."""
    kinds = (Pill(key, desk.say(kind.name)) for key, kind in KINDS.items())
    off = Pill(OFF, desk.say("Taken off"), "archive-outline", "grey")
    return (Pill("", desk.say("All")), *kinds, off)


def counts(lines: Sequence[ItemLine]) -> Counter[str]:
    """How many rows each pill keeps."""
    found: Counter[str] = Counter(line.item.kind if line.item.active else OFF for line in lines)
    found[""] = sum(line.item.active for line in lines)
    return found


def kept_by(pill: str, line: ItemLine) -> bool:
    """Whether a pill shows the row."""
    if not line.item.active:
        return pill == OFF
    return pill in ("", line.item.kind)


def columns(desk: Desk, begun: Collection[int]) -> tuple[Column, ...]:
    """`begun` are ids of items whose form was begun and not saved; it may change later."""
    words = _Words(desk, begun)
    return (
        Column("item", N_("Item"), "item", 0, words.item,
               sort=lambda line: desk.name(line.item.names).casefold()),
        Column("kind", N_("Kind"), "text", 170, words.kind),
        Column("unit", N_("Unit"), "text", 110, words.unit),
        Column("packs", N_("Packs"), "quantity", 160, words.packs,
               sort=lambda line: line.sizes[0]),
        Column("ven", N_("Class"), "text", 120, words.ven,
               sort=lambda line: "VEN".find(line.item.ven) if line.item.ven else None),
        Column("barcodes", N_("Barcodes"), "faint", 170, words.barcodes,
               sort=lambda line: len(line.barcodes) or None),
    )  # fmt: skip


class _Words:
    """What the cells of one list say."""

    def __init__(self, desk: Desk, begun: Collection[int]) -> None:
        self.desk, self.begun = desk, begun

    def item(self, line: ItemLine) -> Cell:
        item = line.item
        icon = "pencil-outline" if item.id in self.begun else ""
        second = self.desk.language.isolate(item.code)
        return Cell(item.names, second, "amber" if icon else "", icon)

    def kind(self, line: ItemLine) -> Cell:
        item, say = line.item, self.desk.say
        kept = say(CONDITIONS[item.storage]) if item.storage in CONDITIONS else item.storage
        locked = item.controlled
        if locked:
            kept = say(SCHEDULES[locked]) if locked in SCHEDULES else locked
        return Cell(say(item.traits.name), kept)

    def unit(self, line: ItemLine) -> str:
        unit = UNITS.get(line.item.unit)
        return line.item.unit if unit is None else self.desk.say(unit.bare)

    def packs(self, line: ItemLine) -> Cell:
        """The pack that is ordered in words, the other sizes under it."""
        item, desk = line.item, self.desk
        unit, decimals = UNITS.get(item.unit), item.traits.decimals
        first, *others = (desk.language.quantity(size, decimals) for size in line.sizes)
        word = pack_word(unit, line.sizes[0], decimals) if unit is not None else None
        shown = first
        if unit is not None and line.sizes[0] == 10**decimals:
            shown = desk.say(unit.bare)
        elif word is not None and word.sized:
            shown = desk.say(word.sized, size=first)
        more = desk.language.listed(others[:_SHOWN_SIZES])
        return Cell(shown, desk.say("also {sizes}", sizes=more) if others else "")

    def ven(self, line: ItemLine) -> str | None:
        return self.desk.say(_VEN[line.item.ven]) if line.item.ven else None

    def barcodes(self, line: ItemLine) -> Cell:
        codes = line.barcodes
        if not codes:
            return Cell("")
        more = self.desk.count("and {n} more", "and {n} more", len(codes) - 1)
        first = self.desk.language.isolate(as_printed(codes[0])[:20])
        return Cell(first, more if len(codes) > 1 else "")
