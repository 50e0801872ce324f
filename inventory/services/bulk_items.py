"""Save a whole list of items: new ones in batches, known ones one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, insert, select
from uuid6 import uuid7

from inventory.domain.item import ItemDraft
from inventory.domain.sentence import Refused
from inventory.exchange.progress import Progress
from inventory.services.items import bind_substitutes, fields_of, save_item
from inventory.storage import tables

BATCH = 500


def save_items(
    connection: Connection, drafts: Sequence[ItemDraft], now: int, progress: Progress
) -> None:
    """Add or change them all, then bind substitutes. Raises Refused when a barcode is taken."""
    i = tables.item.c
    known = set(connection.scalars(select(i.code)))
    new = [draft for draft in drafts if draft.code not in known]
    done = 0
    for batch in _batches(new):
        _add(connection, batch, now)
        done += len(batch)
        progress.step(done, len(drafts))
    for draft in drafts:
        if draft.code in known:
            save_item(connection, draft, now)
            done += 1
            progress.step(done, len(drafts))
    _bind_substitutes(connection, drafts)
    progress.end(len(drafts))


def _batches(drafts: Sequence[ItemDraft]) -> Iterator[Sequence[ItemDraft]]:
    for start in range(0, len(drafts), BATCH):
        yield drafts[start : start + BATCH]


def _add(connection: Connection, drafts: Sequence[ItemDraft], now: int) -> None:
    rows = [{"uid": uuid7().hex, "code": d.code, **fields_of(d, now)} for d in drafts]
    connection.execute(insert(tables.item), rows)
    ids = _ids(connection, drafts)
    _insert(connection, insert(tables.item_pack), (
        {"item_id": ids[d.code], "size": size, "rank": rank}
        for d in drafts for rank, size in enumerate(dict.fromkeys((d.pack_size, *d.packs)))
    ))  # fmt: skip
    _refuse_taken_barcodes(connection, drafts)
    _insert(connection, insert(tables.barcode), (
        {"code": b.code, "item_id": ids[d.code], "pack_size": b.pack_size, "learned_at": now}
        for d in drafts for b in d.barcodes
    ))  # fmt: skip


def _ids(connection: Connection, drafts: Sequence[ItemDraft]) -> dict[str, int]:
    i = tables.item.c
    codes = [draft.code for draft in drafts]
    found = connection.execute(select(i.code, i.id).where(i.code.in_(codes)))
    return {row.code: row.id for row in found}


def _insert(connection: Connection, statement: Insert, rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        connection.execute(statement, found)


def _refuse_taken_barcodes(connection: Connection, drafts: Sequence[ItemDraft]) -> None:
    """Somebody may have learned a code between the plan and now."""
    b = tables.barcode.c
    codes = [barcode.code for draft in drafts for barcode in draft.barcodes]
    taken = connection.scalar(select(b.code).where(b.code.in_(codes)).limit(1))
    if taken is not None:
        raise Refused("The code {code} was given to another item just now. Check the file again.",
                      code=taken)  # fmt: skip


def _bind_substitutes(connection: Connection, drafts: Sequence[ItemDraft]) -> None:
    with_some = [draft for draft in drafts if draft.substitutes]
    for batch in _batches(with_some):
        ids = _ids(connection, batch)
        for draft in batch:
            bind_substitutes(connection, ids[draft.code], draft.substitutes)
