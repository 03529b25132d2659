"""What each run published, kept once however many runs published the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("digest", Words, primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "run_snapshots",
        sa.Column("run_id", Words, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("digest", Words, sa.ForeignKey("snapshots.digest"), nullable=False),
    )
    op.create_index("ix_run_snapshots_digest", "run_snapshots", ["digest"])
