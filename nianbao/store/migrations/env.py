"""What Alembic runs its revisions in: the connection, and its transaction, are those of `migrating`."""

from __future__ import annotations

from alembic import context

from nianbao.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes most of a table by making it anew.
    render_as_batch=True,
    # So that a migration that dies half-way leaves nothing, on SQLite, too.
    transactional_ddl=True,
)
context.run_migrations()
