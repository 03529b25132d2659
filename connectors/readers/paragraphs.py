"""Tells which lines of pages are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from connectors.readers.pdflines import Line, Paragraph, joined, width_of

_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"第[一二三四五六七八九十]{1,3}[章节部条]|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_STOPS = tuple("。！？：；…”）.!?:;")
# What a line can't be broken within: a word or number, or one character; quotation marks bind both their
# sides, stops the one before (Unicode Standard Annex 14).
_UNBROKEN = re.compile(
    r"[（《〈【]*[“‘]*(?:[!-~]+|.) ?(?:[“”‘’]+ ?(?:[!-~]+|.)?)*[，。、；：！？）》〉】％]*"
)
# How far, in characters, a line may fall short of the right margin and still run on.
_SLACK = 2.2
_ODD = 1.3
_INDENT = 1.2
_DEEPEST = 2.8
# Which share of the lines start or end at a margin at least; from how many characters on a line is measured.
_SOME_START = 0.08
_SOME_END = 0.15
_FULL = 10
# How much larger a title's characters are at least, and how many characters tell a line's size.
_LARGER = 1.15
_TELLING = 6
_HIGHER = 1.1
# Digits and Latin letters are not half as wide as a Han character in every font, and gaps stand beside them.
_MOSTLY_WIDE = 0.8
# How many of its characters a full title line leaves free at most.
_ROOM = 2.0
# How far off the middle a centred line may stand, in characters.
_CENTRED = 1.5
# A title ends with the kind of its document; what is in brackets below it, or a date, is none of it.
_TITLE_END = re.compile(
    r"(?:报告|总结|通知|意见|方案|情况|要点|公告|通报|年报|汇报|计划|文件|材料|函|[）)〕》。：:])$"
)
_NO_TITLE = re.compile(r"^(?:[（(〔\[—–-]|[\d○〇一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月)")
# How much farther than usual the next line stands where a paragraph ends, in lines.
_APART = 1.6
# A bullet or a label whose text hangs beside it.
_HANGING = re.compile(r"^(?:[●•·▪■◆◇○★☆※➢✓\-–—]|[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳]) *")
_HANGS = 3.5


@dataclass(frozen=True, slots=True)
class Measure:
    """How the lines of a document are set.

    Args:
        character: the width of a Han character.
        left, right: the margins of the running text.
        leading: how far lines stand below each other, in points; 0 where that is not known.
        indents: whether paragraphs begin with an indent.
    """

    character: float
    left: float
    right: float
    leading: float = 0.0
    indents: bool = False

    def gap(self, line: Line) -> float:
        """Return how far a line ends before the right margin, in characters."""
        return (self.right + line.column - line.right) / self.character

    def indent(self, line: Line) -> float:
        """Return how far a line starts behind the left margin, in characters."""
        return (line.left - line.column - self.left) / self.character

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle between the margins, parted from both."""
        before, after = self.indent(line), self.gap(line)
        return abs(before - after) < _CENTRED and before > -_CENTRED


def measure(lines: Sequence[Line], page_width: float) -> Measure:
    """Measure the width of a character and the margins that most lines keep.

    Where too few lines end at one place to tell the right margin, it is taken to be as wide as the left one.
    """
    widths = [(line.right - line.left) / em for line in lines if (em := width_of(line.text)) >= _FULL]
    character = median(widths) if widths else 12.0
    character = character if character > 1 else 12.0
    lefts, rights = [line.left - line.column for line in lines], [line.right - line.column for line in lines]
    starts = _common(lefts, character, _SOME_START)
    ends = _common(rights, character, _SOME_END)
    left = min(starts) if starts else min(lefts, default=0.0)
    right = max(ends) if ends else page_width - min(lefts, default=0.0)
    steps = [
        second.top - first.top
        for first, second in pairwise(lines)
        if first.page == second.page and second.top > first.top
    ]
    indented = sum(_INDENT < (place - left) / character < _DEEPEST for place in lefts)
    indents = indented >= max(2, len(lines) * _SOME_START)
    return Measure(character, left, right, median(steps) if steps else 0.0, indents)


def _common(places: Sequence[float], character: float, share: float) -> list[float]:
    """Return the places that a share of the lines keep, to a character's width."""
    bins: dict[int, list[float]] = {}
    for place in places:
        bins.setdefault(round(place / character), []).append(place)
    enough = max(2, len(places) * share)
    return [median(bin_) for bin_ in bins.values() if len(bin_) >= enough]


def paragraphs(lines: Iterable[Line], setting: Measure) -> Iterator[Paragraph]:
    """Join lines into paragraphs."""
    gathered: list[Line] = []
    size: float | None = None
    for line in lines:
        next_size = _size(line)
        if gathered and (line.begins or _ends(gathered, size, line, next_size, setting)):
            yield joined(gathered)
            gathered = []
        gathered.append(line)
        size = next_size
    if gathered:
        yield joined(gathered)


def foot_notes(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Join the lines of notes, each of which begins with a mark."""
    gathered: list[Line] = []
    for line in lines:
        if gathered and (line.begins or line.page != gathered[-1].page):
            yield joined(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield joined(gathered)


def _ends(
    gathered: Sequence[Line], size: float | None, following: Line, next_size: float | None, setting: Measure
) -> bool:
    """Whether a paragraph ends before the following line.

    It does where that line is set in another size, indented or far below; where the line before falls short
    (unless only because the next begins with a word or number too long for the room left); and where a
    heading's label follows a stop (where paragraphs have no indent to tell them), or room for its first
    character. A title's lines are one paragraph.
    """
    line = gathered[-1]
    if size and not next_size and _are_alike(line, following):
        next_size = size
    if size and next_size:
        if max(size, next_size) > _LARGER * min(size, next_size) and not _are_alike(line, following):
            return True
        if min(size, next_size) > _LARGER * setting.character:
            return not _is_title(line, size, following, setting)
    is_indented = setting.indent(following) > _INDENT and not _hangs(gathered, following, setting)
    if is_indented or _is_far(line, following, setting):
        return True
    gap = setting.gap(line)
    if gap > _SLACK:
        word = _UNBROKEN.match(following.text)
        needed = width_of(word.group()) if word and not line.text.endswith(_STOPS) else 0.0
        return gap > needed + 1
    is_parted = gap > _ODD or (line.text.endswith(_STOPS) and not setting.indents)
    return is_parted and _LABEL.match(following.text) is not None


def _are_alike(line: Line, following: Line) -> bool:
    """Whether two lines are as high: then one is only stretched to the margin, before a long word."""
    height, next_height = line.bottom - line.top, following.bottom - following.top
    return height > 0 and next_height > 0 and max(height, next_height) < _HIGHER * min(height, next_height)


def _is_title(line: Line, size: float, following: Line, setting: Measure) -> bool:
    """Whether a large line and the next one are one title: the first is full, or both are centred."""
    if (setting.indent(line) + setting.gap(line)) * setting.character <= _ROOM * size:
        return True
    if _TITLE_END.search(line.text) or _NO_TITLE.match(following.text) or line.page != following.page:
        return False
    is_near = line.top == line.bottom or following.top - line.top < 2.5 * size
    return is_near and setting.is_centred(line) and setting.is_centred(following)


def _is_far(line: Line, following: Line, setting: Measure) -> bool:
    """Whether the next line stands farther below than a paragraph's lines do."""
    step = following.top - line.top
    if step <= _APART * setting.leading or not setting.leading:
        return False
    is_below = line.page == following.page and line.column == following.column
    return is_below and step > _APART * (line.bottom - line.top)


def _hangs(gathered: Sequence[Line], following: Line, setting: Measure) -> bool:
    """Whether an indented line runs on: it stands below the text that a label hangs before."""
    line = gathered[-1]
    if setting.gap(line) > _SLACK or _LABEL.match(following.text):
        return False
    indent = setting.indent(following)
    if len(gathered) > 1:
        return abs(setting.indent(line) - indent) < _INDENT / 2
    label = _HANGING.match(line.text)
    behind = indent - setting.indent(line)
    return label is not None and 0.5 < behind < _HANGS and behind < width_of(label.group()) + _INDENT


def _size(line: Line) -> float | None:
    """Return the width of a line's characters; a few Latin ones or digits don't tell it."""
    ems = width_of(line.text)
    telling = (ems >= _TELLING and ems > _MOSTLY_WIDE * len(line.text)) or (ems == len(line.text) > 1)
    return (line.right - line.left) / ems if telling else None
