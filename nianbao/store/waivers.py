"""The waivers that hold on every run: nothing is changed among them, what is entered later stands."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nianbao.model import Waiver
from nianbao.store.entries import Entries
from nianbao.store.schema import waivers
from nianbao.waivers import key_of


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


class KeptWaivers(Entries[WaiverRow]):
    """The part of a store that keeps waivers, as `Entries` keeps them."""

    table = waivers

    def standing(self) -> tuple[WaiverRow, ...]:
        """Return what stands, run out or not: of two about the same the later, unless it was withdrawn."""
        return self.last()

    @staticmethod
    def about(row: WaiverRow) -> Hashable:
        """Return what was waived."""
        return key_of(row.waiver)

    @staticmethod
    def values(row: WaiverRow) -> dict[str, Any]:
        """Return an entry's columns."""
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
        }

    @staticmethod
    def read(found: Any) -> WaiverRow:
        """Return an entry as it stands in the store."""
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
