"""What people looked at and let stand: nothing is changed of it, what is entered later holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from nianbao.model import Acceptance, PointKind
from nianbao.store.schema import acceptances

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class AcceptanceRow:
    """An entry among what was accepted.

    Args:
        acceptance: what was entered; once it is kept, its number is the one in the store.
        withdrawn: whether it takes back what was entered before about the same.
        origin: where it came from: `file`, `app` or `command`.
        entered: when; None where it is not kept yet.
    """

    acceptance: Acceptance
    withdrawn: bool
    origin: str
    entered: datetime | None = None


class KeptAcceptances:
    """The part of a store that keeps what was accepted; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def enter(self, rows: Iterable[AcceptanceRow]) -> None:
        """Write entries down, all of them or none."""
        with self._writing() as connection:
            add_acceptances(connection, rows)

    def history(self) -> tuple[AcceptanceRow, ...]:
        """Return all that was ever entered, in its order."""
        with self._reading() as connection:
            found = connection.execute(select(acceptances).order_by(acceptances.c.id))
            return tuple(map(_row, found))

    def standing(self) -> tuple[Acceptance, ...]:
        """Return what stands, stale or not: of two about the same the later, unless it was withdrawn."""
        last = {row.acceptance.about: row for row in self.history()}
        return tuple(row.acceptance for row in last.values() if not row.withdrawn)


def add_acceptances(connection: Connection, rows: Iterable[AcceptanceRow]) -> None:
    """Write entries down."""
    moment = datetime.now(UTC)
    found = [_values(row, moment) for row in rows]
    if found:
        connection.execute(insert(acceptances), found)


def _values(row: AcceptanceRow, moment: datetime) -> dict[str, Any]:
    each = row.acceptance
    return {
        "issuer": each.issuer,
        "year": each.year,
        "kind": each.kind.value,
        "key": each.key,
        "seen": each.seen,
        "person": each.person,
        "day": each.day.isoformat(),
        "note": each.note,
        "withdrawn": row.withdrawn,
        "entered": moment,
        "origin": row.origin,
    }


def _row(found: Any) -> AcceptanceRow:
    acceptance = Acceptance(
        found.issuer,
        found.year,
        PointKind(found.kind),
        found.key,
        found.seen,
        found.person,
        date.fromisoformat(found.day),
        found.note,
        found.id,
    )
    return AcceptanceRow(acceptance, found.withdrawn, found.origin, found.entered)
