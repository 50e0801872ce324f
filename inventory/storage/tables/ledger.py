"""The facts: batches, documents, movements. Only ever inserted; triggers see to it."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)

from inventory.storage.tables.columns import local_id, of, table, uid, whole, words
from inventory.storage.tables.types import Count, Day

lot = table(
    "lot",
    local_id(),
    uid(),
    of("clinic"),
    of("item"),
    words("number"),
    Column("expiry", Day, doc="last usable day"),
    words("expiry_precision"),
    Column("made_on", Day),
    words("maker"),
    words("source"),
    Column("seal", LargeBinary, nullable=False, doc="hash of what the row says"),
    Index("ix_lot_item", "clinic_id", "item_id"),
)

document = table(
    "document",
    local_id(),
    uid(),
    of("clinic"),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("recorded_at", Count, nullable=False),
    Column("user", Text, nullable=False),
    words("party"),
    words("reference"),
    words("reason"),
    words("note"),
    Column("reverses_id", Integer, ForeignKey("document.id"), unique=True),
    of("stream"),
    Column("after_seq", Count, nullable=False, doc="the last movement before it"),
    Column("seal", LargeBinary, nullable=False, doc="hash of the head and of what it says"),
    UniqueConstraint("clinic_id", "number"),
    UniqueConstraint("clinic_id", "request"),
    Index("ix_document_day", "clinic_id", "happened_on"),
)

number_counter = table(
    "number_counter",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    whole("last"),
)

movement = table(
    "movement",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("stream_id", Integer, ForeignKey("stream.id"), primary_key=True),
    Column("seq", Count, primary_key=True, autoincrement=False),
    uid(),
    of("document", index=True),
    Column("line", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    of("item"),
    of("lot"),
    of("place"),
    Column("status", Text, nullable=False),
    Column("quantity", Count, CheckConstraint("quantity <> 0", name="moves"), nullable=False),
    Column(
        "balance_after",
        Count,
        CheckConstraint("balance_after >= 0", name="balance"),
        nullable=False,
    ),
    Column("happened_on", Day, nullable=False),
    Column("recorded_at", Count, nullable=False),
    whole("clock_back"),
    Column("user", Text, nullable=False),
    words("reason"),
    words("note"),
    words("reverses_uid"),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_movement_item", "clinic_id", "item_id", "happened_on"),
    rowid=False,
)
