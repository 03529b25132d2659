"""How well founded a claim is: the nearer its head and the plainer its cue, the better."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.grammar.clauses import Clause
from plugins.extractors.indicators.claim import Claim, Side
from plugins.extractors.indicators.cues import CueRef, Hit
from plugins.extractors.indicators.windows import JOINED, Window

_BASE = {Side.LEFT: 100.0, Side.RIGHT: 88.0, Side.CARRIED: 66.0}
_WEAK = 40.0
# What is named and not yet counted is told by the next figure.
_FRESH = 5.0
_ACROSS = 15.0
_COUNTED = 11.0


def weigh(
    text: str, clause: Clause, window: Window, head: Hit, *, ref: CueRef, near: Sequence[Hit], far: int
) -> float:
    """Return how well founded a cue's claim on a figure is.

    Args:
        text: the shadow's text.
        clause: the figure's clause.
        window: where the head was looked for.
        head: the head found.
        ref: the cue.
        near: the words found for the cue's groups, each the nearest to the head.
        far: how far back its context begins, in characters.
    """
    quantity = clause.quantity
    if window.side is Side.RIGHT:
        distance = (head.start - quantity.end) * 1.2
        if quantity.unit == "个" and head.start == quantity.end and not ref.cue.weak:
            # 政务服务大厅24个窗口: the noun behind the measure word is what is counted.
            distance -= _COUNTED
    elif window.side is Side.LEFT:
        distance = float(quantity.start - head.end)
        if JOINED.search(text[head.end : quantity.start]):
            distance += _ACROSS
    else:
        distance = float(window.end - head.end)
    score = _BASE[window.side] - min(distance, 50.0) + 0.2 * (head.end - head.start) - 0.3 * ref.rank
    score += sum(1.0 - 0.05 * min(gap(word, head), 10) for word in near)
    score += _FRESH if ref.cue.fresh else -0.08 * far
    return score - _WEAK if ref.cue.weak else score


def beats(one: Claim, other: Claim) -> bool:
    """Whether a claim is better founded; 办件 within 主办件 is no word of its own."""
    if one.ref.cue.weak == other.ref.cue.weak and one.card.id != other.card.id:
        if _lies_within(other.head, one.head):
            return True
        if _lies_within(one.head, other.head):
            return False
    return one.score > other.score


def gap(word: Hit, head: Hit) -> int:
    """Return how many characters stand between two words; 0 where they touch or overlap."""
    return max(word.start - head.end, head.start - word.end, 0)


def _lies_within(inner: Hit, outer: Hit) -> bool:
    return (outer.start, outer.end) != (inner.start, inner.end) and (
        outer.start <= inner.start and inner.end <= outer.end
    )
