"""The kinds of evidence that an observation may rest on: what its confidence is told by."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.extractors.indicators.claim import Claim, Side

# What no claim in running text makes: a table's header or row label, and a nothing told in words.
HEADER, LABEL = "header", "label"
DENIAL, AFTERWARDS = "denial", "afterwards"
NONE = "-"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an observation rests on.

    Args:
        via: how the indicator's name reaches the figure: by its own words, dealt out, through a whole …;
            or by a table's header or label, or by a denial.
        side: where the name stands.
        strength: how plain its cue is: the card's first one, a later one, a weak one.
        nearness: whether name and figure touch, or stand apart.
    """

    via: str
    side: str = NONE
    strength: str = NONE
    nearness: str = NONE

    @property
    def code(self) -> str:
        """All of it in one word."""
        return ".".join(part for part in (self.via, self.side, self.strength, self.nearness) if part != NONE)


def evidence_of(claim: Claim) -> Evidence:
    """Return what a claim in running text rests on."""
    strength = "weak" if claim.ref.cue.weak else "later" if claim.ref.rank else "first"
    quantity, head = claim.clause.quantity, claim.head
    touching = not claim.inherited and (
        head.start <= quantity.end if claim.side is Side.RIGHT else quantity.start <= head.end
    )
    return Evidence(claim.via, claim.side, strength, "touching" if touching else "apart")
