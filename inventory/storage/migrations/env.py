"""Alembic runs inside a transaction that `inventory.storage.opening` has begun."""

from alembic import context

from inventory.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
