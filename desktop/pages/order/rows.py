"""The rows of an order: lines under their sections, why a figure was changed, the columns."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.units import quantity_words
from desktop.widgets.grid.columns import Cell, Column, Group, Note
from inventory.domain.item_kinds import SECTIONS
from inventory.domain.keeping import CONDITIONS
from inventory.domain.reasons import REASONS
from inventory.domain.sentence import N_, Sentence
from inventory.domain.units import UNITS, pack_word
from inventory.language import Language
from inventory.queries.order_view import OrderView, ViewLine

ASK = "ask"
_USUAL = "room"


def order_rows(view: OrderView, language: Language) -> Iterator[ViewLine | Group | Note]:
    """Each section's heading and lines, each changed line with who changed it and why."""
    for section, rows in view.sections():
        yield Group(language.count("{section}, {n} line", "{section}, {n} lines", len(rows),
                                   section=Sentence(SECTIONS[section])))  # fmt: skip
        for row in rows:
            yield row
            note = note_of(row, language)
            if note is not None:
                yield note


def note_of(row: ViewLine, language: Language) -> Note | None:
    """Who changed the figure, and why; that a line was added by hand; None for neither."""
    line = row.line
    if not row.changed:
        added = language.say("Added by hand")
        return Note(added, "grey", "plus-circle-outline") if line.added else None
    known = {"old": line.proposed_packs, "new": line.packs, "person": line.changed_by}
    if line.note:
        return Note(
            language.say("{old} changed to {new} by {person}: “{words}”", words=line.note, **known)
        )
    why = Sentence(REASONS[line.reason].name) if line.reason in REASONS else line.reason
    return Note(language.say("{old} changed to {new} by {person}: {why}", why=why, **known))


def draft_columns(language: Language) -> tuple[Column, ...]:
    """What is asked for, how it came about, and what it costs."""

    def shown(row: ViewLine, quantity: int) -> str:
        return language.quantity(quantity, row.line.item.traits.decimals)

    def item(row: ViewLine) -> Cell:
        because = "" if row.because is None else language.tell(row.because)
        return Cell(row.line.item.names, because)

    def asked(row: ViewLine) -> Cell:
        changed = row.changed and row.line.packs != row.line.proposed_packs
        return Cell(row.line.packs, struck=row.line.proposed_packs if changed else None)

    return (
        Column("item", N_("Item, and why this much"), "item", 0, item),
        Column("usable", N_("Usable"), "strong_number", 88, lambda r: shown(r, r.usable),
               lambda r: r.usable),
        Column("amc", N_("A month"), "number", 88, lambda r: shown(r, r.line.average),
               lambda r: r.line.average, wide_only=True),
        Column("on_order", N_("On order"), "faint_number", 88,
               lambda r: shown(r, r.line.on_order), lambda r: r.line.on_order, wide_only=True),
        Column(ASK, N_("Ask for"), "ask", 140, asked, lambda r: r.line.packs, editable=True),
        *_pack_columns(language),
    )  # fmt: skip


def saved_columns(language: Language) -> tuple[Column, ...]:
    """What was asked for, and what came of it."""

    def shown(row: ViewLine, quantity: int) -> str:
        return language.quantity(quantity, row.line.item.traits.decimals)

    def to_come(row: ViewLine) -> Cell:
        if not row.line.to_come:
            return Cell(0)
        return Cell(shown(row, row.line.to_come), tone="amber")

    return (
        Column("item", N_("Item"), "item", 0, lambda r: Cell(r.line.item.names, r.line.item.code)),
        Column("amc", N_("A month"), "number", 88, lambda r: shown(r, r.line.average),
               lambda r: r.line.average, wide_only=True),
        Column("came", N_("Came"), "number", 96, lambda r: shown(r, r.line.came),
               lambda r: r.line.came),
        Column("to_come", N_("To come"), "number", 96, to_come, lambda r: r.line.to_come),
        Column("packs", N_("Asked"), "big_number", 88, lambda r: r.line.packs),
        *_pack_columns(language),
    )  # fmt: skip


def _pack_columns(language: Language) -> tuple[Column, ...]:
    return (
        Column("pack", N_("Pack"), "strong", 126, lambda r: Cell(*packing(r, language)),
               lambda r: r.line.pack_size),
        Column("value", N_("IQD"), "number", 96, lambda r: "" if r.value is None else r.value,
               lambda r: r.value, wide_only=True),
    )  # fmt: skip


def packing(row: ViewLine, language: Language) -> tuple[str, str]:
    """`boxes of 100` and `4,600 capsules`; a pack of one is the unit, with how it is kept."""
    line, item = row.line, row.line.item
    unit, decimals = UNITS.get(item.unit), item.traits.decimals
    units = quantity_words(language, item.unit, line.requested, decimals)
    if unit is None:
        return item.unit, units
    pack, size = pack_word(unit, line.pack_size, decimals), line.pack_size // 10**decimals
    if size <= 1 or not pack.sized:
        kept = CONDITIONS.get(item.storage) if item.storage != _USUAL else None
        bare = language.count(pack.bare, pack.bare_many, line.packs)
        return bare, "" if kept is None else language.say(kept)
    return language.count(pack.sized, pack.sized_many, line.packs, size=size), units
