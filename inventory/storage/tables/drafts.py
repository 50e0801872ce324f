"""Work in progress, kept as it is made."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text

from inventory.storage.tables.columns import table, whole

draft = table(
    "draft",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False, doc="JSON"),
    whole("changed_at"),
)
