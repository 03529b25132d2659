"""What a name was found to mean, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.divisions.compose import Part
from nianbao.divisions.scoring import Conflict

if TYPE_CHECKING:
    from nianbao.divisions.names import Division

SURE = Decimal("0.95")
UNSUPPORTED = Decimal("0.85")
BY_SUPERIOR = Decimal("0.8")
CONTRADICTED = Decimal("0.7")
OPEN = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to mean.

    Args:
        division: the finest division that is certain; None where nothing is.
        rivals: the divisions between which nothing decides, best first; empty where the name is resolved.
        reasons: what spoke for it and against it, in Chinese.
        parts: the places in the name, in order; a last part without divisions stands in no table.
        confidence: how sure the division is.
        conflicts: other places told where the division's own would be expected.
    """

    division: Division | None
    rivals: tuple[Division, ...]
    reasons: tuple[str, ...]
    parts: tuple[Part, ...]
    confidence: Decimal = SURE
    conflicts: tuple[Conflict, ...] = ()
