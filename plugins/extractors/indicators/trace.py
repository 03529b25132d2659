"""What the engine writes down of its decisions while it takes them, where somebody asks for the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.catalogue import Card
from nianbao.grammar.clauses import Clause
from nianbao.grammar.tables import TableFigure
from plugins.extractors.indicators.claim import Claim, Objection, Side
from plugins.extractors.indicators.cues import CueRef, Hit
from plugins.extractors.indicators.evidence import Evidence
from plugins.extractors.indicators.reasons import Refusal


@dataclass(frozen=True, slots=True)
class Attempt:
    """A cue tried on a figure.

    Args:
        index: the figure's number among the reading's quantities.
        ref: the cue.
        head: its head.
        side: where the head stands.
        objection: what stood against it, or None where it claims the figure.
        word: the word that refused it, where one did.
        score: how well it is founded, where it claims.
    """

    index: int
    ref: CueRef
    head: Hit
    side: Side
    objection: Objection | None
    word: Hit | None
    score: float


@dataclass(frozen=True, slots=True)
class CellChoice:
    """A table's figure that its column's header or its row's label claims; `taken` in the end or not."""

    figure: TableFigure
    card: Card
    value: Decimal
    by_header: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """A stated nothing: its span in the shadow, and why it was left out (empty: it was not)."""

    card: Card
    start: int
    end: int
    refused: str


@dataclass(slots=True)
class Trace:
    """The decisions on one document; it collects and decides nothing.

    Args:
        attempts: every cue tried, in order.
        clauses: the clause of every figure.
        refusals: why figures were refused, by their numbers.
        own: the claims that figures have by themselves, by their numbers.
        claims: the claims that stand in the end, by their figures' numbers.
        in_table: the numbers of figures that are read in their table instead.
        cells: the figures of tables that a name claims.
        silences: the stated nothings.
        standings: why an observation has its role, and what it rests on, by its indicator and where its
            figure begins (canonical).
    """

    attempts: list[Attempt] = field(default_factory=list)
    clauses: Sequence[Clause] = ()
    refusals: Mapping[int, Refusal] = field(default_factory=dict)
    own: Mapping[int, Sequence[Claim]] = field(default_factory=dict)
    claims: Mapping[int, Sequence[Claim]] = field(default_factory=dict)
    in_table: set[int] = field(default_factory=set)
    cells: list[CellChoice] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    standings: dict[tuple[str, int], tuple[str, Evidence]] = field(default_factory=dict)
