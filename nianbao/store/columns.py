"""The kinds of columns, which SQLite and PostgreSQL both keep exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, Integer, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


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


def words(name: str, *, null: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Words, nullable=null)


def texts(*names: str, null: bool = False) -> tuple[Column[str], ...]:
    """Return several columns of text."""
    return tuple(words(name, null=null) for name in names)


def number(name: str, *, null: bool = False) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=null)


def json_list(name: str) -> Column[Any]:
    """Return a column of JSON."""
    return Column(name, JSON, nullable=False)


def figure(name: str, *, null: bool = False) -> Column[Decimal]:
    """Return a column of exact decimals."""
    return Column(name, Exact, nullable=null)
