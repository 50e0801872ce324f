"""The list of items: what an item is, its packs, its codes, what may replace it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text

from inventory.storage.tables.columns import local_id, of, table, uid, whole, words
from inventory.storage.tables.types import Count

item = table(
    "item",
    local_id(),
    uid(),
    Column("code", Text, nullable=False, unique=True),
    words("name_en"),
    words("name_ar"),
    words("name_ckb"),
    words("name_fr"),
    words("inn"),
    words("strength"),
    words("form"),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    words("ven"),
    words("storage"),
    words("controlled"),
    Column("min_months", Text, doc="decimal text; empty means the clinic's setting"),
    Column("max_months", Text),
    Column("lead_days", Integer),
    Column("review_days", Integer),
    Column("rounding", Text),
    words("supplier"),
    whole("active", 1),
    whole("changed_at"),
)

item_pack = table(
    "item_pack",
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("size", Count, CheckConstraint("size > 0", name="size"), primary_key=True),
    whole("rank"),
    Column("price", Count, doc="smallest unit of money for one pack; null when not known"),
)

item_code = table(
    "item_code",
    Column("scheme", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    of("item"),
)

barcode = table(
    "barcode",
    Column("code", Text, primary_key=True, doc="a GTIN as 14 digits, else the raw text"),
    of("item", index=True),
    Column("pack_size", Count, CheckConstraint("pack_size > 0", name="pack"), nullable=False),
    whole("learned_at"),
)

item_substitute = table(
    "item_substitute",
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("substitute_id", Integer, ForeignKey("item.id"), primary_key=True),
    whole("rank"),
)
