"""Clinics, their settings and places, and the stream each installation writes to."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text, UniqueConstraint

from inventory.storage.tables.columns import local_id, of, table, uid, whole, words
from inventory.storage.tables.types import Day

clinic = table(
    "clinic",
    local_id(),
    uid(),
    Column("name", Text, nullable=False, unique=True),
    words("code"),
    words("town"),
    words("colour"),
    whole("created_at"),
)

setting = table(
    "setting",
    Column("scope", Integer, primary_key=True, doc="clinic id, or 0 for the whole database"),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False, doc="JSON"),
    rowid=False,
)

place = table(
    "place",
    local_id(),
    uid(),
    of("clinic"),
    Column("name", Text, nullable=False),
    whole("rank"),
    whole("active", 1),
    UniqueConstraint("clinic_id", "name"),
)

stream = table(
    "stream",
    local_id(),
    uid(),
    of("clinic"),
    words("parent_uid"),
    whole("parent_seq"),
    Column("reason", Text, nullable=False),
    whole("started_at"),
    whole("last_seq"),
    Column("head", LargeBinary, nullable=False),
    whole("last_recorded_at"),
    Column("last_day", Day, nullable=False),
    whole("open", 1),
)
Index(
    "uq_stream_open",
    stream.c.clinic_id,
    unique=True,
    sqlite_where=stream.c.open == 1,
    postgresql_where=stream.c.open == 1,
)
