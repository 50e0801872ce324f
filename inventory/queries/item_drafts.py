"""All items as drafts: what an import compares a file with, and what an export writes."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, text

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names

_ITEMS = text("SELECT * FROM item WHERE active = 1 ORDER BY code")
_PACKS = text("SELECT item_id, size FROM item_pack ORDER BY item_id, rank, size")
_BARCODES = text("SELECT item_id, code, pack_size FROM barcode ORDER BY code")
_SUBSTITUTES = text("""
SELECT s.item_id, i.code FROM item_substitute s JOIN item i ON i.id = s.substitute_id
ORDER BY s.item_id, s.rank
""")
_COUNTED = text("""
SELECT DISTINCT i.code FROM first_day f JOIN item i ON i.id = f.item_id
""")


def item_drafts(connection: Connection) -> dict[str, ItemDraft]:
    """Every item on the list, by code."""
    packs, barcodes, substitutes = (
        _grouped(connection, query) for query in (_PACKS, _BARCODES, _SUBSTITUTES)
    )
    return {
        row.code: _draft(
            row,
            tuple(pack.size for pack in packs[row.id]) or (1,),
            tuple(Barcode(known.code, known.pack_size) for known in barcodes[row.id]),
            tuple(other.code for other in substitutes[row.id]),
        )
        for row in connection.execute(_ITEMS)
    }


def codes_with_stock_history(connection: Connection) -> frozenset[str]:
    """Codes of items that any clinic has moved: their unit is no longer free to change."""
    return frozenset(connection.execute(_COUNTED).scalars())


def _grouped(connection: Connection, query: Any) -> dict[int, list[Row[Any]]]:
    groups: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        groups[row.item_id].append(row)
    return groups


def _draft(
    row: Row[Any],
    packs: tuple[int, ...],
    barcodes: tuple[Barcode, ...],
    substitutes: tuple[str, ...],
) -> ItemDraft:
    return ItemDraft(
        code=row.code,
        names=Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr),
        kind=row.kind,
        unit=row.unit,
        pack_size=packs[0],
        packs=packs[1:],
        barcodes=barcodes,
        ven=row.ven,
        inn=row.inn,
        strength=row.strength,
        form=row.form,
        storage=row.storage,
        controlled=row.controlled,
        substitutes=substitutes,
        min_months=_months(row.min_months),
        max_months=_months(row.max_months),
    )


def _months(written: str | None) -> Fraction | None:
    return Fraction(written) if written else None
