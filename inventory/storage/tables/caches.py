"""What is worked out from movements and kept in the same transaction; `check` proves it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text

from inventory.storage.tables.columns import table, whole
from inventory.storage.tables.types import Count, Day

stock = table(
    "stock",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("lot_id", Integer, ForeignKey("lot.id"), primary_key=True),
    Column("place_id", Integer, ForeignKey("place.id"), primary_key=True),
    Column("status", Text, primary_key=True),
    Column("quantity", Count, CheckConstraint("quantity >= 0", name="stock"), nullable=False),
    rowid=False,
)

month_use = table(
    "month_use",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    whole("received"),
    whole("consumed"),
    whole("adjusted"),
    rowid=False,
)

usable_day = table(
    "usable_day",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("day", Day, primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("change", Count, nullable=False, doc="net change of usable, unexpired stock"),
    rowid=False,
)

first_day = table(
    "first_day",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("day", Day, nullable=False),
    rowid=False,
)
