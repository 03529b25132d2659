"""The waivers that hold on every run: nothing is changed among them, what is entered later stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from nianbao.model import Waiver
from nianbao.store.schema import waivers
from nianbao.waivers import key_of

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """An entry among the kept waivers.

    Args:
        waiver: what was entered; once it is kept, its row is its number in the store.
        withdrawn: whether it takes back what was entered before about the same.
        origin: where it came from: `file`, `app` or `command`.
        entered: when; None where it is not kept yet.
    """

    waiver: Waiver
    withdrawn: bool
    origin: str
    entered: datetime | None = None


class KeptWaivers:
    """The part of a store that keeps waivers; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def enter(self, rows: Iterable[WaiverRow]) -> tuple[int, ...]:
        """Write entries down, all of them or none; return their numbers."""
        with self._writing() as connection:
            return add_waivers(connection, rows)

    def history(self) -> tuple[WaiverRow, ...]:
        """Return all that was ever entered, in its order."""
        with self._reading() as connection:
            return tuple(_row(found) for found in connection.execute(select(waivers).order_by(waivers.c.id)))

    def standing(self) -> tuple[WaiverRow, ...]:
        """Return what stands, run out or not: of two about the same the later, unless it was withdrawn."""
        last = {key_of(row.waiver): row for row in self.history()}
        return tuple(row for row in last.values() if not row.withdrawn)


def add_waivers(connection: Connection, rows: Iterable[WaiverRow]) -> tuple[int, ...]:
    """Write entries down; return their numbers."""
    moment = datetime.now(UTC)
    new = insert(waivers).returning(waivers.c.id)
    return tuple(connection.execute(new, _values(row, moment)).scalar_one() for row in rows)


def _values(row: WaiverRow, moment: datetime) -> dict[str, Any]:
    waiver = row.waiver
    return {
        "issuer": waiver.issuer,
        "year": waiver.year,
        "rule": waiver.rule,
        "quote": waiver.quote,
        "message": waiver.message,
        "reason": waiver.reason,
        "person": waiver.person,
        "day": waiver.day.isoformat(),
        "until": waiver.until.isoformat(),
        "withdrawn": row.withdrawn,
        "entered": moment,
        "origin": row.origin,
    }


def _row(found: Any) -> WaiverRow:
    waiver = Waiver(
        issuer=found.issuer,
        year=found.year,
        rule=found.rule,
        quote=found.quote,
        message=found.message,
        reason=found.reason,
        person=found.person,
        day=date.fromisoformat(found.day),
        until=date.fromisoformat(found.until),
        row=found.id,
        kept=True,
    )
    return WaiverRow(waiver, found.withdrawn, found.origin, found.entered)
