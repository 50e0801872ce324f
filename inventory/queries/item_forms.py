"""The list of items as people read it, and one item as the form asks it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.item_form import ItemForm, OtherCode
from inventory.domain.packing import Rounding
from inventory.queries.items import (
    ItemRow,
    all_items,
    barcodes,
    item_by_id,
    packs,
    substitutes,
)

_PACKS = text("SELECT item_id, size FROM item_pack ORDER BY item_id, rank, size")
_BARCODES = text("SELECT item_id, code FROM barcode ORDER BY item_id, learned_at DESC, code")
_COUNTED = text("SELECT 1 FROM first_day WHERE item_id = :item LIMIT 1")
_OWN = text("SELECT lead_days, review_days FROM item WHERE id = :item")
_CODES = text("SELECT scheme, code FROM item_code WHERE item_id = :item ORDER BY scheme, code")
_OWNER = text("SELECT id FROM item WHERE code = :code")
_WORDS = text("""
SELECT 'supplier' AS field, supplier AS word FROM item UNION SELECT 'form', form FROM item
UNION SELECT 'storage', storage FROM item UNION SELECT 'controlled', controlled FROM item
ORDER BY 1, 2
""")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A row of the list: the item, its pack sizes, the usual first, and its barcodes."""

    item: ItemRow
    sizes: tuple[int, ...]
    barcodes: tuple[str, ...]


def item_lines(connection: Connection) -> list[ItemLine]:
    """Every item in order of code, also those taken off the list."""
    sizes, codes = _grouped(connection, _PACKS), _grouped(connection, _BARCODES)
    return [
        ItemLine(item, tuple(sizes[item.id]) or (1,), tuple(codes[item.id]))
        for item in all_items(connection, inactive=True)
    ]


def _grouped(connection: Connection, query: TextClause) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for item_id, value in connection.execute(query):
        groups[item_id].append(value)
    return groups


def item_form(connection: Connection, item_id: int) -> ItemForm:
    """All of one item. Raises Refused when there is none."""
    item = item_by_id(connection, item_id)
    sizes = packs(connection, item_id)
    own: Row[Any] = connection.execute(_OWN, {"item": item_id}).one()
    codes = connection.execute(_CODES, {"item": item_id})
    return ItemForm(
        draft=_draft(connection, item, [pack.size for pack in sizes] or [1]),
        prices={pack.size: pack.price for pack in sizes if pack.price is not None},
        supplier=item.supplier,
        rounding=Rounding(item.rounding) if item.rounding else None,
        lead_days=own.lead_days,
        review_days=own.review_days,
        codes=tuple(OtherCode(row.scheme, row.code) for row in codes),
    )


def _draft(connection: Connection, item: ItemRow, sizes: list[int]) -> ItemDraft:
    return ItemDraft(
        code=item.code, names=item.names, kind=item.kind, unit=item.unit,
        pack_size=sizes[0], packs=tuple(sizes[1:]),
        barcodes=tuple(Barcode(b.code, b.pack_size) for b in barcodes(connection, item.id)),
        ven=item.ven, inn=item.inn, strength=item.strength, form=item.form,
        storage=item.storage, controlled=item.controlled,
        substitutes=tuple(other.code for other in substitutes(connection, item.id)),
        min_months=item.min_months, max_months=item.max_months,
    )  # fmt: skip


def was_counted(connection: Connection, item_id: int) -> bool:
    """Whether any clinic has moved it: its unit is then no longer free to change."""
    return connection.execute(_COUNTED, {"item": item_id}).first() is not None


def owner_of_code(connection: Connection, code: str) -> ItemRow | None:
    """The item with that code, on the list or taken off it."""
    found = connection.execute(_OWNER, {"code": code}).scalar()
    return None if found is None else item_by_id(connection, int(found))


def words_in_use(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Words other items already have, by field: supplier, form, storage, controlled."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(_WORDS):
        if row.word:
            found[row.field].append(row.word)
    return {field: tuple(words) for field, words in found.items()}
