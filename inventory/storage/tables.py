"""The tables. Facts (movement, document, lot) are only ever inserted; triggers see to it.

Local integer ids join rows inside one database; `uid` (UUIDv7, 32 hex digits) is the identity
that travels between databases and goes into the hash chain.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from inventory.storage.types import Count, Day

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _table(name: str, *parts: Any, rowid: bool = True) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", **more)


def _whole(name: str, default: int = 0) -> Column[int]:
    return Column(name, Count, nullable=False, server_default=str(default))


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _uid() -> Column[str]:
    return Column("uid", Text, nullable=False, unique=True)


def _of(table: str, **more: Any) -> Column[int]:
    return Column(
        f"{table}_id", Integer, ForeignKey(f"{table}.id"), nullable=more.pop("null", False), **more
    )


clinic = _table(
    "clinic",
    _id(),
    _uid(),
    Column("name", Text, nullable=False, unique=True),
    _text("code"),
    _text("town"),
    _text("colour"),
    _whole("created_at"),
)

setting = _table(
    "setting",
    Column("scope", Integer, primary_key=True, comment="clinic id, or 0 for the whole database"),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False, comment="JSON"),
    rowid=False,
)

place = _table(
    "place",
    _id(),
    _uid(),
    _of("clinic"),
    Column("name", Text, nullable=False),
    _whole("rank"),
    _whole("active", 1),
    UniqueConstraint("clinic_id", "name"),
)

stream = _table(
    "stream",
    _id(),
    _uid(),
    _of("clinic"),
    _text("parent_uid"),
    _whole("parent_seq"),
    Column("reason", Text, nullable=False),
    _whole("started_at"),
    _whole("last_seq"),
    Column("head", LargeBinary, nullable=False),
    _whole("last_recorded_at"),
    Column("last_day", Day, nullable=False),
    _whole("open", 1),
)

item = _table(
    "item",
    _id(),
    _uid(),
    Column("code", Text, nullable=False, unique=True),
    _text("name_en"),
    _text("name_ar"),
    _text("name_ckb"),
    _text("name_fr"),
    _text("inn"),
    _text("strength"),
    _text("form"),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    _text("ven"),
    _text("storage"),
    _text("controlled"),
    Column("min_months", Text, comment="decimal text; empty means the clinic's setting"),
    Column("max_months", Text),
    Column("lead_days", Integer),
    Column("review_days", Integer),
    Column("rounding", Text),
    _text("supplier"),
    _whole("active", 1),
    _whole("changed_at"),
)

item_pack = _table(
    "item_pack",
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("size", Count, CheckConstraint("size > 0", name="size"), primary_key=True),
    _whole("rank"),
    Column("price", Count, comment="smallest unit of money for one pack; null when not known"),
)

item_code = _table(
    "item_code",
    Column("scheme", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    _of("item"),
)

barcode = _table(
    "barcode",
    Column("code", Text, primary_key=True, comment="a GTIN as 14 digits, else the raw text"),
    _of("item", index=True),
    Column("pack_size", Count, CheckConstraint("pack_size > 0", name="pack"), nullable=False),
    _whole("learned_at"),
)

item_substitute = _table(
    "item_substitute",
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("substitute_id", Integer, ForeignKey("item.id"), primary_key=True),
    _whole("rank"),
)

lot = _table(
    "lot",
    _id(),
    _uid(),
    _of("clinic"),
    _of("item"),
    _text("number"),
    Column("expiry", Day, comment="last usable day"),
    _text("expiry_precision"),
    Column("made_on", Day),
    _text("maker"),
    _text("source"),
    Index("ix_lot_item", "clinic_id", "item_id"),
)

document = _table(
    "document",
    _id(),
    _uid(),
    _of("clinic"),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("recorded_at", Count, nullable=False),
    Column("user", Text, nullable=False),
    _text("party"),
    _text("reference"),
    _text("reason"),
    _text("note"),
    Column("reverses_id", Integer, ForeignKey("document.id"), unique=True),
    UniqueConstraint("clinic_id", "number"),
    UniqueConstraint("clinic_id", "request"),
    Index("ix_document_day", "clinic_id", "kind", "happened_on"),
)

number_counter = _table(
    "number_counter",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    _whole("last"),
)

movement = _table(
    "movement",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("stream_id", Integer, ForeignKey("stream.id"), primary_key=True),
    Column("seq", Count, primary_key=True, autoincrement=False),
    _uid(),
    _of("document", index=True),
    Column("line", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    _of("item"),
    _of("lot"),
    _of("place"),
    Column("status", Text, nullable=False),
    Column("quantity", Count, CheckConstraint("quantity <> 0", name="moves"), nullable=False),
    Column("balance_after", Count, CheckConstraint("balance_after >= 0", name="balance")),
    Column("happened_on", Day, nullable=False),
    Column("recorded_at", Count, nullable=False),
    _whole("clock_back"),
    Column("user", Text, nullable=False),
    _text("reason"),
    _text("note"),
    _text("reverses_uid"),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_movement_item", "clinic_id", "item_id", "happened_on"),
    rowid=False,
)

stock = _table(
    "stock",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("lot_id", Integer, ForeignKey("lot.id"), primary_key=True),
    Column("place_id", Integer, ForeignKey("place.id"), primary_key=True),
    Column("status", Text, primary_key=True),
    Column("quantity", Count, CheckConstraint("quantity >= 0", name="stock"), nullable=False),
    rowid=False,
)

month_use = _table(
    "month_use",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    _whole("received"),
    _whole("consumed"),
    _whole("adjusted"),
    rowid=False,
)

usable_day = _table(
    "usable_day",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("day", Day, primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("change", Count, nullable=False, comment="net change of usable, unexpired stock"),
    rowid=False,
)

first_day = _table(
    "first_day",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("day", Day, nullable=False),
    rowid=False,
)

reported_month = _table(
    "reported_month",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    _whole("opening"),
    _whole("received"),
    _whole("consumed"),
    _whole("adjusted"),
    _whole("closing"),
    _whole("days_out"),
    rowid=False,
)

unmet_demand = _table(
    "unmet_demand",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("quantity", Count, CheckConstraint("quantity > 0", name="unmet"), nullable=False),
)

visit = _table(
    "visit",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    _text("number"),
    Column("sex", Text),
    Column("age_band", Text),
    Column("status", Text),
    _text("prescriber"),
    _text("prescription"),
    Column("days", Integer),
    Column("payer", Text),
)

receipt = _table(
    "receipt",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("requisition_id", Integer, ForeignKey("requisition.id"), index=True),
    _text("supplier"),
    _text("source"),
    _text("waybill"),
)

receipt_line = _table(
    "receipt_line",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    _of("item"),
    _of("lot", null=True),
    _whole("pack_size", 1),
    Column("ordered", Count),
    Column("on_waybill", Count),
    _whole("received"),
    _whole("damaged"),
    _text("status"),
    _text("reason"),
    _text("note"),
)

requisition = _table(
    "requisition",
    _id(),
    _uid(),
    _of("clinic"),
    Column("number", Text),
    Column("state", Text, nullable=False),
    _text("request"),
    _text("supplier"),
    _text("kinds"),
    Column("made_on", Day, nullable=False),
    Column("needed_by", Day),
    Column("period_start", Day, nullable=False),
    Column("period_end", Day, nullable=False),
    _whole("emergency"),
    Column("user", Text, nullable=False),
    _whole("changed_at"),
    Column("head", LargeBinary, comment="ledger head when it was printed"),
    Column("budget", Count),
    UniqueConstraint("clinic_id", "number"),
)

requisition_line = _table(
    "requisition_line",
    Column("requisition_id", Integer, ForeignKey("requisition.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    _whole("opening"),
    _whole("received"),
    _whole("consumed"),
    _whole("adjusted"),
    _whole("closing"),
    _whole("days_out"),
    Column("amc", Text, nullable=False, comment="two decimals"),
    _whole("average"),
    _whole("months_counted"),
    _whole("maximum"),
    _whole("on_hand"),
    _whole("at_risk"),
    _whole("on_order"),
    _whole("pack_size", 1),
    _whole("proposed_packs"),
    _whole("packs"),
    _text("reason"),
    _text("note"),
    _text("changed_by"),
    Column("price", Count),
    _whole("added"),
)

draft = _table(
    "draft",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False, comment="JSON"),
    _whole("changed_at"),
)

request = _table(
    "request",
    Column("request", Text, primary_key=True),
    Column("outcome", Text, nullable=False, comment="JSON of what the first time returned"),
)

FACTS = ("movement", "document", "lot")
"""Tables that may only ever be inserted into."""
