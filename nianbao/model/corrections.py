"""What a person entered instead of what was read, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the ledger: instead of `old`, which rested on this evidence, `value` holds.

    Args:
        issuer: whose report, with all that is known of what it belongs to.
        year: reported on.
        indicator: id of the indicator.
        old: the value that was seen, in the indicator's unit; None where the report was read as silent.
        evidence: digest of the evidence that was seen (see `nianbao.corrections.evidence_of`).
        value: what is right, in the indicator's unit; None where the report says nothing of it.
        reason: why, in Chinese.
        person: who corrected it.
        day: when, in Asia/Shanghai.
    """

    issuer: str
    year: int
    indicator: str
    old: Decimal | None
    evidence: str
    value: Decimal | None
    reason: str
    person: str
    day: date

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is about: of two entries with one key the later holds."""
        return self.issuer, self.year, self.indicator


class CorrectionState(StrEnum):
    """What became of a correction in a yearbook."""

    APPLIED = "applied"
    NEEDLESS = "needless"
    STALE = "stale"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class CorrectionOutcome:
    """What became of a correction, and why, in Chinese.

    Args:
        correction: the ledger's entry.
        state: applied; needless, as the report itself says so now; stale, as its evidence has changed; or
            absent, as there is no report of its issuer.
        told: one Chinese clause.
        file, part: the report in the yearbook; empty where there is none.
    """

    correction: Correction
    state: CorrectionState
    told: str
    file: str = ""
    part: int = 1
