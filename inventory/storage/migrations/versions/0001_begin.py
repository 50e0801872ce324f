"""Begin: the ledger, its caches, items, documents, orders and drafts."""

from alembic import op

from inventory.storage.tables import FACTS, metadata
from inventory.storage.triggers import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    metadata.create_all(bind)
    for statement in statements(bind.dialect.name, FACTS):
        op.execute(statement)
