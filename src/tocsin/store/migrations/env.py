"""Alembic's entry: runs the steps on the connection it is handed, inside its open transaction."""

from __future__ import annotations

from alembic import context

from tocsin.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
