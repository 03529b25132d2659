"""The ledger of corrections as rows: nothing is changed in it, what is entered later holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from nianbao.model import Correction
from nianbao.store.schema import corrections

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry of the ledger.

    Args:
        correction: what was entered.
        withdrawn: whether it takes back what was entered before for the same figure.
        origin: where it came from: `workbook`, `file`, `app` or `command`.
    """

    correction: Correction
    withdrawn: bool
    origin: str


class Ledger:
    """The part of a store that keeps corrections; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def enter(self, rows: Iterable[LedgerRow]) -> None:
        """Write entries down, all of them or none."""
        listed = tuple(rows)
        if listed:
            with self._writing() as connection:
                add_corrections(connection, listed)

    def history(self) -> tuple[LedgerRow, ...]:
        """Return all that was ever entered, in its order."""
        with self._reading() as connection:
            found = connection.execute(select(corrections).order_by(corrections.c.id))
            return tuple(_ledger_row(row) for row in found)

    def in_force(self) -> tuple[Correction, ...]:
        """Return what holds: of each figure what was entered last, unless it was withdrawn."""
        last = {row.correction.key: row for row in self.history()}
        return tuple(row.correction for row in last.values() if not row.withdrawn)


def add_corrections(connection: Connection, rows: Iterable[LedgerRow]) -> None:
    """Write entries down."""
    moment = datetime.now(UTC)
    found = [_row(row, moment) for row in rows]
    if found:
        connection.execute(insert(corrections), found)


def _row(row: LedgerRow, moment: datetime) -> dict[str, Any]:
    entry = row.correction
    return {
        "issuer": entry.issuer,
        "year": entry.year,
        "indicator": entry.indicator,
        "old": entry.old,
        "evidence": entry.evidence,
        "value": entry.value,
        "withdrawn": row.withdrawn,
        "reason": entry.reason,
        "person": entry.person,
        "day": entry.day.isoformat(),
        "entered": moment,
        "origin": row.origin,
    }


def _ledger_row(row: Any) -> LedgerRow:
    entry = Correction(
        row.issuer,
        row.year,
        row.indicator,
        row.old,
        row.evidence,
        row.value,
        row.reason,
        row.person,
        date.fromisoformat(row.day),
    )
    return LedgerRow(entry, row.withdrawn, row.origin)
