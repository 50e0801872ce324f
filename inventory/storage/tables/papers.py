"""What a document says besides its movements, and months reported before Amana."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text

from inventory.storage.tables.columns import of, table, whole, words
from inventory.storage.tables.types import Count

unmet_demand = table(
    "unmet_demand",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("quantity", Count, CheckConstraint("quantity > 0", name="unmet"), nullable=False),
)

visit = table(
    "visit",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    words("number"),
    Column("sex", Text),
    Column("age_band", Text),
    Column("status", Text),
    words("prescriber"),
    words("prescription"),
    Column("days", Integer),
    Column("payer", Text),
)

receipt = table(
    "receipt",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("requisition_id", Integer, ForeignKey("requisition.id"), index=True),
    words("supplier"),
    words("source"),
    words("waybill"),
)

receipt_line = table(
    "receipt_line",
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    of("item"),
    of("lot", null=True),
    whole("pack_size", 1),
    Column("ordered", Count),
    Column("on_waybill", Count),
    whole("received"),
    whole("damaged"),
    words("status"),
    words("reason"),
    words("note"),
)

reported_month = table(
    "reported_month",
    Column("clinic_id", Integer, ForeignKey("clinic.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    Column("month", Text, primary_key=True),
    whole("opening"),
    whole("received"),
    whole("consumed"),
    whole("adjusted"),
    whole("closing"),
    whole("days_out"),
    rowid=False,
)
