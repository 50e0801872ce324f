"""Begin: the ledger, its caches, items, documents, orders and drafts.

Written out and never changed again: `inventory.storage.tables` moves on, this does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FACTS = ("movement", "document", "lot", "receipt", "receipt_line", "visit", "unmet_demand")
COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("open = 1")


def upgrade() -> None:
    clinics()
    items()
    ledger()
    caches()
    orders()
    papers()
    for statement in guards(op.get_bind().dialect.name):
        op.execute(statement)


def clinics() -> None:
    table("clinic", identity(), texts("name"), words("code town colour"), counts("created_at"),
          sa.UniqueConstraint("name", name="uq_clinic_name"))  # fmt: skip
    table("setting", numbers("scope"), texts("key value"), key("scope", "key"), rowid=False)
    table("place", identity(), of("clinic"), texts("name"), counts("rank"), counts("active", 1),
          sa.UniqueConstraint("clinic_id", "name", name="uq_place_clinic_id_name"))  # fmt: skip
    table("stream", identity(), of("clinic"), words("parent_uid"), counts("parent_seq"),
          texts("reason"), counts("started_at last_seq"), hashes("head"),
          counts("last_recorded_at"), texts("last_day"), counts("open", 1))  # fmt: skip
    op.create_index("uq_stream_open", "stream", ["clinic_id"], unique=True, sqlite_where=OPEN,
                    postgresql_where=OPEN)  # fmt: skip
    table("draft", of("clinic"), texts("kind key body"), counts("changed_at"),
          key("clinic_id", "kind", "key"))  # fmt: skip


def items() -> None:
    table("item", identity(), texts("code"), words("name_en name_ar name_ckb name_fr"),
          words("inn strength form"), texts("kind unit"), words("ven storage controlled"),
          texts("min_months max_months", null=True), numbers("lead_days review_days", null=True),
          texts("rounding", null=True), words("supplier"), counts("active", 1),
          counts("changed_at"), sa.UniqueConstraint("code", name="uq_item_code"))  # fmt: skip
    table("item_pack", of("item"), counts("size", None), counts("rank"),
          counts("price", None, null=True), key("item_id", "size"),
          sa.CheckConstraint("size > 0", name=op.f("ck_item_pack_size")))  # fmt: skip
    table("item_code", texts("scheme code"), of("item"), key("scheme", "code"))
    table("barcode", texts("code"), of("item"), counts("pack_size", None), counts("learned_at"),
          key("code"),
          sa.CheckConstraint("pack_size > 0", name=op.f("ck_barcode_pack")))  # fmt: skip
    op.create_index("ix_barcode_item_id", "barcode", ["item_id"])
    table("item_substitute", of("item"), of("item", "substitute_id"), counts("rank"),
          key("item_id", "substitute_id"))  # fmt: skip


def ledger() -> None:
    table("lot", identity(), of("clinic"), of("item"), words("number"), texts("expiry", null=True),
          words("expiry_precision"), texts("made_on", null=True), words("maker source"),
          hashes("seal"))  # fmt: skip
    op.create_index("ix_lot_item", "lot", ["clinic_id", "item_id"])
    table("document", identity(), of("clinic"), texts("kind number request happened_on"),
          counts("recorded_at", None), texts("user"), words("party reference reason note"),
          of("document", "reverses_id", null=True), of("stream"), counts("after_seq", None),
          hashes("seal"),
          sa.UniqueConstraint("clinic_id", "number", name="uq_document_clinic_id_number"),
          sa.UniqueConstraint("clinic_id", "request", name="uq_document_clinic_id_request"),
          sa.UniqueConstraint("reverses_id", name="uq_document_reverses_id"))  # fmt: skip
    op.create_index("ix_document_day", "document", ["clinic_id", "happened_on"])
    table("number_counter", of("clinic"), texts("prefix"), numbers("year"), counts("last"),
          key("clinic_id", "prefix", "year"))  # fmt: skip
    table("movement", of("clinic"), of("stream"), counts("seq", None), texts("uid"),
          of("document"), numbers("line"), texts("kind"), of("item"), of("lot"), of("place"),
          texts("status"), counts("quantity balance_after", None), texts("happened_on"),
          counts("recorded_at", None), counts("clock_back"), texts("user"),
          words("reason note reverses_uid"), hashes("previous_hash hash"),
          key("clinic_id", "stream_id", "seq"), sa.UniqueConstraint("uid", name="uq_movement_uid"),
          sa.CheckConstraint("quantity <> 0", name=op.f("ck_movement_moves")),
          sa.CheckConstraint("balance_after >= 0", name=op.f("ck_movement_balance")),
          rowid=False)  # fmt: skip
    op.create_index("ix_movement_document_id", "movement", ["document_id"])
    op.create_index("ix_movement_item", "movement", ["clinic_id", "item_id", "happened_on"])


def caches() -> None:
    table("stock", of("clinic"), of("item"), of("lot"), of("place"), texts("status"),
          counts("quantity", None), key("clinic_id", "item_id", "lot_id", "place_id", "status"),
          sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_stock")),
          rowid=False)  # fmt: skip
    table("month_use", of("clinic"), texts("month"), of("item"),
          counts("received consumed adjusted"), key("clinic_id", "month", "item_id"),
          rowid=False)  # fmt: skip
    table("usable_day", of("clinic"), texts("day"), of("item"), counts("change", None),
          key("clinic_id", "day", "item_id"), rowid=False)  # fmt: skip
    table("first_day", of("clinic"), of("item"), texts("day"), key("clinic_id", "item_id"),
          rowid=False)  # fmt: skip
    table("reported_month", of("clinic"), of("item"), texts("month"),
          counts("opening received consumed adjusted closing days_out"),
          key("clinic_id", "item_id", "month"), rowid=False)  # fmt: skip


def orders() -> None:
    table("requisition", identity(), of("clinic"), texts("number", null=True), texts("state"),
          words("supplier kinds"), texts("made_on"), texts("needed_by", null=True),
          texts("period_start period_end"), counts("emergency"), texts("user"),
          counts("changed_at"), hashes("head seal", null=True),
          counts("budget ended_at", None, null=True),
          sa.UniqueConstraint("clinic_id", "number", name="uq_requisition_clinic_id_number"),
          )  # fmt: skip
    table("requisition_line", of("requisition"), of("item"),
          counts("opening received consumed adjusted closing days_out"), texts("amc"),
          counts("average months_counted maximum on_hand at_risk on_order"),
          counts("pack_size", 1), counts("proposed_packs packs added"),
          words("reason note changed_by"), counts("price", None, null=True),
          key("requisition_id", "item_id"))  # fmt: skip


def papers() -> None:
    table("receipt", of("document"), of("requisition", null=True),
          words("supplier source waybill"), key("document_id"))  # fmt: skip
    op.create_index("ix_receipt_requisition_id", "receipt", ["requisition_id"])
    table("receipt_line", of("document"), numbers("line"), of("item"), of("lot", null=True),
          counts("pack_size", 1), counts("ordered on_waybill", None, null=True),
          counts("received damaged"), words("status reason note"),
          key("document_id", "line"))  # fmt: skip
    table("visit", of("document"), words("number prescriber prescription"),
          texts("sex age_band status payer", null=True), numbers("days", null=True),
          key("document_id"))  # fmt: skip
    table("unmet_demand", of("document"), of("item"), counts("quantity", None),
          key("document_id", "item_id"),
          sa.CheckConstraint("quantity > 0", name=op.f("ck_unmet_demand_unmet")))  # fmt: skip


# How a table is written above


def table(name: str, *parts: Any, rowid: bool = True) -> None:
    """Make a table, STRICT on SQLite, with the names of its keys as the tables module has them."""
    flat = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    for part in flat:
        if isinstance(part, sa.PrimaryKeyConstraint):
            part.name = f"pk_{name}"
    for column in (part for part in flat if isinstance(part, sa.Column)):
        if "of" in column.info:
            flat.append(
                sa.ForeignKeyConstraint(
                    [column.name], [f"{column.info['of']}.id"], name=f"fk_{name}_{column.name}"
                )
            )
        if column.info.get("identity"):
            flat += [sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
                     sa.UniqueConstraint("uid", name=f"uq_{name}_uid")]  # fmt: skip
    op.create_table(name, *flat, sqlite_strict=True, sqlite_with_rowid=rowid)


def identity() -> list[sa.Column[Any]]:
    return [sa.Column("id", sa.Integer, info={"identity": True}), *texts("uid")]


def of(other: str, name: str = "", *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name or f"{other}_id", sa.Integer, nullable=null, info={"of": other})


def key(*names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names)


def texts(names: str, *, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=null) for name in names.split()]


def words(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(n, sa.Text, nullable=False, server_default="") for n in names.split()]


def hashes(names: str, *, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.LargeBinary, nullable=null) for name in names.split()]


def numbers(names: str, *, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(n, sa.Integer, nullable=null, autoincrement=False) for n in names.split()]


def counts(names: str, default: int | None = 0, *, null: bool = False) -> list[sa.Column[Any]]:
    begin = None if default is None else str(default)
    return [
        sa.Column(n, COUNT, nullable=null, server_default=begin, autoincrement=False)
        for n in names.split()
    ]


_SQLITE_FACT = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'facts are never changed: {table}'); END
"""

_SQLITE_EXPIRED = """
CREATE TRIGGER movement_no_expired BEFORE INSERT ON movement
WHEN NEW.kind IN ('dispense', 'use') AND NEW.quantity < 0 AND (
  NEW.status <> 'usable'
  OR (SELECT expiry FROM lot WHERE id = NEW.lot_id) < NEW.happened_on)
BEGIN SELECT RAISE(ABORT, 'expired or held stock is never dispensed'); END
"""

_POSTGRESQL = """
CREATE FUNCTION amana_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'facts are never changed: %', TG_TABLE_NAME; END $$;
CREATE FUNCTION amana_not_expired() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('dispense', 'use') AND NEW.quantity < 0 AND (NEW.status <> 'usable'
     OR (SELECT expiry FROM lot WHERE id = NEW.lot_id) < NEW.happened_on) THEN
    RAISE EXCEPTION 'expired or held stock is never dispensed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER movement_no_expired BEFORE INSERT ON movement
FOR EACH ROW EXECUTE FUNCTION amana_not_expired();
"""

_POSTGRESQL_FACT = """
CREATE TRIGGER {table}_fact BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION amana_fact();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION amana_fact();
"""


def guards(dialect: str) -> Iterator[str]:
    """What the database itself refuses: changing a fact, dispensing what has expired."""
    if dialect == "sqlite":
        yield _SQLITE_EXPIRED
        for table in FACTS:
            for verb in ("UPDATE", "DELETE"):
                yield _SQLITE_FACT.format(table=table, verb=verb)
        return
    yield _POSTGRESQL
    for table in FACTS:
        yield _POSTGRESQL_FACT.format(table=table)
