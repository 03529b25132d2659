"""What might have been a figure of an indicator, and why it was taken or refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Check:
    """One step on the way to a decision.

    Args:
        rule: a stable code: `cue` for an indicator's cue, `unit`, `word` … for what stood against it.
        passed: whether it spoke for the candidate.
        told: one Chinese clause.
    """

    rule: str
    passed: bool
    told: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure (or a stated nothing) that an extractor weighed for an indicator.

    Args:
        indicator: id of the indicator.
        value: in the indicator's own unit.
        unit: as written; empty where there is none.
        start, end: the figure, or the phrase of a stated nothing, in the document's text.
        taken: whether it became an observation.
        told: the deciding reason, one Chinese clause.
        checks: the steps, in order.
        evidence: the kind of evidence that its confidence rests on; empty where it was refused.
    """

    indicator: str
    value: Decimal
    unit: str
    start: int
    end: int
    taken: bool
    told: str
    checks: tuple[Check, ...] = ()
    evidence: str = ""
