"""How a rule ends on a report; that one crashed is told by the core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nianbao import Finding


class Outcome(StrEnum):
    """How a rule ended."""

    HOLDS = "holds"
    FAILS = "fails"
    UNCLEAR = "can't tell"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says of a report.

    Args:
        outcome: how it ended.
        findings: what is wrong; empty unless it fails.
        reason: why nothing can be told, in Chinese.
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str = ""


HOLDS = Ruling(Outcome.HOLDS)


def judged(findings: Iterable[Finding]) -> Ruling:
    """Return the verdict of a rule that could look at everything."""
    found = tuple(findings)
    return Ruling(Outcome.FAILS, found) if found else HOLDS


def unclear(reason: str) -> Ruling:
    """Return the verdict of a rule that lacks what it needs."""
    return Ruling(Outcome.UNCLEAR, reason=reason)
