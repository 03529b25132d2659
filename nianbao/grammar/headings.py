"""Headings of a report: which lines they are, and how deep they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.grammar.labels import FIRST, find_inner_labels
from nianbao.grammar.levels import find_levels
from nianbao.grammar.numbered import (
    EDGE,
    SENTENCE_END,
    Heading,
    PartOf,
    fills,
    heading_of,
    numbered_headings,
)
from nianbao.grammar.paragraphs import Lines, body_end, split_lines
from nianbao.grammar.unnumbered import bare_lines, by_style, openings, slogans

_PAGE_NUMBER = re.compile(r"(?:[.．·…‥\s]{2,}|…+|\s)\d{1,3}$")
# Such numbers above the first part, each with nothing below it, list what the opening tells.
_LIST_STYLES = frozenset({"1.", "（1）", "①"})


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a text in order, and where the body that they divide ends."""

    found: tuple[Heading, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What `find_levels` reads of a heading."""

    style: str
    number: int
    is_part: bool


def no_part(wording: str) -> object | None:
    """Know no wording: headings are told by their form alone."""
    return None


def find_headings(
    text: str, part_of: PartOf = no_part, style_levels: Mapping[int, int] | None = None
) -> Headings:
    """Find the headings of a canonical text, numbered or not, and the level of each.

    Enumerations inside paragraphs (一是…二是…), table rows, contents, annexes and furniture give none.

    Args:
        text: the canonical text, one paragraph a line.
        part_of: tells which mandated part a wording (without number) names, or None; values are compared.
        style_levels: the outline level that the original's style gives the line starting at an offset.
    """
    lines = split_lines(text)
    if not lines.starts:
        return Headings((), len(text))
    numbered = _without_contents(text, list(numbered_headings(lines, part_of)))
    end = _end(lines, numbered)
    numbered = [heading for heading in numbered if heading.start < end]
    places = [_Place(h.style, h.number or 0, h.part is not None) for h in numbered]
    levels = find_levels(places)
    numbered = [h.at(level) for h, level in zip(numbered, levels, strict=True)]
    headings = _with_unnumbered(lines, numbered, end, part_of, style_levels or {})
    headings = _without_opening_list(lines, _with_lost_numbers(lines, headings, part_of))
    return Headings(tuple(headings), end)


def _without_opening_list(lines: Lines, headings: list[Heading]) -> list[Heading]:
    """Drop the items that an opening lists above the first part."""
    first = next((heading.start for heading in headings if heading.level == 1), 0)
    return [
        heading
        for heading in headings
        if heading.start >= first
        or heading.style not in _LIST_STYLES
        or not fills(lines.text, [heading], lines.ends[lines.at(heading.start)])
    ]


def _end(lines: Lines, numbered: Sequence[Heading]) -> int:
    """Return where the body ends; an annex may have headings of its own, so the last are found twice."""
    first = numbered[0].start if numbered else lines.starts[lines.opening]
    tops = [heading.start for heading in numbered if heading.style in FIRST]
    end = body_end(lines, first, max(tops, default=first))
    return body_end(lines, first, max((top for top in tops if top < end), default=first))


def _without_contents(text: str, headings: list[Heading]) -> list[Heading]:
    """Drop a table of contents: lines that end in a page number, or headings that come again below."""
    paged = [h for h in headings if _PAGE_NUMBER.search(text, h.body, h.end)]
    if len(paged) > 1:
        headings = [heading for heading in headings if heading not in paged]
    if not headings:
        return headings
    first = text[headings[0].start : headings[0].end]
    again = next((i for i, h in enumerate(headings) if i and text[h.start : h.end] == first), 0)
    bare = all(not text[h.end : after.start].strip() for h, after in pairwise(headings[:again]))
    return headings[again:] if bare else headings


def _with_unnumbered(
    lines: Lines, numbered: list[Heading], end: int, part_of: PartOf, style_levels: Mapping[int, int]
) -> list[Heading]:
    """Add the first-level headings without a number; where they are the only ones, the numbered go below."""
    tops = [heading for heading in numbered if heading.level == 1]
    bare = bare_lines(lines, {heading.start for heading in numbered}, end)
    parts = {i: part_of(lines[i].rstrip(EDGE)) for i in bare}
    firm = _is_firm(tops, min((lines.starts[i] for i in bare if parts[i] is not None), default=end))
    styled = by_style(lines, bare, style_levels, [heading.start for heading in tops] if firm else [])
    opened: dict[int, Heading] = {}
    if firm:
        found = {i: 1 for i in bare if _is_untold(lines.starts[i], parts[i], tops)}
        found |= {i: 1 for i in styled if lines.starts[i] > tops[0].start}
    else:
        found = dict.fromkeys({*styled, *(i for i in bare if parts[i] is not None)}, 1)
        first = min(found, default=len(lines.starts))
        found = {i: 1 if i < first else 2 for i in slogans(lines, bare)} | found
        opened = _opened(lines, found, end, part_of)
        found |= dict.fromkeys(opened, 1)
        # A list that begins anew without a heading above it is no outline.
        if found or sum(heading.number == 1 for heading in tops) > 1:
            numbered = [heading.at(heading.level + 1) for heading in numbered]
    plain = (opened.get(i) or _plain(lines, i, level, parts[i]) for i, level in found.items())
    return sorted([*numbered, *plain], key=lambda heading: heading.start)


def _opened(lines: Lines, found: Mapping[int, int], end: int, part_of: PartOf) -> dict[int, Heading]:
    """Return the headings that open a paragraph (存在的问题：一是…), by line: two parts at least, or none."""
    opened = {}
    for index, stop in openings(lines, end):
        start = lines.starts[index]
        part = part_of(lines.text[start:stop]) if index not in found else None
        if part is not None:
            opened[index] = Heading(start, stop, start, 1, part=part)
    parts = {heading.part for heading in opened.values()} | {part_of(lines[i]) for i in found}
    return opened if len(parts - {None}) > 1 else {}


def _is_firm(tops: Sequence[Heading], named: int) -> bool:
    """Whether the highest numbered headings are the first level; an unnumbered part begins at `named`."""
    restarts = sum(heading.number == 1 for heading in tops) > 1
    told = any(heading.part is not None for heading in tops) and not restarts
    return told or (any(heading.style in FIRST for heading in tops) and named > tops[0].start)


def _is_untold(start: int, part: object | None, tops: Sequence[Heading]) -> bool:
    """Whether a line names a part that no numbered heading names, at a place where a part may begin."""
    if part is None or any(heading.part == part for heading in tops):
        return False
    above = [heading for heading in tops if heading.start < start]
    return len(above) in (0, len(tops)) or above[-1].part is not None


def _plain(lines: Lines, index: int, level: int, part: object | None) -> Heading:
    start = lines.starts[index]
    return Heading(start, start + len(lines[index].rstrip(EDGE)), start, level, part=part)


def _with_lost_numbers(lines: Lines, headings: list[Heading], part_of: PartOf) -> list[Heading]:
    """Add headings that lost their number or their line break, where the numbers leave a gap of one."""
    found = list(headings)
    known = {heading.start for heading in headings}
    for level in (1, 2):
        reached, start = 0, lines.starts[lines.opening]
        for heading in headings:
            if heading.level > level:
                continue
            if heading.level == level and heading.number == reached + 2 and (reached or level == 1):
                found += _lost(lines, start, heading, known, part_of)
            reached = 0 if heading.level < level else heading.number or reached + 1
            start = heading.end
    return sorted(found, key=lambda heading: heading.start)


def _lost(
    lines: Lines, start: int, following: Heading, known: set[int], part_of: PartOf
) -> Iterator[Heading]:
    number = (following.number or 0) - 1
    for label in find_inner_labels(lines.text, start, following.start):
        if (label.style, label.number) == (following.style, number) and label.start not in known:
            heading = heading_of(lines.text, label, lines.ends[lines.at(label.start)], part_of)
            if heading is not None and lines.text[label.start - 1] in SENTENCE_END:
                yield heading.at(following.level)
                return
    bare = [i for i in bare_lines(lines, known, following.start) if lines.starts[i] > start]
    named = [i for i in bare if part_of(lines[i]) is not None] if following.level == 1 else []
    if len(named or bare) == 1:
        index = (named or bare)[0]
        yield _plain(lines, index, following.level, part_of(lines[index]))
