"""People and the security log, which shares the numbers and the chain of the movements.

Written out and never changed again: `inventory.storage.tables` moves on, this does not.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_FACT = """
CREATE TRIGGER security_event_no_{verb} BEFORE {verb} ON security_event
BEGIN SELECT RAISE(ABORT, 'facts are never changed: security_event'); END
"""
_POSTGRESQL_FACT = """
CREATE TRIGGER security_event_fact BEFORE UPDATE OR DELETE ON security_event
FOR EACH ROW EXECUTE FUNCTION amana_fact();
CREATE TRIGGER security_event_whole BEFORE TRUNCATE ON security_event
FOR EACH STATEMENT EXECUTE FUNCTION amana_fact();
"""


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("uid", "name", "folded")],
        *[_words(name) for name in ("roles", "password", "pin")],
        _whole("active", 1),
        _whole("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("uid", name="uq_person_uid"),
        sa.UniqueConstraint("folded", name="uq_person_folded"),
        sqlite_strict=True,
    )
    op.create_table(
        "security_event",
        *[sa.Column(name, sa.Integer, nullable=False) for name in ("clinic_id", "stream_id")],
        sa.Column("seq", COUNT, nullable=False, autoincrement=False),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("uid", "kind", "user")],
        _words("second"),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("recorded_at", COUNT, nullable=False),
        _whole("clock_back"),
        *[sa.Column(name, sa.LargeBinary, nullable=False) for name in ("previous_hash", "hash")],
        sa.PrimaryKeyConstraint("clinic_id", "stream_id", "seq", name="pk_security_event"),
        sa.UniqueConstraint("uid", name="uq_security_event_uid"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_security_event_clinic_id"),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name="fk_security_event_stream_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_FACT.format(verb=verb))
    else:
        op.execute(_POSTGRESQL_FACT)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _whole(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, COUNT, nullable=False, server_default=str(default))
