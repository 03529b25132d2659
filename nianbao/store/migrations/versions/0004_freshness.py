"""What tells that a file is still as it was read, what was published of it, and what a run came to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Moment, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add three tables, and to a run's files what was done of each."""
    op.create_table(
        "readings",
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
        *map(_words, ("sha256", "stamp", "listed", "read_by", "extracted_by", "validated_by")),
        _words("until", null=True),
        _words("digest"),
        sa.Column("may_pass", sa.Boolean(), nullable=False),
        *map(_words, ("outcome", "cause")),
        _words("media_type", null=True),
        sa.Column("headers", sa.JSON(), nullable=False),
    )
    op.create_table(
        "publications",
        sa.Column("folder", Words, primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        _words("fingerprint"),
        sa.Column("run_id", Words, sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("published", Moment(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
    )
    op.create_table(
        "run_results",
        sa.Column("run_id", Words, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        _words("request"),
        sa.Column("summary", sa.JSON(), nullable=False),
    )
    op.create_index("ix_run_results_request", "run_results", ["request"])
    op.add_column("run_files", _words("work", null=True))


def _words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Words, nullable=null)
