"""Alembic holds the revision; a program from before it, which knows 2, is to refuse the store."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("UPDATE meta SET value = '3' WHERE key = 'schema_version'")
