"""People who work here, and the security log: what was done to rights, keys and copies."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text

from inventory.storage.tables.columns import local_id, table, uid, whole, words
from inventory.storage.tables.types import Count

person = table(
    "person",
    local_id(),
    uid(),
    Column("name", Text, nullable=False, doc="as it stands on papers"),
    Column("folded", Text, nullable=False, unique=True, doc="the name as it is compared"),
    words("roles", doc="codes of domain.roles, separated by spaces"),
    words("password", doc="argon2id, with its parameters"),
    words("pin", doc="argon2id; empty when the person has none"),
    whole("active", 1),
    whole("changed_at"),
)

security_event = table(
    "security_event",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("stream_id", Integer, ForeignKey("stream.id"), primary_key=True),
    Column("seq", Count, primary_key=True, autoincrement=False, doc="shared with movements"),
    uid(),
    Column("kind", Text, nullable=False),
    Column("user", Text, nullable=False),
    words("second", doc="who confirmed it"),
    Column("says", Text, nullable=False, doc="JSON object of text and whole numbers"),
    Column("recorded_at", Count, nullable=False),
    whole("clock_back"),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    rowid=False,
)
