"""Orders: a draft that follows the stock, then a printed order that waits for goods."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint

from inventory.storage.tables.columns import local_id, of, table, uid, whole, words
from inventory.storage.tables.types import Count, Day

requisition = table(
    "requisition",
    local_id(),
    uid(),
    of("clinic"),
    Column("number", Text),
    Column("state", Text, nullable=False),
    words("supplier"),
    words("kinds"),
    Column("made_on", Day, nullable=False),
    Column("needed_by", Day),
    Column("period_start", Day, nullable=False),
    Column("period_end", Day, nullable=False),
    whole("emergency"),
    Column("user", Text, nullable=False),
    whole("changed_at"),
    Column("head", LargeBinary, doc="ledger head when it was printed"),
    Column("seal", LargeBinary, doc="hash of what it says, when it was printed"),
    Column("budget", Count),
    Column("ended_at", Count, doc="when a person said that nothing more is expected"),
    UniqueConstraint("clinic_id", "number"),
)

requisition_line = table(
    "requisition_line",
    Column("requisition_id", Integer, ForeignKey("requisition.id"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), primary_key=True),
    whole("opening"),
    whole("received"),
    whole("consumed"),
    whole("adjusted"),
    whole("closing"),
    whole("days_out"),
    Column("amc", Text, nullable=False, doc="two decimals"),
    whole("average"),
    whole("months_counted"),
    whole("maximum"),
    whole("on_hand"),
    whole("at_risk"),
    whole("on_order"),
    whole("pack_size", 1),
    whole("proposed_packs"),
    whole("packs"),
    words("reason"),
    words("note"),
    words("changed_by"),
    Column("price", Count),
    whole("added"),
)
