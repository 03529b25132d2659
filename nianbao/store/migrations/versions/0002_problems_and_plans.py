"""Problems and plans have a table of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column(
            "report_id", sa.Integer(), sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("kind", Words, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", Words, nullable=False),
        sa.Column("gist", Words, nullable=False),
        sa.Column("extractor", Words, nullable=False),
        sqlite_with_rowid=False,
    )
