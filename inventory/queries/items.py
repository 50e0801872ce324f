"""Items of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, select, text

from inventory.domain.item_kinds import KINDS, ItemKind
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.storage import tables


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
SELECT i.*, p.size AS pack_size, p.price FROM item i
LEFT JOIN item_pack p ON p.item_id = i.id AND p.rank = 0
"""
_BY_ID = text(_SELECT + "WHERE i.id = :key")
_BY_CODE = text(_SELECT + "WHERE i.code = :key")
_ALL = text(_SELECT + "ORDER BY i.code")
_BY_BARCODE = text("SELECT item_id, pack_size FROM barcode WHERE code = :code")


def item_by_id(connection: Connection, item_id: int) -> ItemRow:
    """Raises Refused when there is none."""
    row = connection.execute(_BY_ID, {"key": item_id}).one_or_none()
    if row is None:
        raise Refused("That item is not in the list any more.")
    return row_of(row)


def item_by_code(connection: Connection, code: str) -> ItemRow:
    """Raises Refused when there is none."""
    row = connection.execute(_BY_CODE, {"key": code.strip()}).one_or_none()
    if row is None:
        raise Refused("There is no item with the code {code}.", code=code)
    return row_of(row)


def all_items(connection: Connection, *, inactive: bool = False) -> list[ItemRow]:
    """The whole list in order of code; inactive items only when asked for."""
    rows = (row_of(row) for row in connection.execute(_ALL))
    return [row for row in rows if inactive or row.active]


def item_of_barcode(connection: Connection, code: str) -> tuple[ItemRow, int] | None:
    """The item and pack size that a learned code (14 digits, or raw text) is bound to."""
    row = connection.execute(_BY_BARCODE, {"code": code}).one_or_none()
    return None if row is None else (item_by_id(connection, row.item_id), row.pack_size)


def packs(connection: Connection, item_id: int) -> list[PackRow]:
    p = tables.item_pack.c
    rows = connection.execute(
        select(p.size, p.price).where(p.item_id == item_id).order_by(p.rank, p.size)
    )
    return [PackRow(*row) for row in rows]


def barcodes(connection: Connection, item_id: int) -> list[BarcodeRow]:
    b = tables.barcode.c
    rows = connection.execute(
        select(b.code, b.pack_size).where(b.item_id == item_id).order_by(b.code)
    )
    return [BarcodeRow(*row) for row in rows]


def substitutes(connection: Connection, item_id: int) -> list[ItemRow]:
    """What may replace an item, best first."""
    s = tables.item_substitute.c
    ids = connection.scalars(
        select(s.substitute_id).where(s.item_id == item_id).order_by(s.rank)
    ).all()
    return [item_by_id(connection, i) for i in ids]


def row_of(row: Row[Any]) -> ItemRow:
    """An ItemRow from a row of `item` joined with its usual pack."""
    return ItemRow(
        id=row.id, code=row.code,
        names=Names(row.name_en, row.name_ar, row.name_ckb, row.name_fr),
        inn=row.inn, strength=row.strength, form=row.form, kind=row.kind, unit=row.unit,
        ven=row.ven, storage=row.storage, controlled=row.controlled,
        pack_size=row.pack_size or 1, price=row.price, supplier=row.supplier,
        min_months=_months(row.min_months), max_months=_months(row.max_months),
        rounding=row.rounding, active=bool(row.active),
    )  # fmt: skip


def _months(written: str | None) -> Fraction | None:
    return Fraction(written) if written else None
