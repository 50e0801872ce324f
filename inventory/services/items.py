"""Add and change items, their packs, barcodes and substitutes. Items are not facts: they change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from uuid6 import uuid7

from inventory.domain.gtin import parse_gtin
from inventory.domain.item import ItemDraft
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.items import item_by_id, item_of_barcode
from inventory.services.permits import permitted
from inventory.storage import tables

MOST_BARCODE = 200


def save_item(connection: Connection, draft: ItemDraft, now: int) -> int:
    """Add the item, or change the one with that code. Returns its id.

    Substitutes are bound by code afterwards with `bind_substitutes`, when all items are there.
    """
    i = tables.item.c
    item_id = connection.scalar(select(i.id).where(i.code == draft.code))
    fields = fields_of(draft, now)
    if item_id is None:
        item_id = connection.execute(
            insert(tables.item).values(uid=uuid7().hex, code=draft.code, **fields).returning(i.id)
        ).scalar_one()
    else:
        connection.execute(update(tables.item).where(i.id == item_id).values(**fields))
    set_packs(connection, item_id, (draft.pack_size, *draft.packs))
    for barcode in draft.barcodes:
        bind_barcode(connection, barcode.code, item_id, barcode.pack_size, now)
    return int(item_id)


def fields_of(draft: ItemDraft, now: int) -> dict[str, Any]:
    """The columns of an item's own row, without its identity."""
    names = draft.names
    return {
        "name_en": names.en, "name_ar": names.ar, "name_ckb": names.ckb, "name_fr": names.fr,
        "inn": draft.inn, "strength": draft.strength, "form": draft.form, "kind": draft.kind,
        "unit": draft.unit, "ven": draft.ven, "storage": draft.storage,
        "controlled": draft.controlled, "changed_at": now, "active": 1,
        "min_months": None if draft.min_months is None else str(draft.min_months),
        "max_months": None if draft.max_months is None else str(draft.max_months),
    }  # fmt: skip


def set_packs(connection: Connection, item_id: int, sizes: Iterable[int]) -> None:
    """The pack sizes of an item, the usual one first; known prices are kept."""
    p = tables.item_pack.c
    known = connection.execute(select(p.size, p.price).where(p.item_id == item_id).order_by(p.rank))
    prices: dict[int, int | None] = {row.size: row.price for row in known}
    ordered = list(dict.fromkeys(sizes))
    if list(prices) == ordered:
        return
    connection.execute(delete(tables.item_pack).where(p.item_id == item_id))
    connection.execute(
        insert(tables.item_pack),
        [
            {"item_id": item_id, "size": size, "rank": rank, "price": prices.get(size)}
            for rank, size in enumerate(ordered)
        ],
    )


def set_price(connection: Connection, item_id: int, size: int, price: int | None) -> None:
    """The price of one pack, in whole dinars; None when it is not known."""
    p = tables.item_pack.c
    connection.execute(
        update(tables.item_pack).where(p.item_id == item_id, p.size == size).values(price=price)
    )


def bind_barcode(connection: Connection, code: str, item_id: int, pack_size: int, now: int) -> str:
    """Learn a code with its pack size: a GTIN is kept as 14 digits, other codes as they are.

    A code bound to another item is refused with that item's name. Returns the code as kept.
    """
    kept = _kept(code)
    if pack_size < 1:
        raise Refused("A pack holds at least 1.")
    known = item_of_barcode(connection, kept)
    b = tables.barcode
    if known is None:
        connection.execute(
            insert(b).values(code=kept, item_id=item_id, pack_size=pack_size, learned_at=now)
        )
        return kept
    item, size = known
    if item.id != item_id:
        raise Refused("The code {code} already belongs to {item}.", code=kept, item=item.names)
    if size != pack_size:
        connection.execute(update(b).where(b.c.code == kept).values(pack_size=pack_size))
    return kept


@permitted(Permission.LEARN_CODES)
def teach_barcode(
    connection: Connection, stamp: Stamp, code: str, item_id: int, pack_size: int
) -> str:
    """The same as an act of a person who met an unknown code."""
    return bind_barcode(connection, code, item_id, pack_size, stamp.now)


@permitted(Permission.LEARN_CODES)
def unteach_barcode(connection: Connection, stamp: Stamp, code: str) -> None:
    """Take back what was just taught."""
    forget_barcode(connection, code)


def forget_barcode(connection: Connection, code: str) -> None:
    connection.execute(delete(tables.barcode).where(tables.barcode.c.code == code))


def _kept(code: str) -> str:
    tidy = code.strip()
    if not tidy or len(tidy) > MOST_BARCODE or not tidy.isprintable():
        raise Refused("That code cannot be kept. Scan it again.")
    return parse_gtin(tidy).digits if tidy.isdigit() and len(tidy) in (8, 12, 13, 14) else tidy


def bind_substitutes(connection: Connection, item_id: int, codes: Iterable[str]) -> None:
    """What may replace an item, best first, by code. Raises Refused on an unknown code."""
    s, i = tables.item_substitute, tables.item.c
    connection.execute(delete(s).where(s.c.item_id == item_id))
    for rank, code in enumerate(dict.fromkeys(codes)):
        other = connection.scalar(select(i.id).where(i.code == code))
        if other is None:
            raise Refused("There is no item with the code {code}.", code=code)
        if other != item_id:
            connection.execute(insert(s).values(item_id=item_id, substitute_id=other, rank=rank))


def retire_item(connection: Connection, item_id: int, now: int) -> None:
    """Take an item off the lists; its history stays. Refused while there is stock of it."""
    q = tables.stock.c
    if connection.scalar(select(q.item_id).where(q.item_id == item_id, q.quantity > 0).limit(1)):
        item = item_by_id(connection, item_id)
        raise Refused("{item} still has stock, so it stays on the list.", item=item.names)
    connection.execute(
        update(tables.item).where(tables.item.c.id == item_id).values(active=0, changed_at=now)
    )
