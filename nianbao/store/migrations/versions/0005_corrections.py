"""The ledger of corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Exact, Moment, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("issuer", Words, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", Words, nullable=False),
        sa.Column("old", Exact(), nullable=True),
        sa.Column("evidence", Words, nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("day", Words, nullable=False),
        sa.Column("entered", Moment(), nullable=False),
        sa.Column("origin", Words, nullable=False),
    )
    op.create_index("ix_corrections_year", "corrections", ["year"])
