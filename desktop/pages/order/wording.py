"""What the Order page says: which order it is, and what was just done."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.pages.order.book import Undone
from inventory.domain.item_kinds import KINDS
from inventory.domain.months import Month
from inventory.domain.sentence import Sentence, sentence
from inventory.queries.order_view import OrderView, ViewLine


def order_words(view: OrderView, desk: Desk) -> str:
    """`ORD-2026-00032 for December, to DoH Nineveh`, with what narrows it."""
    order = view.order
    known = {"number": order.number, "month": desk.language.month_name(Month.of(order.made_on)
                                                                       .next())}  # fmt: skip
    told = desk.say("{number} for {month}", **known)
    if view.supplier:
        told = desk.say("{number} for {month}, to {supplier}", supplier=view.supplier, **known)
    kinds = [desk.say(KINDS[kind].name) for kind in order.kinds if kind in KINDS]
    if kinds:
        told = desk.say("{order}; only {kinds}", order=told, kinds=desk.language.listed(kinds))
    if order.emergency:
        told = desk.say("{order}; emergency", order=told)
    if order.needed_by is not None:
        told = desk.say("{order}; needed by {day}", order=told, day=order.needed_by)
    return told


def changed_words(before: ViewLine, packs: int) -> Sentence:
    """`Insulin 30/70 changed from 74 to 90`."""
    return sentence("{item} changed from {old} to {new}", item=before.line.item.names,
                    old=before.line.packs, new=packs)  # fmt: skip


def undone_words(undone: Undone) -> Sentence:
    """What the undo took back."""
    if undone.packs is None:
        return sentence("{item} is off the order again", item=undone.names)
    return sentence("{item} is at {packs} again", item=undone.names, packs=undone.packs)
