"""The ledger of corrections as rows: nothing is changed in it, what is entered later holds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nianbao.model import Correction
from nianbao.store.entries import Entries
from nianbao.store.schema import corrections


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


class Ledger(Entries[LedgerRow]):
    """The part of a store that keeps corrections, as `Entries` keeps them."""

    table = corrections

    def in_force(self) -> tuple[Correction, ...]:
        """Return what holds: of each figure what was entered last, unless it was withdrawn."""
        return tuple(row.correction for row in self.last())

    @staticmethod
    def about(row: LedgerRow) -> Hashable:
        """Return which figure was corrected."""
        return row.correction.key

    @staticmethod
    def values(row: LedgerRow) -> dict[str, Any]:
        """Return an entry's columns."""
        entry = row.correction
        return {
            "issuer": entry.issuer,
            "year": entry.year,
            "indicator": entry.indicator,
            "old": entry.old,
            "evidence": entry.evidence,
            "value": entry.value,
            "reason": entry.reason,
            "person": entry.person,
            "day": entry.day.isoformat(),
        }

    @staticmethod
    def read(found: Any) -> LedgerRow:
        """Return an entry as it stands in the store."""
        entry = Correction(
            found.issuer,
            found.year,
            found.indicator,
            found.old,
            found.evidence,
            found.value,
            found.reason,
            found.person,
            date.fromisoformat(found.day),
        )
        return LedgerRow(entry, found.withdrawn, found.origin)
