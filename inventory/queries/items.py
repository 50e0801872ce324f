"""Items of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inventory.domain.item_kinds import KINDS, ItemKind
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.storage.database import memory_of
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as every page and rule needs it. `pack_size` is the usual pack, in units."""

    id: int
    code: str
    names: Names
    inn: str
    strength: str
    form: str
    kind: str
    unit: str
    ven: str
    storage: str
    controlled: str
    pack_size: int
    price: int | None
    supplier: str
    min_months: Fraction | None
    max_months: Fraction | None
    rounding: str | None
    active: bool

    @property
    def traits(self) -> ItemKind:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack size of an item, the usual one first; price in smallest money, None if unknown."""

    size: int
    price: int | None


@dataclass(frozen=True, slots=True)
class BarcodeRow:
    code: str
    pack_size: int


_SELECT = """
SELECT i.id, i.code, i.name_en, i.name_ar, i.name_ckb, i.name_fr, i.inn, i.strength, i.form, i.kind,
  i.unit, i.ven, i.storage, i.controlled, COALESCE(p.size, 1), p.price, i.supplier, i.min_months,
  i.max_months, i.rounding, i.active
FROM item i LEFT JOIN item_pack p ON p.item_id = i.id AND p.rank = 0
"""
_BY_ID = Statement(_SELECT + "WHERE i.id = :key")
_BY_CODE = Statement(_SELECT + "WHERE i.code = :key")
_ALL = Statement(_SELECT + "ORDER BY i.code")
_BY_BARCODE = Statement("SELECT item_id, pack_size FROM barcode WHERE code = :code")
_PACKS = Statement("SELECT size, price FROM item_pack WHERE item_id = :item ORDER BY rank, size")
_BARCODES = Statement("SELECT code, pack_size FROM barcode WHERE item_id = :item ORDER BY code")
_SUBSTITUTES = Statement("""
SELECT substitute_id FROM item_substitute WHERE item_id = :item ORDER BY rank
""")


def item_by_id(connection: Connection, item_id: int) -> ItemRow:
    """Raises Refused when there is none."""
    row = _BY_ID.row(connection, {"key": item_id})
    if row is None:
        raise Refused("That item is not in the list any more.")
    return _item(row)


def item_by_code(connection: Connection, code: str) -> ItemRow:
    """Raises Refused when there is none."""
    row = _BY_CODE.row(connection, {"key": code.strip()})
    if row is None:
        raise Refused("There is no item with the code {code}.", code=code)
    return _item(row)


def all_items(connection: Connection, *, inactive: bool = False) -> list[ItemRow]:
    """The whole list in order of code; inactive items only when asked for.

    A row that still says the same is the same object as the last time.
    """
    memory = memory_of(connection)
    known: Mapping[tuple[Any, ...], ItemRow] = memory.get(ItemRow, {})
    rows = _ALL.rows(connection, {})
    fresh = {row: known.get(row) or _item(row) for row in rows}
    memory[ItemRow] = fresh
    return [item for item in fresh.values() if inactive or item.active]


def item_of_barcode(connection: Connection, code: str) -> tuple[ItemRow, int] | None:
    """The item and pack size that a learned code (14 digits, or raw text) is bound to."""
    row = _BY_BARCODE.row(connection, {"code": code})
    return None if row is None else (item_by_id(connection, row[0]), row[1])


def packs(connection: Connection, item_id: int) -> list[PackRow]:
    return [PackRow(*row) for row in _PACKS.rows(connection, {"item": item_id})]


def barcodes(connection: Connection, item_id: int) -> list[BarcodeRow]:
    return [BarcodeRow(*row) for row in _BARCODES.rows(connection, {"item": item_id})]


def substitutes(connection: Connection, item_id: int) -> list[ItemRow]:
    """What may replace an item, best first."""
    rows = _SUBSTITUTES.rows(connection, {"item": item_id})
    return [item_by_id(connection, substitute) for (substitute,) in rows]


def _item(row: tuple[Any, ...]) -> ItemRow:
    (item_id, code, en, ar, ckb, fr, inn, strength, form, kind, unit, ven, storage, controlled,
     size, price, supplier, least, most, rounding, active) = row  # fmt: skip
    return ItemRow(
        item_id, code, Names(en, ar, ckb, fr), inn, strength, form, kind, unit, ven, storage,
        controlled, size, price, supplier, _months(least), _months(most), rounding, bool(active),
    )  # fmt: skip


def _months(written: str | None) -> Fraction | None:
    return Fraction(written) if written else None
