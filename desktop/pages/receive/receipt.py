"""The receipt that a delivery becomes when it is put on the shelf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Line
from desktop.pages.receive.standing import musts
from inventory.domain.sentence import Refused, counted
from inventory.queries.items import ItemRow
from inventory.services.receiving import Receipt, ReceiptLine


def receipt_of(delivery: Delivery, items: Mapping[int, ItemRow], day: date) -> Receipt:
    """Everything that came, and what was expected and did not.

    Raises Refused while a code is not known or a batch or expiry is missing.
    """
    if not delivery.lines:
        raise Refused("Nothing has been received yet. Scan the first pack.")
    _check(delivery, items)
    paper = delivery.paper
    came = [_line(line, delivery, ordered) for line, ordered in _shares(delivery)]
    away = [
        ReceiptLine(one.item_id, 0, ordered=one.quantity, pack_size=one.size)
        for one in delivery.waiting
    ]
    # An order this database does not know has no place of its own on the note.
    elsewhere = paper.order if paper.order_id is None else ""
    note = " · ".join(part for part in (elsewhere, paper.note.strip()) if part)
    return Receipt(
        (*came, *away), day, paper.supplier.strip(), paper.source.strip(), paper.waybill.strip(),
        paper.order_id, paper.order, note,
    )  # fmt: skip


def first_blocking(delivery: Delivery, items: Mapping[int, ItemRow]) -> Line | None:
    """The first line that cannot be received as it is."""
    return next(
        (
            line
            for line in delivery.lines
            if not line.item_id or musts(line, items[line.item_id].traits)
        ),
        None,
    )


def _check(delivery: Delivery, items: Mapping[int, ItemRow]) -> None:
    line = first_blocking(delivery, items)
    if line is None:
        return
    if line.item_id:
        needed = musts(line, items[line.item_id].traits)
        names = items[line.item_id].names
        if "lot" in needed:
            raise Refused("{item} needs its batch number. Read it from the pack.", item=names)
        raise Refused("{item} needs its expiry date. Read it from the pack.", item=names)
    raise Refused(
        counted(
            "{n} pack has a code nobody knows yet. Say which item it is, or press Del.",
            "{n} packs have a code nobody knows yet. Say which item it is, or press Del.",
            line.came,
        )
    )


def _shares(delivery: Delivery) -> Iterator[tuple[Line, int | None]]:
    """Each line with its part of what was ordered: batches together carry all of it, once."""
    left = {one.item_id: one.quantity for one in delivery.expected}
    for line in delivery.lines:
        if line.item_id not in left:
            yield line, None
            continue
        last = delivery.of(line.item_id)[-1].key == line.key
        share = left[line.item_id] if last else min(line.came, left[line.item_id])
        left[line.item_id] -= share
        yield line, share


def _line(line: Line, delivery: Delivery, ordered: int | None) -> ReceiptLine:
    return ReceiptLine(
        item_id=line.item_id,
        quantity=line.came - line.damaged,
        lot=line.lot,
        expiry=line.expiry,
        made_on=line.made_on,
        damaged=line.damaged,
        ordered=ordered,
        pack_size=line.size,
        place_id=line.place_id or delivery.paper.place_id,
        reason=line.reason,
    )
