"""What people looked at and let stand: nothing is changed of it, what is entered later holds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nianbao.model import Acceptance, PointKind
from nianbao.store.entries import Entries
from nianbao.store.schema import acceptances


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


class KeptAcceptances(Entries[AcceptanceRow]):
    """The part of a store that keeps what was accepted, as `Entries` keeps them."""

    table = acceptances

    def standing(self) -> tuple[Acceptance, ...]:
        """Return what stands, stale or not: of two about the same the later, unless it was withdrawn."""
        return tuple(row.acceptance for row in self.last())

    @staticmethod
    def about(row: AcceptanceRow) -> Hashable:
        """Return what was accepted."""
        return row.acceptance.about

    @staticmethod
    def values(row: AcceptanceRow) -> dict[str, Any]:
        """Return an entry's columns."""
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
        }

    @staticmethod
    def read(found: Any) -> AcceptanceRow:
        """Return an entry as it stands in the store."""
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
