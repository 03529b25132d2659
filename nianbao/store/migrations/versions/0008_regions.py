"""Which region's profile read a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add a column to the reports; those read before were read by none."""
    op.add_column("reports", sa.Column("region", sa.JSON(), nullable=False, server_default="[]"))
