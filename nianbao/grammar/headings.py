"""Headings of a report: which lines they are, and how deep they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao.grammar.labels import BLANKS, FIRST, RANK, TWIN, Label, find_inner_labels, find_labels
from nianbao.grammar.paragraphs import Lines, body_end, is_bare, is_furniture, is_title, split_lines

PartOf = Callable[[str], object | None]

_LONGEST_PLAIN = 45
_LONGEST_WHOLE = 45
# A numbered paragraph whose first sentence is longer has no heading of its own.
_LONGEST = {style: 160 for style in FIRST} | {"（一）": 120, "1.": 60, "（1）": 60, "①": 40, "第一、": 60}
_STOP = re.compile(r"[。！？!?；;]|[：:](?!\d)")
_SENTENCE_END = frozenset("。！？!?”）)：: \n\t　")
_CONTENTS_TAIL = re.compile(r"(?:[.．·…‥\s]{2,}|…+|\s)\d{1,3}$")
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
    """

    start: int
    end: int
    body: int
    level: int
    number: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a text, in order, and where the body that they divide ends."""

    headings: tuple[Heading, ...]
    end: int


@dataclass(slots=True)
class _Open:
    """A level that is open while headings are read in order: the styles met at it, and its last number."""

    styles: set[str]
    number: int


def no_part(wording: str) -> object | None:
    """Know no wording: headings are told by their form alone."""
    return None


def read_outline(
    text: str, part_of: PartOf = no_part, style_levels: Mapping[int, int] | None = None
) -> Outline:
    """Find the headings of a canonical text, numbered or not, and the level of each.

    Enumerations inside paragraphs (一是…二是…), table rows, contents, annexes and furniture give none.

    Args:
        text: the canonical text, one paragraph a line.
        part_of: tells which mandated part a wording (without number) names, or None; values are compared.
        style_levels: the outline level that the original's style gives the line starting at an offset.
    """
    lines = split_lines(text)
    numbered = _without_contents(text, _numbered(text, lines))
    tops = [heading.start for heading in numbered if heading.style in FIRST]
    first = (tops or [heading.start for heading in numbered] or [lines.starts[lines.opening] if lines.starts else 0])[0]
    end = body_end(lines, first, tops[-1] if tops else first)
    end = body_end(lines, first, max((top for top in tops if top < end), default=first))
    numbered = _with_levels(text, [heading for heading in numbered if heading.start < end], part_of)
    headings = _with_plain(lines, numbered, end, part_of, style_levels or {})
    return Outline(tuple(_with_lost(lines, headings, end, part_of)), end)


def _numbered(text: str, lines: Lines) -> list[Heading]:
    labels = find_labels(text)
    if sum(label.style in FIRST for label in labels) < 2:
        inner = _run_inside(text, lines, {label.start for label in labels})
        labels = sorted([*labels, *inner], key=lambda label: label.start)
    headings = []
    for position, label in enumerate(labels):
        limit = lines.ends[lines.at(label.start)]
        if position + 1 < len(labels):
            limit = min(limit, labels[position + 1].start)
        headings += _headings_at(text, label, limit)
    return headings


def _run_inside(text: str, lines: Lines, known: set[int]) -> list[Label]:
    """Find the outline of a text whose line breaks are lost: 一、 二、 in unbroken order, and （一） （二） between."""
    found = [label for label in find_inner_labels(text, 0, len(text)) if label.start not in known]
    tops: list[Label] = []
    for label in found:
        if label.style == "一、" and label.number == len(tops) + 1:
            tops.append(label)
    if len(tops) < 2:
        return []
    run = list(tops)
    for position, top in enumerate(tops):
        limit = tops[position + 1].start if position + 1 < len(tops) else len(text)
        expected = 1
        for label in found:
            if top.end <= label.start < limit and label.style == "（一）" and label.number == expected:
                if expected == 1 or text[label.start - 1] in _SENTENCE_END:
                    run.append(label)
                    expected += 1
    return run


def _headings_at(text: str, label: Label, limit: int) -> Iterable[Heading]:
    """Yield the heading of a label, and that of a （一） which follows in the same line."""
    inner = None
    if label.style in FIRST:
        window = find_inner_labels(text, label.end, min(limit, label.end + 80))
        inner = next((found for found in window if found.number == 1 and found.start > label.end + 3), None)
    heading = _heading(text, label, inner.start if inner else limit)
    if heading is not None:
        yield heading
        if inner is not None:
            yield from _headings_at(text, inner, limit)


def _heading(text: str, label: Label, limit: int) -> Heading | None:
    if "\t" in text[label.start : limit].strip():
        return None
    end = _first_sentence(text, label, limit)
    wording = text[label.end : end].rstrip(_EDGE)
    if len(wording) < 2 or len(wording) > _LONGEST[label.style]:
        return None
    return Heading(label.start, label.end + len(wording), label.end, 0, label.number, label.style)


def _first_sentence(text: str, label: Label, limit: int) -> int:
    """Return where a heading ends; the label's own end where the line is an item of a list (…；)."""
    stop = _STOP.search(text, label.end, limit)
    if stop is None:
        return _before_blank(text, label.end, limit)
    if stop[0] in "；;" and label.style not in FIRST:
        return label.end
    if stop[0] in "：:" and limit - label.end <= _LONGEST_WHOLE and not _STOP.search(text, stop.end(), limit):
        return limit
    return _before_blank(text, label.end, stop.start())


def _before_blank(text: str, start: int, end: int) -> int:
    """Cut a long run at its first blank: a heading and its text on one line with no stop between."""
    if end - start <= _LONGEST_WHOLE:
        return end
    blank = next((i for i in range(start + 4, min(end, start + _LONGEST_WHOLE)) if text[i] in BLANKS), None)
    return blank if blank is not None else end


def _without_contents(text: str, headings: list[Heading]) -> list[Heading]:
    """Drop the table of contents: lines that end in a page number, or headings that all come again."""
    paged = [h for h in headings if _CONTENTS_TAIL.search(text, h.body, h.end)]
    if len(paged) > 1:
        headings = [heading for heading in headings if heading not in paged]
    if not headings:
        return headings
    first = headings[0]
    again = (
        position
        for position, h in enumerate(headings[1:], 1)
        if (h.style, h.number) == (first.style, first.number) and text[h.body : h.end] == text[first.body : first.end]
    )
    return headings[next(again, 0) :]


def _with_levels(text: str, headings: Sequence[Heading], part_of: PartOf) -> list[Heading]:
    rank = _ranks(headings)
    stack: list[_Open] = []
    last: dict[str, int] = {}
    levelled = []
    for heading in headings:
        number = heading.number or 0
        depth = _depth(stack, heading, rank, last, part_of, text)
        if depth < len(stack):
            del stack[depth + 1 :]
            stack[depth].styles.add(heading.style)
            stack[depth].number = number
        else:
            stack.append(_Open({heading.style}, number))
        last[heading.style] = number
        levelled.append(replace(heading, level=depth + 1))
    return levelled


def _depth(
    stack: list[_Open], heading: Heading, rank: Mapping[str, int], last: Mapping[str, int], part_of: PartOf, text: str
) -> int:
    """Return the depth of a heading below the open ones (0 is the highest)."""
    for depth, level in enumerate(stack):
        if heading.style in level.styles:
            return depth
    number = heading.number or 0
    for depth, level in enumerate(stack):
        if TWIN.get(heading.style) in level.styles and number == level.number + 1:
            continues = last.get(heading.style) == number - 1
            if not continues or part_of(text[heading.body : heading.end]) is not None:
                return depth
    depth = len(stack)
    while depth and min(rank[style] for style in stack[depth - 1].styles) > rank[heading.style]:
        depth -= 1
    del stack[depth:]
    return depth


def _ranks(headings: Sequence[Heading]) -> dict[str, int]:
    """Return the order of the styles in this text: the usual one, unless one run of a lower style holds a higher one.

    `1、` above `（一）` shows in `1、` running on once through the text while `（一）` begins anew inside it.
    """
    rank = dict(RANK)
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        places.setdefault(heading.style, []).append(position)
    present = sorted(places, key=rank.__getitem__)
    for upper in present:
        for lower in present[present.index(upper) + 1 :]:
            if _holds(headings, places[lower], places[upper]):
                rank[lower] = min(rank[lower], rank[upper] - 1)
    return rank


def _holds(headings: Sequence[Heading], outer: list[int], inner: list[int]) -> bool:
    numbers = [headings[position].number for position in outer]
    runs_once = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return (
        runs_once
        and outer[0] < inner[0] < outer[-1]
        and all(
            headings[position].number == 1
            for position in inner
            if position == inner[0] or any(inner[inner.index(position) - 1] < o < position for o in outer)
        )
    )


def _with_plain(
    lines: Lines, numbered: list[Heading], end: int, part_of: PartOf, style_levels: Mapping[int, int]
) -> list[Heading]:
    """Add the first-level headings without a number, and put the numbered ones below them where they are the only ones."""
    tops = [heading for heading in numbered if heading.level == 1]
    told = {part_of(lines.text[heading.body : heading.end]) for heading in tops} - {None}
    firm = bool(told) or any(heading.style in FIRST for heading in tops)
    plain = _plain_lines(lines, {heading.start for heading in numbered}, end)
    by_style = _by_style(lines, tops if firm else [], plain, style_levels)
    named = [i for i in plain if part_of(lines[i].rstrip(_EDGE)) not in (told | {None})]
    if firm:
        found = sorted({i for i in {*named, *by_style} if lines.starts[i] > tops[0].start or i in named})
    else:
        found = sorted({*named, *by_style}) or _slogans(lines, plain)
    restarts = sum(heading.number == 1 for heading in tops) > 1
    if not firm and (found or restarts):
        numbered = [replace(heading, level=heading.level + 1) for heading in numbered]
    return sorted([*numbered, *(_plain(lines, i, 1) for i in found)], key=lambda heading: heading.start)


def _plain_lines(lines: Lines, labelled: set[int], end: int) -> list[int]:
    """Return the lines that could be headings without a number: short, bare, below the title, above a text."""
    found = []
    for index in lines.between(0, end):
        if index < lines.opening - 1 or lines.starts[index] in labelled or lines.length(index) > _LONGEST_PLAIN:
            continue
        line = lines[index]
        if len(line) >= 4 and is_bare(line) and not is_title(line) and not is_furniture(line) and not find_labels(line):
            follows = index + 1 < len(lines.starts) and lines.starts[index + 1] < end
            if follows and (lines.length(index + 1) > len(line) or lines.starts[index + 1] in labelled):
                found.append(index)
    return found


def _by_style(lines: Lines, tops: list[Heading], plain: list[int], style_levels: Mapping[int, int]) -> list[int]:
    """Return the plain lines that the original styles as it styles the first-level headings."""
    styled = [i for i in plain if lines.starts[i] in style_levels]
    levels = [style_levels[heading.start] for heading in tops if heading.start in style_levels]
    if tops:
        level = max(set(levels), key=levels.count, default=None)
    else:
        level = min((style_levels[lines.starts[i]] for i in styled), default=None)
    return [i for i in styled if style_levels[lines.starts[i]] == level]


def _slogans(lines: Lines, plain: list[int]) -> list[int]:
    """Return the bare lines above paragraphs where there are at least two: 高位统筹强引领 and its like."""
    found = [i for i in plain if i > lines.opening and lines.length(i + 1) > _LONGEST_PLAIN]
    return found if len(found) > 1 else []


def _plain(lines: Lines, index: int, level: int) -> Heading:
    start = lines.starts[index]
    return Heading(start, start + len(lines[index].rstrip(_EDGE)), start, level)


def _with_lost(lines: Lines, headings: list[Heading], end: int, part_of: PartOf) -> list[Heading]:
    """Add the headings that lost their number, or their line break, where the numbers around them leave a gap."""
    found = list(headings)
    known = {heading.start for heading in headings}
    for level in (1, 2):
        previous: Heading | None = None
        for heading in headings:
            if heading.level < level:
                previous = None
            elif heading.level == level and heading.number is not None:
                if (previous.number if previous else 0 or 0) == heading.number - 2 and (previous or level == 1):
                    found += _lost(lines, previous, heading, known, part_of)
                previous = heading
    return sorted(found, key=lambda heading: heading.start)


def _lost(
    lines: Lines, previous: Heading | None, following: Heading, known: set[int], part_of: PartOf
) -> list[Heading]:
    start = previous.end if previous else lines.starts[lines.opening]
    number = (following.number or 0) - 1
    for label in find_inner_labels(lines.text, start, following.start):
        if label.style == following.style and label.number == number and label.start not in known:
            heading = _heading(lines.text, label, lines.ends[lines.at(label.start)])
            if heading is not None and lines.text[label.start - 1] in _SENTENCE_END:
                return [replace(heading, level=following.level)]
    plain = [i for i in _plain_lines(lines, known, following.start) if lines.starts[i] > start]
    named = [i for i in plain if part_of(lines[i]) is not None] or plain
    return [_plain(lines, named[0], following.level)] if len(named) == 1 else []
