"""Waivers that hold on every run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Moment, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "waivers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("issuer", Words, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rule", Words, nullable=False),
        sa.Column("quote", Words, nullable=False),
        sa.Column("message", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("day", Words, nullable=False),
        sa.Column("until", Words, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("entered", Moment(), nullable=False),
        sa.Column("origin", Words, nullable=False),
    )
    op.create_index("ix_waivers_year", "waivers", ["year"])
