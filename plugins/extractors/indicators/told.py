"""What the engine has found, before its role and its confidence are settled."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.model import Observation
from plugins.extractors.indicators.evidence import Evidence
from plugins.extractors.indicators.roles import Statement


@dataclass(frozen=True, slots=True)
class Told:
    """An observation whose role and confidence are still open.

    Args:
        observation: all else of it.
        statement: what the choice of roles needs to know.
        evidence: what its confidence is told by.
    """

    observation: Observation
    statement: Statement
    evidence: Evidence
