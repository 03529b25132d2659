"""Figures side by side that add up to one beside them: whatever joins them, they are a list and its whole.

By chance a figure of three digits is a given sum once in hundreds of times, so that an exact sum explains the
figures: what they seem to be parts of besides, and don't add up to, they are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.once import kept
from plugins.validators.sentences import Sentence, Spot, told_alike

_LEAST = 5
_MOST_PARTS = 9
# How many figures counted alike may stand between a list and its whole.
_FURTHEST = 2
_REACH = _MOST_PARTS + _FURTHEST + 1


def paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the sentences with figures of each paragraph of a text."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and "\n" in text[group[-1].start : sentence.start]:
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


@dataclass(frozen=True, slots=True)
class ExactRuns:
    """The exact sums of a report: where the whole of each begins, and where its parts do, in order."""

    runs: frozenset[tuple[int, tuple[int, ...]]]

    def explain(self, parts: Sequence[Spot]) -> bool:
        """Whether figures side by side, or the first of them, are parts of an exact sum of another."""
        starts = tuple(part.quantity.start for part in parts)
        return any(
            set(run).issuperset(starts) or (whole not in starts and starts[: len(run)] == run)
            for whole, run in self.runs
        )

    def end_with(self, left: Spot) -> bool:
        """Whether a figure is the last part of an exact sum whose whole is told before it."""
        at = left.quantity.start
        return any(whole < at == run[-1] for whole, run in self.runs)

    def ends(self, whole: Spot, left: Spot) -> bool:
        """Whether a figure is the last part of an exact sum of a certain whole."""
        return any(at == whole.quantity.start and run[-1] == left.quantity.start for at, run in self.runs)

    def go_on(self, parts: Sequence[Spot]) -> bool:
        """Whether figures make an exact sum with others beside them."""
        starts = {part.quantity.start for part in parts}
        return any(starts < set(run) for _, run in self.runs)

    def make(self, whole: Spot, parts: Sequence[Spot]) -> bool:
        """Whether figures make a certain whole exactly, with others beside them."""
        starts = {part.quantity.start for part in parts}
        return any(at == whole.quantity.start and starts < set(run) for at, run in self.runs)


@kept
def exact_runs(text: str, sentences: Sequence[Sentence]) -> ExactRuns:
    """Return the figures of a text that are parts of exact sums."""
    runs: set[tuple[int, tuple[int, ...]]] = set()
    for paragraph in paragraphs(text, sentences):
        spots = [
            spot
            for sentence in paragraph
            for spot in sentence.spots
            if spot.quantity.low == spot.quantity.high and spot.quantity.kind in _ADDED
        ]
        for whole, parts in _exact(text, spots):
            runs.add((whole.quantity.start, tuple(sorted(part.quantity.start for part in parts))))
    return ExactRuns(frozenset(runs))


_ADDED = COUNTS | {UnitClass.MONEY}


def _exact(text: str, spots: Sequence[Spot]) -> Iterator[tuple[Spot, Sequence[Spot]]]:
    for like in _counted_alike(spots):
        for at, whole in enumerate(like):
            if whole.quantity.value < _LEAST:
                continue
            for side in (like[at + 1 : at + _REACH], like[max(at - _REACH, 0) : at][::-1]):
                for skipped in range(min(_FURTHEST + 1, len(side) - 1)):
                    parts = side[skipped : skipped + _MOST_PARTS]
                    yield from ((whole, run) for run in _run(text, whole.quantity.value, parts))


def _counted_alike(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Return the figures that can be added up, by what they count; three make the shortest sum."""
    groups: list[list[Spot]] = []
    for spot in spots:
        group = next((each for each in groups if told_alike(each[0].quantity, spot.quantity)), None)
        if group is None:
            groups.append([spot])
        else:
            group.append(spot)
    return [group for group in groups if len(group) > _FURTHEST]


def _run(text: str, whole: Decimal, side: Sequence[Spot]) -> Iterator[Sequence[Spot]]:
    summed = Decimal(0)
    joint: int | None = None
    for count, spot in enumerate(side, 1):
        if count > 1:
            one, other = sorted((side[count - 2].quantity, spot.quantity), key=lambda each: each.start)
            strength = _strength(text[one.end : other.start])
            if joint not in (None, strength):
                return
            joint = strength
        summed += spot.quantity.value
        if summed >= whole:
            if summed == whole and count > 1:
                yield side[:count]
            return


def _strength(between: str) -> int:
    """Rank what parts two figures: a list goes on in the joints that it began with."""
    return 2 if "。" in between else 1 if ";" in between else 0
