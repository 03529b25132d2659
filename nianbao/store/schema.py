"""The tables, in types that SQLite and PostgreSQL both keep exactly.

A file's readings are keyed by (file, sha256): two copies of one content under two names are told different
facts by their sources, so they are two readings; and a file that could not be fetched has no digest at all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from nianbao.store.columns import Moment, Words, figure, json_list, number, texts, words

# The revision in migrations/versions that makes these tables.
HEAD = "0009"
VERSION_KEY = "schema_version"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# Alembic's own table; known here so that a store that lacks nothing is opened without loading Alembic.
VERSIONS = Table("alembic_version", MetaData(), Column("version_num", Text, primary_key=True))

# Its row VERSION_KEY tells a store from other programs' databases. A program from before Alembic refuses what
# is greater than 2; it says no more, since `alembic_version` holds the revision.
meta = Table("meta", metadata, Column("key", Words, primary_key=True), words("value"))

runs = Table(
    "runs",
    metadata,
    Column("id", Words, primary_key=True),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    *texts("status", "command", "version", "catalogue", "fingerprint"),
    json_list("plugins"),
    json_list("settings"),
    json_list("counts"),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    words("source"),
    words("uri"),
    words("name"),
    json_list("facts"),
    words("sha256", null=True),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    UniqueConstraint("source", "uri"),
)

run_files = Table(
    "run_files",
    metadata,
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    words("sha256", null=True),
    words("outcome"),
    number("duration_ms", null=True),
    words("cause"),
    words("work", null=True),
    Index(None, "file_id"),
)

# How each file was last read, and by what: with it the next run knows what of it is stale.
readings = Table(
    "readings",
    metadata,
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    *texts("sha256", "stamp", "listed", "read_by", "extracted_by", "validated_by"),
    words("until", null=True),
    words("digest"),
    Column("may_pass", Boolean, nullable=False),
    words("outcome"),
    words("cause"),
    words("media_type", null=True),
    json_list("headers"),
)

publications = Table(
    "publications",
    metadata,
    Column("folder", Words, primary_key=True),
    Column("year", Integer, primary_key=True),
    words("fingerprint"),
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("published", Moment, nullable=False),
    json_list("files"),
    json_list("outcome"),
)

run_results = Table(
    "run_results",
    metadata,
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    words("request"),
    json_list("summary"),
    Index(None, "request"),
)

# Nothing in it is ever changed: of two entries about one figure the later holds.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    words("issuer"),
    number("year"),
    words("indicator"),
    figure("old", null=True),
    words("evidence"),
    figure("value", null=True),
    Column("withdrawn", Boolean, nullable=False),
    words("reason"),
    words("person"),
    words("day"),
    Column("entered", Moment, nullable=False),
    words("origin"),
    Index(None, "year"),
)

# The same of waivers: of two about one finding the later holds.
waivers = Table(
    "waivers",
    metadata,
    Column("id", Integer, primary_key=True),
    words("issuer"),
    number("year"),
    *texts("rule", "quote", "message", "reason", "person", "day", "until"),
    Column("withdrawn", Boolean, nullable=False),
    Column("entered", Moment, nullable=False),
    words("origin"),
    Index(None, "year"),
)

# The same of what people looked at and let stand: of two about the same the later holds.
acceptances = Table(
    "acceptances",
    metadata,
    Column("id", Integer, primary_key=True),
    words("issuer"),
    number("year"),
    *texts("kind", "key", "seen", "person", "day", "note"),
    Column("withdrawn", Boolean, nullable=False),
    Column("entered", Moment, nullable=False),
    words("origin"),
    Index(None, "year"),
)

# What was published, packed; runs that published the same share one.
snapshots = Table(
    "snapshots",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

run_snapshots = Table(
    "run_snapshots",
    metadata,
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("digest", Words, ForeignKey("snapshots.digest"), nullable=False),
    Index(None, "digest"),
)

documents = Table(
    "documents",
    metadata,
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", Words, primary_key=True),
    words("name"),
    words("reader"),
    words("text"),
    json_list("blocks"),
    json_list("facts"),
    json_list("notes"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    number("file_id"),
    words("sha256"),
    number("part"),
    words("file"),
    words("status"),
    words("document_kind", null=True),
    words("title", null=True),
    number("year", null=True),
    *texts("issuer", "issuer_level", null=True),
    *texts("province", "city", "county", "town", "division_code", null=True),
    words("published", null=True),
    json_list("attributes"),
    words("error"),
    words("reason"),
    words("fingerprint"),
    json_list("region"),
    ForeignKeyConstraint(["file_id"], ["files.id"], ondelete="CASCADE"),
    UniqueConstraint("file_id", "sha256", "part"),
    Index(None, "sha256"),
    Index(None, "year"),
)


def _child(name: str, *columns: Column[Any]) -> Table:
    """Return a table of a report's parts, in their order."""
    return Table(
        name,
        metadata,
        Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


sections = _child(
    "sections",
    words("heading"),
    words("kind"),
    number("start"),
    number("end"),
    number("level"),
    words("extractor"),
    number("number", null=True),
    words("style"),
)
items = _child(
    "items",
    words("kind"),
    number("start"),
    number("end"),
    words("quote"),
    words("gist"),
    words("extractor"),
)
observations = _child(
    "observations",
    words("indicator"),
    figure("value"),
    words("unit"),
    words("qualifier"),
    words("role"),
    number("start"),
    number("end"),
    words("quote"),
    figure("low", null=True),
    figure("high", null=True),
    number("figure_start"),
    number("figure_end"),
    figure("confidence"),
    words("extractor"),
    words("reason"),
)
numerals = _child("numerals", number("start"), number("end"), words("quote"), words("reason"))
figures = _child(
    "figures",
    words("indicator"),
    figure("value", null=True),
    words("status"),
    Column("derived", Boolean, nullable=False),
    json_list("sources"),
    words("qualifier"),
    figure("low", null=True),
    figure("high", null=True),
    words("review"),
)
findings = _child(
    "findings",
    *texts("kind", "rule", "severity", "message"),
    json_list("quotes"),
    words("suggestion"),
    json_list("indicators"),
    words("basis"),
)
failures = _child("failures", words("plugin"), words("stage"), words("error"))
