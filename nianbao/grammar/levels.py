"""Levels of numbered headings: a state machine over mixed numbering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from nianbao.grammar.labels import FIRST, RANK, TWIN


class Numbered(Protocol):
    """What is read of a heading."""

    @property
    def style(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def is_part(self) -> bool: ...  # noqa: D102


# The style of parts that bear the same numbers as what stands below them.
_PART_STYLE = "part"
_FEWEST_PARTS = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading, as `Numbered` has it."""

    style: str
    number: int
    is_part: bool


@dataclass(slots=True)
class _Open:
    """A level that is open while headings are read: the styles met at it, and its last number."""

    styles: set[str]
    number: int


def find_levels(headings: Sequence[Numbered]) -> list[int]:
    """Return the level of each heading, 1 for the highest.

    A style that is open already continues its level; a style whose twin is open one number before
    (（2） and then （三）) continues that one; any other opens a level below all that rank above it.

    Args:
        headings: style, number and whether the wording names a mandated part, in the order of the text.
    """
    headings = _told_apart(headings)
    rank = _ranks(headings)
    open_levels = _first_open(headings, rank)
    levels = []
    for heading in headings:
        depth = _depth(open_levels, heading, rank)
        if depth is None:
            while open_levels and min(rank[s] for s in open_levels[-1].styles) > rank[heading.style]:
                open_levels.pop()
            depth = len(open_levels)
            open_levels.append(_Open(set(), 0))
        del open_levels[depth + 1 :]
        open_levels[depth].styles.add(heading.style)
        open_levels[depth].number = heading.number
        levels.append(depth + 1)
    return levels


def _told_apart(headings: Sequence[Numbered]) -> Sequence[Numbered]:
    """Give the parts a style of their own where parts and what stands below them bear the same (1. and 1.).

    They are told by their wording, and by numbers that run on from the first.
    """
    top = min((heading.style for heading in headings), key=RANK.__getitem__, default="")
    same = [position for position, heading in enumerate(headings) if heading.style == top]
    if [headings[position].number for position in same] == list(range(1, len(same) + 1)):
        return headings
    parts: list[int] = []
    for position in same:
        if headings[position].is_part and headings[position].number == len(parts) + 1:
            parts.append(position)
    begins_anew = any(headings[position].number == 1 for position in same if position not in parts)
    if len(parts) < _FEWEST_PARTS or parts[0] != same[0] or not begins_anew:
        return headings
    return [
        _Place(_PART_STYLE if position in parts else heading.style, heading.number, heading.is_part)
        for position, heading in enumerate(headings)
    ]


def _first_open(headings: Sequence[Numbered], rank: Mapping[str, int]) -> list[_Open]:
    """Return the first level, open from the start: a heading above the first 一、 stands below it."""
    top = min((heading.style for heading in headings), key=rank.__getitem__, default="")
    if top not in FIRST:
        return []
    first = next(heading for heading in headings if heading.style == top)
    begun_by_twin = headings[0].style == TWIN.get(top) and headings[0].number == 1 < first.number
    return [] if begun_by_twin else [_Open({top}, 0)]


def _depth(open_levels: Sequence[_Open], heading: Numbered, rank: Mapping[str, int]) -> int | None:
    """Return the depth of the open level that a heading continues, if it continues one."""
    for depth, level in enumerate(open_levels):
        if heading.style in level.styles:
            return depth
    # `2.` below 一、 is more often an item whose first was lost than the second part.
    if heading.style == "1." and not heading.is_part:
        return None
    for depth, level in enumerate(open_levels):
        if TWIN.get(heading.style) in level.styles and heading.number == level.number + 1:
            if heading.is_part:
                return depth
            below = (rank[style] for lower in open_levels[depth + 1 :] for style in lower.styles)
            return depth if min(below, default=rank[heading.style] + 1) > rank[heading.style] else None
    return None


def _ranks(headings: Sequence[Numbered]) -> dict[str, int]:
    """Return the order of the styles in this text: the usual one, unless the numbers show another.

    `1、` stands above `（一）` where `1、` runs on once through the text and `（一）` begins anew inside it.
    """
    rank = RANK | {_PART_STYLE: -1}
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        places.setdefault(heading.style, []).append(position)
    styles = sorted(places, key=rank.__getitem__)
    for index, upper in enumerate(styles):
        for lower in styles[index + 1 :]:
            if _holds(headings, places[lower], places[upper]):
                rank[lower] = min(rank[lower], rank[upper] - 1)
    return rank


def _holds(headings: Sequence[Numbered], outer: Sequence[int], inner: Sequence[int]) -> bool:
    """Whether the headings at `outer` run on once, and those at `inner` begin anew after each of them.

    Where those at `outer` alone name parts, it does not matter how those at `inner` are numbered.
    """
    if [headings[position].number for position in outer] != list(range(1, len(outer) + 1)):
        return False
    parts = sum(headings[position].is_part for position in outer)
    if outer[0] < inner[0] and parts > 1 and not any(headings[position].is_part for position in inner):
        return True
    if not outer[0] < inner[0] < outer[-1]:
        return False
    before = (-1, *inner)
    return all(
        headings[position].number == 1
        for previous, position in zip(before, inner, strict=False)
        if any(previous < place < position for place in outer)
    )
