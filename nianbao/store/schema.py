"""The tables, in types that SQLite and PostgreSQL both keep exactly.

A file's readings are keyed by (file, sha256): two copies of one content under two names are told different
facts by their sources, so they are two readings; and a file that could not be fetched has no digest at all.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

# The revision in migrations/versions that makes these tables.
HEAD = "0004"
VERSION_KEY = "schema_version"


class Exact(TypeDecorator[Decimal]):
    """A Decimal that comes back digit for digit: text on SQLite, which has no decimals, NUMERIC elsewhere."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database at hand."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write all digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read all digits."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC: ISO 8601 text on SQLite, TIMESTAMP WITH TIME ZONE elsewhere."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database at hand."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write it in UTC, with all its microseconds so that text sorts as time."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read it in UTC."""
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(value)


# Sorted by code point whatever the server's language: PostgreSQL then orders files as SQLite and Python do.
Words = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _words(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Words, nullable=null)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _list(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False)


def _figure(name: str, *, null: bool = False) -> Column[Decimal]:
    return Column(name, Exact, nullable=null)


# Alembic's own table; known here so that a store that lacks nothing is opened without loading Alembic.
VERSIONS = Table("alembic_version", MetaData(), Column("version_num", Text, primary_key=True))

# Its row VERSION_KEY tells a store from other programs' databases. A program from before Alembic refuses what
# is greater than 2; it says no more, since `alembic_version` holds the revision.
meta = Table("meta", metadata, Column("key", Words, primary_key=True), _words("value"))

runs = Table(
    "runs",
    metadata,
    Column("id", Words, primary_key=True),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    _words("status"),
    _words("command"),
    _words("version"),
    _words("catalogue"),
    _words("fingerprint"),
    _list("plugins"),
    _list("settings"),
    _list("counts"),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    _words("source"),
    _words("uri"),
    _words("name"),
    _list("facts"),
    _words("sha256", null=True),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    UniqueConstraint("source", "uri"),
)

run_files = Table(
    "run_files",
    metadata,
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    _words("sha256", null=True),
    _words("outcome"),
    _number("duration_ms", null=True),
    _words("cause"),
    _words("work", null=True),
    Index(None, "file_id"),
)

# How each file was last read, and by what: with it the next run knows what of it is stale.
readings = Table(
    "readings",
    metadata,
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    _words("sha256"),
    _words("stamp"),
    _words("listed"),
    _words("read_by"),
    _words("extracted_by"),
    _words("validated_by"),
    _words("until", null=True),
    _words("digest"),
    Column("may_pass", Boolean, nullable=False),
    _words("outcome"),
    _words("cause"),
    _words("media_type", null=True),
    _list("headers"),
)

publications = Table(
    "publications",
    metadata,
    Column("folder", Words, primary_key=True),
    Column("year", Integer, primary_key=True),
    _words("fingerprint"),
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("published", Moment, nullable=False),
    _list("files"),
    _list("outcome"),
)

run_results = Table(
    "run_results",
    metadata,
    Column("run_id", Words, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    _words("request"),
    _list("summary"),
    Index(None, "request"),
)

documents = Table(
    "documents",
    metadata,
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", Words, primary_key=True),
    _words("name"),
    _words("reader"),
    _words("text"),
    _list("blocks"),
    _list("facts"),
    _list("notes"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    _number("file_id"),
    _words("sha256"),
    _number("part"),
    _words("file"),
    _words("status"),
    _words("document_kind", null=True),
    _words("title", null=True),
    _number("year", null=True),
    _words("issuer", null=True),
    _words("issuer_level", null=True),
    _words("province", null=True),
    _words("city", null=True),
    _words("county", null=True),
    _words("town", null=True),
    _words("division_code", null=True),
    _words("published", null=True),
    _list("attributes"),
    _words("error"),
    _words("reason"),
    _words("fingerprint"),
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
    _words("heading"),
    _words("kind"),
    _number("start"),
    _number("end"),
    _number("level"),
    _words("extractor"),
    _number("number", null=True),
    _words("style"),
)
items = _child(
    "items",
    _words("kind"),
    _number("start"),
    _number("end"),
    _words("quote"),
    _words("gist"),
    _words("extractor"),
)
observations = _child(
    "observations",
    _words("indicator"),
    _figure("value"),
    _words("unit"),
    _words("qualifier"),
    _words("role"),
    _number("start"),
    _number("end"),
    _words("quote"),
    _figure("low", null=True),
    _figure("high", null=True),
    _number("figure_start"),
    _number("figure_end"),
    _figure("confidence"),
    _words("extractor"),
    _words("reason"),
)
numerals = _child("numerals", _number("start"), _number("end"), _words("quote"), _words("reason"))
figures = _child(
    "figures",
    _words("indicator"),
    _figure("value", null=True),
    _words("status"),
    Column("derived", Boolean, nullable=False),
    _list("sources"),
    _words("qualifier"),
    _figure("low", null=True),
    _figure("high", null=True),
    _words("review"),
)
findings = _child(
    "findings",
    _words("kind"),
    _words("rule"),
    _words("severity"),
    _words("message"),
    _list("quotes"),
    _words("suggestion"),
    _list("indicators"),
    _words("basis"),
)
failures = _child("failures", _words("plugin"), _words("stage"), _words("error"))
