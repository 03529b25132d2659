"""Joins the lines of PDF pages into paragraphs, and leaves out headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

# Headers and footers stand in the outer seventh of a page (GB/T 9704 puts 37 mm of 297 above the text).
MARGIN = 0.14

_EDGE_LINES = 2
_OUTER = 0.2
# Running text is no header, even where two pages begin alike.
_SENTENCE = re.compile(r"[，。；！]|^.{50}")
_PAGE_NUMBER = re.compile(
    r"^[-—–－_·•~～ ]*(?:\d{1,3}|第? ?\d{1,4} ?页?|第 ?[一二三四五六七八九十百]+ ?页)"
    r"(?: ?[,，/／|] ?\d{1,4} ?页?|[ ,，/／|]*共 ?[\d一二三四五六七八九十百]{1,4} ?页)?[-—–－_·•~～ ]*$"
)
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"第[一二三四五六七八九十]{1,3}[章节部条]|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_STOPS = tuple("。！？：；…”）.!?:;")
_WORD_START = re.compile(r"[!-~]+[，。、；：！？）”》％]*")
# Word processors part Han characters and Latin ones by a thin gap, which PDF readers take for a blank.
_GAPS = re.compile(
    r"(?<=[\u2010-\u2027\u2e80-\uffef]) +(?=[!-~])|(?<=[!-~]) +(?=[\u2010-\u2027\u2e80-\uffef])"
)
# How far, in characters, a line may fall short of the right margin and still run on.
_SLACK = 2.2
_INDENT = 1.2
# Which share of the lines start or end at a margin at least; from how many characters on a line is measured.
_SOME_START = 0.08
_SOME_END = 0.15
_FULL = 10
# How much larger a title's characters are at least, and how many characters tell a line's size.
_LARGER = 1.15
_TELLING = 6
# How many of its characters a full title line leaves free at most.
_ROOM = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths are in points, `y` runs upwards.

    Args:
        text: without blanks at its ends.
        page: page number, from 1.
        left, right: where it starts and ends.
        y: its middle, as a share of the page's height.
        top, bottom: its edges, in points from the page's upper edge; equal where they are not known.
        doubts: spans of the text that were not surely recognised.
    """

    text: str
    page: int
    left: float
    right: float
    y: float
    top: float = 0.0
    bottom: float = 0.0
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined.

    Args:
        text: without the gaps that the setting put in.
        page: where it begins.
        box: left, top, right and bottom of its lines on that page, or None.
        doubts: spans of the text that were not surely recognised.
    """

    text: str
    page: int
    box: tuple[float, float, float, float] | None = None
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """How the lines of a document are set.

    Args:
        character: the width of a Han character.
        left, right: the margins of the running text.
    """

    character: float
    left: float
    right: float

    def gap(self, line: Line) -> float:
        """Return how far a line ends before the right margin, in characters."""
        return (self.right - line.right) / self.character

    def indent(self, line: Line) -> float:
        """Return how far a line starts behind the left margin, in characters."""
        return (line.left - self.left) / self.character


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Leave out page numbers, and the headers and footers that half of the pages repeat.

    Returns:
        The pages, and how many lines were left out.
    """
    repeated: Counter[str] = Counter()
    for page in pages:
        repeated.update({_key(line) for line in _edges(page)})
    enough = max(2, (len(pages) + 1) // 2)
    kept: list[list[Line]] = []
    dropped = 0
    for page in pages:
        furniture = {
            id(line)
            for line in _edges(page)
            if (len(pages) > 1 and repeated[_key(line)] >= enough) or _is_page_number(line)
        }
        kept.append([line for line in page if id(line) not in furniture])
        dropped += len(furniture)
    return kept, dropped


def _edges(page: Sequence[Line]) -> list[Line]:
    """Return the uppermost and the lowest lines, wherever the file's order has them."""
    ordered = sorted(page, key=lambda line: line.y)
    outer = ordered if len(ordered) <= 2 * _EDGE_LINES else ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
    return [line for line in outer if not _OUTER <= line.y <= 1 - _OUTER and not _SENTENCE.search(line.text)]


def _key(line: Line) -> str:
    """Lines are the same when they differ in numbers alone and stand at the same height."""
    return f"{_DIGITS.sub('#', line.text)}@{round(line.y * 50)}"


def _is_page_number(line: Line) -> bool:
    return not MARGIN <= line.y <= 1 - MARGIN and _PAGE_NUMBER.match(line.text) is not None


def measure(lines: Sequence[Line], page_width: float) -> Measure:
    """Measure the width of a character and the margins that most lines keep.

    Where too few lines end at one place to tell the right margin, it is taken to be as wide as the left one.
    """
    widths = [(line.right - line.left) / em for line in lines if (em := _ems(line.text)) >= _FULL]
    character = median(widths) if widths else 12.0
    character = character if character > 1 else 12.0
    starts = _common([line.left for line in lines], character, _SOME_START)
    ends = _common([line.right for line in lines], character, _SOME_END)
    left = min(starts) if starts else min((line.left for line in lines), default=0.0)
    right = max(ends) if ends else page_width - min((line.left for line in lines), default=0.0)
    return Measure(character, left, right)


def _common(places: Sequence[float], character: float, share: float) -> list[float]:
    """Return the places that a share of the lines keep, to a character's width."""
    bins: dict[int, list[float]] = {}
    for place in places:
        bins.setdefault(round(place / character), []).append(place)
    enough = max(2, len(places) * share)
    return [median(bin_) for bin_ in bins.values() if len(bin_) >= enough]


def _ems(text: str) -> float:
    return sum(1.0 if character > "\u2e7f" or character in "%—…“”" else 0.5 for character in text)


def paragraphs(lines: Iterable[Line], setting: Measure) -> Iterator[Paragraph]:
    """Join lines into paragraphs."""
    gathered: list[Line] = []
    for line in lines:
        if gathered and ends_paragraph(gathered[-1], line, setting):
            yield _joined(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _joined(gathered)


def ends_paragraph(line: Line, following: Line, setting: Measure) -> bool:
    """Whether a paragraph ends with `line`.

    It does where the next line is set in another size or indented, where the line falls short (unless only
    because the next begins with a word or number too long for the room left), and where a stop is followed by
    a heading's label. A title's next line belongs to it where the title's line was full.
    """
    size, next_size = _size(line), _size(following)
    if size and next_size:
        if max(size, next_size) > _LARGER * min(size, next_size):
            return True
        if min(size, next_size) > _LARGER * setting.character:
            return (setting.indent(line) + setting.gap(line)) * setting.character > _ROOM * size
    if setting.indent(following) > _INDENT:
        return True
    gap = setting.gap(line)
    if gap > _SLACK:
        word = _WORD_START.match(following.text)
        needed = _ems(word.group()) if word and not line.text.endswith(_STOPS) else 0.0
        return gap > needed + 1
    return line.text.endswith(_STOPS) and _LABEL.match(following.text) is not None


def _size(line: Line) -> float | None:
    """Return the width of a line's characters; a few Latin ones or digits don't tell it."""
    ems = _ems(line.text)
    telling = ems >= _TELLING or (len(line.text) > 1 and all(character > "\u2e7f" for character in line.text))
    return (line.right - line.left) / ems if telling else None


def _joined(lines: Sequence[Line]) -> Paragraph:
    text = lines[0].text
    doubts = list(lines[0].doubts)
    for line in lines[1:]:
        between = " " if _needs_blank(text, line.text) else ""
        offset = len(text) + len(between)
        text += between + line.text
        doubts += [(start + offset, end + offset) for start, end in line.doubts]
    page = lines[0].page
    return Paragraph(_GAPS.sub("", text), page, _box(lines, page), _without_gaps(text, doubts))


def _box(lines: Sequence[Line], page: int) -> tuple[float, float, float, float] | None:
    """Return what the lines on a page cover, to a tenth of a point."""
    known = [line for line in lines if line.page == page and line.bottom > line.top]
    if not known:
        return None
    return (
        round(min(line.left for line in known), 1),
        round(min(line.top for line in known), 1),
        round(max(line.right for line in known), 1),
        round(max(line.bottom for line in known), 1),
    )


def _without_gaps(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans of a text as they stand once the gaps are taken out."""
    if not spans:
        return ()
    gaps = [match.span() for match in _GAPS.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in gaps if start < offset)

    return tuple((moved(start), moved(end)) for start, end in spans)


def _needs_blank(before: str, after: str) -> bool:
    """Two Latin words are parted at a line's end; a number broken over two lines is not."""
    return before[-1:].isascii() and after[:1].isascii() and (before[-1:].isalpha() or after[:1].isalpha())
