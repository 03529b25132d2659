"""What people looked at and let stand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Moment, Words

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "acceptances",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("issuer", Words, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("seen", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("day", Words, nullable=False),
        sa.Column("note", Words, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("entered", Moment(), nullable=False),
        sa.Column("origin", Words, nullable=False),
    )
    op.create_index("ix_acceptances_year", "acceptances", ["year"])
