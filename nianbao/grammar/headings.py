"""Headings of a report: which lines they are, and how deep they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.grammar.labels import BLANKS, FIRST, Label, find_inner_labels, find_labels
from nianbao.grammar.levels import find_levels
from nianbao.grammar.paragraphs import Lines, body_end, split_lines
from nianbao.grammar.unnumbered import bare_lines, by_style, slogans

PartOf = Callable[[str], object | None]

# Up to this length a line is a heading as a whole, a ： in it included.
_WHOLE = 45
# A numbered paragraph whose first sentence is longer has no heading of its own.
_LONGEST = dict.fromkeys(FIRST, 160) | {"（一）": 120, "1.": 60, "（1）": 60, "①": 40, "第一、": 60}
# The text may follow a heading with no stop between, where a page lost its line breaks.
_STOP = re.compile(
    r"[。！？!?；;]|[：:](?!\d)|(?<![统唯])一是|(?<=[况效措题足因算排划法责绩])(?:20\d\d年[,，]|今年以来)"
)
_SENTENCE_END = frozenset("。！？!?”）)：: \n\t\u3000")
_PAGE_NUMBER = re.compile(r"(?:[.．·…‥\s]{2,}|…+|\s)\d{1,3}$")
_EDGE = " \t\u00a0\u3000：:，,、"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `text[start:end]`, its number included, the stop after it not.

    Args:
        start, end: its span.
        body: where its wording begins, past the number.
        level: 1 for the highest.
        number: the ordinal that its number tells; None where it has none.
        style: the numbering style (`一、`, `（一）`, `1.` …); empty where it has no number.
        part: the mandated part that its wording names, as the caller's `part_of` tells it.
    """

    start: int
    end: int
    body: int
    level: int
    number: int | None = None
    style: str = ""
    part: object | None = None


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
    numbered = _without_contents(text, list(_numbered(lines, part_of)))
    end = _end(lines, numbered)
    numbered = [heading for heading in numbered if heading.start < end]
    places = [_Place(h.style, h.number or 0, h.part is not None) for h in numbered]
    levels = find_levels(places)
    numbered = [replace(h, level=level) for h, level in zip(numbered, levels, strict=True)]
    headings = _with_unnumbered(lines, numbered, end, part_of, style_levels or {})
    return Headings(tuple(_with_lost_numbers(lines, headings, part_of)), end)


def _end(lines: Lines, numbered: Sequence[Heading]) -> int:
    """Return where the body ends; an annex may have headings of its own, so the last are found twice."""
    first = numbered[0].start if numbered else lines.starts[lines.opening]
    tops = [heading.start for heading in numbered if heading.style in FIRST]
    end = body_end(lines, first, max(tops, default=first))
    return body_end(lines, first, max((top for top in tops if top < end), default=first))


def _numbered(lines: Lines, part_of: PartOf) -> Iterator[Heading]:
    text = lines.text
    labels = find_labels(text)
    labels = sorted([*labels, *_run_inside(text, labels, part_of)], key=lambda label: label.start)
    limits = [*(label.start for label in labels[1:]), len(text)]
    for label, limit in zip(labels, limits, strict=False):
        yield from _headings_at(text, label, min(limit, lines.ends[lines.at(label.start)]), part_of)


def _run_inside(text: str, labels: Sequence[Label], part_of: PartOf) -> list[Label]:
    """Find the 一、 that lost the line break before them, and the （一） below them.

    They must go on where the outline stands, and name a part; in a text without line breaks any will do.
    """
    at_lines = {label.start for label in labels}
    numbers = {label.number for label in labels if label.style == "一、"}
    broken = len(labels) < 2
    run: list[Label] = []
    top = inner = 0
    found = [label for label in find_inner_labels(text, 0, len(text)) if label.start not in at_lines]
    for label in sorted([*labels, *found], key=lambda label: label.start):
        if label.start in at_lines:
            top, inner = (label.number, 0) if label.style == "一、" else (top, label.number)
        elif (label.style, label.number) == ("一、", top + 1) and label.number not in numbers:
            line_end = text.find("\n", label.end)
            heading = _heading(text, label, line_end if line_end >= 0 else len(text), part_of)
            if heading is not None and (broken or heading.part is not None):
                top, inner = label.number, 0
                run.append(label)
        elif run and _goes_on_inside(text, label, inner):
            inner = label.number
            run.append(label)
    return run if top > 1 else []


def _goes_on_inside(text: str, label: Label, reached: int) -> bool:
    follows = label.number == 1 or text[label.start - 1] in _SENTENCE_END
    return follows and (label.style, label.number) == ("（一）", reached + 1)


def _headings_at(text: str, label: Label, limit: int, part_of: PartOf) -> Iterator[Heading]:
    """Yield the heading of a label, and that of a （一） which follows in the same line."""
    inner = None
    if label.style in FIRST:
        window = find_inner_labels(text, label.end + 3, min(limit, label.end + 80))
        inner = next((found for found in window if (found.style, found.number) == ("（一）", 1)), None)
    heading = _heading(text, label, inner.start if inner else limit, part_of)
    if heading is not None:
        yield heading
        if inner is not None:
            yield from _headings_at(text, inner, limit, part_of)


def _heading(text: str, label: Label, limit: int, part_of: PartOf) -> Heading | None:
    if "\t" in text[label.start : limit].strip():
        return None
    wording = text[label.end : _first_sentence(text, label, limit)].rstrip(_EDGE)
    if not 2 <= len(wording) <= _LONGEST[label.style]:
        return None
    end = label.end + len(wording)
    return Heading(label.start, end, label.end, 0, label.number, label.style, part_of(wording))


def _first_sentence(text: str, label: Label, limit: int) -> int:
    """Return where a heading ends; the label's own end where the line is an item of a list (…；)."""
    stop = _STOP.search(text, label.end, limit)
    if stop is None:
        return _before_blank(text, label.end, limit)
    if stop[0] in "；;" and text[limit - 1] in "；;" and label.style not in FIRST:
        return label.end
    if stop[0] in "：:" and limit - label.end <= _WHOLE and not _STOP.search(text, stop.end(), limit):
        return limit
    return _before_blank(text, label.end, stop.start())


def _before_blank(text: str, start: int, end: int) -> int:
    """Cut a long run at its first blank: a heading and its text on one line with no stop between."""
    if end - start <= _WHOLE:
        return end
    return next((i for i in range(start + 4, start + _WHOLE) if text[i] in BLANKS), end)


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
    parts = {i: part_of(lines[i].rstrip(_EDGE)) for i in bare}
    firm = _is_firm(tops, min((lines.starts[i] for i in bare if parts[i] is not None), default=end))
    styled = by_style(lines, bare, style_levels, [heading.start for heading in tops] if firm else [])
    if firm:
        found = {i: 1 for i in bare if _is_untold(lines.starts[i], parts[i], tops)}
        found |= {i: 1 for i in styled if lines.starts[i] > tops[0].start}
    else:
        found = dict.fromkeys({*styled, *(i for i in bare if parts[i] is not None)}, 1)
        first = min(found, default=len(lines.starts))
        found = {i: 1 if i < first else 2 for i in slogans(lines, bare)} | found
        # A list that begins anew without a heading above it is no outline.
        if found or sum(heading.number == 1 for heading in tops) > 1:
            numbered = [replace(heading, level=heading.level + 1) for heading in numbered]
    plain = (_plain(lines, i, level, parts[i]) for i, level in found.items())
    return sorted([*numbered, *plain], key=lambda heading: heading.start)


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
    return Heading(start, start + len(lines[index].rstrip(_EDGE)), start, level, part=part)


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
            heading = _heading(lines.text, label, lines.ends[lines.at(label.start)], part_of)
            if heading is not None and lines.text[label.start - 1] in _SENTENCE_END:
                yield replace(heading, level=following.level)
                return
    bare = [i for i in bare_lines(lines, known, following.start) if lines.starts[i] > start]
    named = [i for i in bare if part_of(lines[i]) is not None] if following.level == 1 else []
    if len(named or bare) == 1:
        index = (named or bare)[0]
        yield _plain(lines, index, following.level, part_of(lines[index]))
