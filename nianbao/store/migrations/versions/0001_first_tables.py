"""The first tables: files, runs, documents, reports, and what was found in a report."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from nianbao.store.columns import Exact, Moment, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("meta", sa.Column("key", Words, primary_key=True), _words("value"))
    op.bulk_insert(
        sa.table("meta", sa.column("key"), sa.column("value")), [{"key": "schema_version", "value": "1"}]
    )
    _runs_and_files()
    _documents_and_reports()
    _findings()


def _runs_and_files() -> None:
    op.create_table(
        "runs",
        sa.Column("id", Words, primary_key=True),
        sa.Column("started", Moment(), nullable=False),
        sa.Column("finished", Moment()),
        *map(_words, ("status", "command", "version", "catalogue", "fingerprint")),
        *map(_list, ("plugins", "settings", "counts")),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), primary_key=True),
        *map(_words, ("source", "uri", "name")),
        _list("facts"),
        _words("sha256", null=True),
        sa.Column("first_seen", Moment(), nullable=False),
        sa.Column("last_seen", Moment(), nullable=False),
        sa.UniqueConstraint("source", "uri"),
    )
    op.create_table(
        "run_files",
        sa.Column("run_id", Words, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
        _words("sha256", null=True),
        _words("outcome"),
        _number("duration_ms", null=True),
        _words("cause"),
    )
    op.create_index(op.f("ix_run_files_file_id"), "run_files", ["file_id"])


def _documents_and_reports() -> None:
    op.create_table(
        "documents",
        sa.Column("file_id", sa.Integer(), sa.ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sha256", Words, primary_key=True),
        *map(_words, ("name", "reader", "text")),
        *map(_list, ("blocks", "facts", "notes")),
    )
    told = ("title", "year", "issuer", "issuer_level", "province", "city", "county", "town", "division_code")
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), primary_key=True),
        _number("file_id"),
        _words("sha256"),
        _number("part"),
        *map(_words, ("file", "status")),
        _words("document_kind", null=True),
        *(_number(name, null=True) if name == "year" else _words(name, null=True) for name in told),
        _words("published", null=True),
        _list("attributes"),
        *map(_words, ("error", "reason", "fingerprint")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("file_id", "sha256", "part"),
    )
    op.create_index(op.f("ix_reports_sha256"), "reports", ["sha256"])
    op.create_index(op.f("ix_reports_year"), "reports", ["year"])


def _findings() -> None:
    _child(
        "sections",
        *map(_words, ("heading", "kind")),
        *map(_number, ("start", "end", "level")),
        _words("extractor"),
        _number("number", null=True),
        _words("style"),
    )
    _child(
        "observations",
        _words("indicator"),
        _figure("value"),
        *map(_words, ("unit", "qualifier", "role")),
        *map(_number, ("start", "end")),
        _words("quote"),
        _figure("low", null=True),
        _figure("high", null=True),
        *map(_number, ("figure_start", "figure_end")),
        _figure("confidence"),
        *map(_words, ("extractor", "reason")),
    )
    _child("numerals", *map(_number, ("start", "end")), *map(_words, ("quote", "reason")))
    _child(
        "figures",
        _words("indicator"),
        _figure("value", null=True),
        _words("status"),
        sa.Column("derived", sa.Boolean(), nullable=False),
        _list("sources"),
        _words("qualifier"),
        _figure("low", null=True),
        _figure("high", null=True),
        _words("review"),
    )
    _child(
        "findings",
        *map(_words, ("kind", "rule", "severity", "message")),
        _list("quotes"),
        _words("suggestion"),
        _list("indicators"),
        _words("basis"),
    )
    _child("failures", *map(_words, ("plugin", "stage", "error")))


def _child(name: str, *columns: sa.Column[Any]) -> None:
    report = sa.ForeignKey("reports.id", ondelete="CASCADE")
    op.create_table(
        name,
        sa.Column("report_id", sa.Integer(), report, primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


def _words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Words, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _figure(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Exact(), nullable=null)
