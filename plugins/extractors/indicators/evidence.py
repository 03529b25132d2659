"""The kinds of evidence that an observation may rest on: what its confidence is told by."""

from __future__ import annotations

from plugins.extractors.indicators.claim import Claim

HEADER, LABEL = "table.header", "table.label"
DENIAL, AFTERWARDS = "nothing.denial", "nothing.afterwards"


def kind_of(claim: Claim) -> str:
    """Return the kind of a claim: how it reaches the figure, where its head stands, how plain its cue is."""
    strength = "weak" if claim.ref.cue.weak else "later" if claim.ref.rank else "first"
    return f"{claim.via}.{claim.side}.{strength}"
