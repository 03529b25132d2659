"""Lines of pages, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

# Word processors part Han characters and Latin ones by a thin gap, which PDF readers take for a blank.
# (A blank comes first in the pattern: so it is looked for, and nothing else.)
_BROAD = r"[\u2010-\u2027\u2e80-\uffef]"
_GAPS = re.compile(rf" (?:(?<={_BROAD} ) *(?=[!-~])|(?<=[!-~] ) *(?={_BROAD}))")
# Two lines that hold a point in time, parted where a blank was.
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")


# Not frozen: that would double what a line costs, and nothing is as many; none is changed.
@dataclass(slots=True, unsafe_hash=True)
class Line:
    """A line of a page; lengths are in points, `y` runs upwards.

    Args:
        text: without blanks at its ends.
        page: page number, from 1.
        left, right: where it starts and ends.
        y: its middle, as a share of the page's height.
        top, bottom: its edges, in points from the page's upper edge; equal where they are not known.
        doubts: spans of the text that were not surely recognised.
        is_note: whether it belongs to a note at the page's foot.
        begins: whether a paragraph surely begins with it.
        column: how far its column of the page stands from the leftmost one.
    """

    text: str
    page: int
    left: float
    right: float
    y: float
    top: float = 0.0
    bottom: float = 0.0
    doubts: tuple[tuple[int, int], ...] = ()
    is_note: bool = False
    begins: bool = False
    column: float = 0.0


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


@lru_cache(maxsize=512)
def width_of(text: str) -> float:
    """Return how wide a text is, in Han characters."""
    # The Chinese character set tells them: it codes a narrow one in one byte, a wide one in two.
    return len(text.encode("gb18030", "replace")) / 2


def joined_text(texts: Sequence[str]) -> str:
    """Return lines as one text, without the gaps that the setting put in."""
    text = texts[0] if texts else ""
    for following in texts[1:]:
        text += (" " if _needs_blank(text, following) else "") + following
    return _GAPS.sub("", text)


def joined(lines: Sequence[Line]) -> Paragraph:
    """Return lines as one paragraph."""
    page = lines[0].page
    text = lines[0].text
    doubts = list(lines[0].doubts)
    for line in lines[1:]:
        if line.text[:1] < "\x80" and _needs_blank(text, line.text):
            text += " "
        if line.doubts:
            doubts += [(start + len(text), end + len(text)) for start, end in line.doubts]
        text += line.text
    return Paragraph(_GAPS.sub("", text), page, _box(lines, page), _without_gaps(text, doubts))


def _box(lines: Sequence[Line], page: int) -> tuple[float, float, float, float] | None:
    """Return what the lines on a page cover, to a tenth of a point."""
    left = top = inf
    right = bottom = -inf
    for line in lines:
        if line.page == page and line.bottom > line.top:
            left, top = min(left, line.left), min(top, line.top)
            right, bottom = max(right, line.right), max(bottom, line.bottom)
    if bottom < top:
        return None
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def _without_gaps(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans of a text as they stand once the gaps are taken out."""
    if not spans:
        return ()
    gaps = [match.span() for match in _GAPS.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in gaps if start < offset)

    return tuple((moved(start), moved(end)) for start, end in spans)


def _needs_blank(before: str, after: str) -> bool:
    """Two Latin words are parted at a line's end, a day and its time too; a number in two parts is not."""
    last, first = before[-1:], after[:1]
    if last.isascii() and first.isascii() and (last.isalpha() or first.isalpha()):
        return True
    return first.isdigit() and bool(_CLOCK.match(after)) and bool(_DAY.search(before))
