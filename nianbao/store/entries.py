"""What people enter, as rows: nothing is changed among them, what is entered later about the same holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Table, insert, select

Opened = Callable[[], AbstractContextManager[Connection]]


class Entered(Protocol):
    """An entry, as every kind of it has it."""

    @property
    def withdrawn(self) -> bool:
        """Whether it takes back what was entered before about the same."""

    @property
    def origin(self) -> str:
        """Where it came from, as `file`, `app` or `command`."""


Row = TypeVar("Row", bound=Entered)


class Entries(ABC, Generic[Row]):
    """The part of a store that keeps one kind of entry; every method is one transaction.

    Args:
        reading: opens a connection to read.
        writing: opens one to write, all or nothing.
    """

    table: ClassVar[Table]

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    @staticmethod
    @abstractmethod
    def about(row: Row) -> Hashable:
        """Return what an entry is about: of two about the same the later holds."""

    @staticmethod
    @abstractmethod
    def values(row: Row) -> dict[str, Any]:
        """Return its columns, but for those that all kinds have."""

    @staticmethod
    @abstractmethod
    def read(found: Any) -> Row:
        """Return an entry as it stands in the store."""

    @classmethod
    def add(cls, connection: Connection, rows: Iterable[Row]) -> tuple[int, ...]:
        """Write entries down in a transaction that somebody else has begun; return their numbers."""
        moment = datetime.now(UTC)
        listed = [
            cls.values(row) | {"withdrawn": row.withdrawn, "origin": row.origin, "entered": moment}
            for row in rows
        ]
        if not listed:
            return ()
        new = insert(cls.table).returning(cls.table.c.id, sort_by_parameter_order=True)
        return tuple(connection.execute(new, listed).scalars())

    def enter(self, rows: Iterable[Row]) -> tuple[int, ...]:
        """Write entries down, all of them or none; return their numbers."""
        listed: Sequence[Row] = tuple(rows)
        if not listed:
            return ()
        with self._writing() as connection:
            return self.add(connection, listed)

    def history(self) -> tuple[Row, ...]:
        """Return all that was ever entered, in its order."""
        with self._reading() as connection:
            found = connection.execute(select(self.table).order_by(self.table.c.id))
            return tuple(map(self.read, found))

    def last(self) -> tuple[Row, ...]:
        """Return what stands: of what is about the same the last entry, unless it was withdrawn."""
        found = {self.about(row): row for row in self.history()}
        return tuple(row for row in found.values() if not row.withdrawn)
