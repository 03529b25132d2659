"""How often an observation is right that rests on such evidence: as counted on gold readings, not as felt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import exp

import yaml

from nianbao.model import Role
from plugins.extractors.indicators.evidence import Evidence

FILE = "confidence.yml"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds of being right: a base, and what each trait of the evidence adds.

    Args:
        base: where no trait adds anything.
        weights: by trait and value, such as `side` and `left`.
    """

    base: float
    weights: Mapping[str, Mapping[str, float]] = field(repr=False)

    def confidence(self, evidence: Evidence, role: Role) -> Decimal:
        """Return how likely an observation is right, to the hundredth and never quite certain.

        A kind of evidence that was never counted adds nothing.
        """
        odds = self.base + sum(self.weights[name].get(value, 0.0) for name, value in traits(evidence, role))
        share = Decimal(1 / (1 + exp(-odds))).quantize(_CENT)
        return min(max(share, _CENT), 1 - _CENT)


def traits(evidence: Evidence, role: Role) -> Iterator[tuple[str, str]]:
    """Yield the traits that the confidence is told by, with their values."""
    yield "via", evidence.via
    yield "side", evidence.side
    yield "strength", evidence.strength
    yield "nearness", evidence.nearness
    yield "role", role.value


@cache
def calibration() -> Calibration:
    """Return the calibration that ships with the extractor; `scripts/calibrate.py` makes it."""
    told = yaml.safe_load(files(__package__).joinpath(FILE).read_text("utf-8"))
    weights = {
        trait: {value: float(row["weight"]) for value, row in rows.items()}
        for trait, rows in told["traits"].items()
    }
    return Calibration(float(told["base"]), weights)


@cache
def confidence_of(evidence: Evidence, role: Role) -> Decimal:
    """Return how likely an observation is right that rests on such evidence and has such a role."""
    return calibration().confidence(evidence, role)
