"""An indicator's claim on a figure, and what may stand against one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nianbao.catalogue import Card
from nianbao.grammar.clauses import Clause
from plugins.extractors.indicators.cues import CueRef, Hit


class Side(StrEnum):
    """Where the head stands: left or right of the figure, or in the clause before."""

    LEFT = "left"
    RIGHT = "right"
    CARRIED = "carried"


class Via(StrEnum):
    """How a claim reaches its figure: by words of its own, dealt out, or through another figure.

    A share is dealt out to one of several that have the same indicator: 人大建议、政协提案分别为6件、3件.
    """

    OWN = "own"
    DEALT = "dealt"
    SHARE = "share"
    PART = "part"
    WHOLE = "whole"
    LIST = "list"
    TOPIC = "topic"


class Objection(StrEnum):
    """Why a cue whose head stands near a figure does not claim it."""

    PROVINCE = "province"
    UNIT = "unit"
    SIDE = "side"
    WORD = "word"
    DISTANCE = "distance"
    LACKING = "lacking"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Claim:
    """An indicator's claim on a figure.

    Args:
        clause: the figure with its surroundings.
        ref: the cue that claims it.
        head: the head found.
        side: where the head stands.
        start, end: the shortest span that holds figure and words (in the shadow).
        score: the higher, the better founded.
        via: how it reaches the figure.
    """

    clause: Clause
    ref: CueRef
    head: Hit
    side: Side
    start: int
    end: int
    score: float
    via: Via = Via.OWN

    @property
    def card(self) -> Card:
        """The indicator's card."""
        return self.ref.card

    @property
    def inherited(self) -> bool:
        """Whether it claims as a part of what another figure tells."""
        return self.via in (Via.PART, Via.WHOLE, Via.LIST)

    @property
    def is_part(self) -> bool:
        """Whether the text tells it as one component only."""
        return self.inherited or self.via is Via.SHARE or self.ref.cue.part
