"""Puts characters that stand on a page into lines, in reading order.

Files of fixed layout hold characters with places: a line at a time, a run, or each by itself, and in any
order. Only where two columns stand side by side does the file's order decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from connectors.readers.canonical import clean
from connectors.readers.pdflines import Line

# How far a character reaches above and below its base line, in its size.
ASCENT = 0.88
DESCENT = 0.12

# How wide the gap is that stands for a blank, in sizes: between Latin characters, and between others (a
# justified line is stretched by less).
_LATIN_GAP = 0.22
_GAP = 0.45
# Bold set by printing a character twice, a little apart.
_TWICE = 0.25
# What parts two columns at least, in sizes, and over how many rows.
_GUTTER = 2.0
_FEWEST_ROWS = 4

_NARROW = frozenset("!'()*,-./:;I[\\]`ijl|ft·")
_WIDE = frozenset("%&@MWmw")
# Where the characters begin that are as wide as high.
HALF_WIDTH = "\u2e80"


class Glyph(NamedTuple):
    """A character on a page (a named tuple: there are hundreds of thousands of them).

    Args:
        text: one character.
        left, right: where it starts and ends, in points.
        base: its base line, in points from the upper edge.
        size: of the font, in points.
        order: the place in the file of the text that it belongs to.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int

    @property
    def middle(self) -> float:
        """How far below the page's upper edge its middle stands."""
        return self.base - (ASCENT - DESCENT) / 2 * self.size


Row = list[Glyph]


def natural_width(character: str) -> float:
    """Return about how wide a character is, in sizes, where the font is not known."""
    if character >= HALF_WIDTH or character in "—…“”‘’×÷±°①②③④⑤⑥⑦⑧⑨⑩":
        return 1.0
    if character in _NARROW:
        return 0.3
    if character in _WIDE:
        return 0.85
    return 0.65 if character.isupper() else 0.5


def glyph_lines(glyphs: Sequence[Glyph], page: int, height: float) -> list[Line]:
    """Return the lines of a page in reading order.

    Args:
        glyphs: its upright characters, blanks among them.
        page: its number, from 1.
        height: of the page, in points.
    """
    found = (_line(row, page, height) for row in _in_order(_rows(glyphs)))
    return [line for line in found if line is not None]


def _rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Gather what stands on one base line; raised and lowered small characters go with their neighbours."""
    rows: list[Row] = []
    largest: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        if largest is not None and (_reaches(largest, glyph) or _reaches(glyph, largest)):
            rows[-1].append(glyph)
            largest = glyph if glyph.size > largest.size else largest
        else:
            rows.append([glyph])
            largest = glyph
    return [_sorted(row) for row in rows]


def _reaches(glyph: Glyph, other: Glyph) -> bool:
    """Whether the other's middle is level with a character."""
    return glyph.base - ASCENT * glyph.size <= other.middle <= glyph.base + DESCENT * glyph.size


def _sorted(row: Row) -> Row:
    """Return a row from left to right, a character printed twice only once."""
    kept: Row = []
    for glyph in sorted(row, key=lambda glyph: (glyph.left, glyph.order)):
        is_again = any(
            glyph.text == other.text and glyph.left - other.left < _TWICE * min(glyph.size, other.size)
            for other in kept[-2:]
        )
        if not is_again:
            kept.append(glyph)
    return kept


def _line(row: Row, page: int, height: float) -> Line | None:
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    text = clean("".join(_spaced(row))).replace("\n", " ")
    if not inked or not text:
        return None
    top = min(glyph.base - ASCENT * glyph.size for glyph in inked)
    bottom = max(glyph.base + DESCENT * glyph.size for glyph in inked)
    share = 1 - (top + bottom) / 2 / height
    return Line(text, page, inked[0].left, max(glyph.right for glyph in inked), share, top, bottom)


def _spaced(row: Row) -> Iterator[str]:
    """Yield the characters of a row, and a blank where a gap stands for one."""
    before: Glyph | None = None
    for glyph in row:
        if before is not None and not before.text.isspace() and not glyph.text.isspace():
            is_latin = before.text < HALF_WIDTH and glyph.text < HALF_WIDTH
            needed = (_LATIN_GAP if is_latin else _GAP) * min(before.size, glyph.size)
            if glyph.left - before.right > needed:
                yield " "
        yield glyph.text
        before = glyph


def _in_order(rows: list[Row]) -> list[Row]:
    """Return the rows, those of columns parted: what stands left of a gutter, then what stands right of it.

    The same gutter parts the columns of a table without rules; there the file goes row by row.
    """
    ordered: list[Row] = []
    index = 0
    while index < len(rows):
        end, gutter = _columned(rows, index)
        columned = rows[index:end]
        if gutter is None or not _goes_down_first(columned, gutter):
            ordered += columned
        else:
            left = [part for row in columned if (part := [one for one in row if one.left < gutter])]
            right = [part for row in columned if (part := [one for one in row if one.left >= gutter])]
            ordered += [*left, *_in_order(right)]
        index = end
    return ordered


def _columned(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """Return past which row the columns end that begin at a row, and their gutter.

    Where none begin, that is the next row, and None.
    """
    widest = _widest_gap(rows[start])
    if widest is None:
        return start + 1, None
    low, high = widest
    end, both = start, 0
    while end < len(rows) and (narrowed := _narrowed(rows[end], low, high)) is not None:
        low, high = narrowed
        both += rows[end][0].left < low and rows[end][-1].left >= high
        end += 1
    return (end, (low + high) / 2) if both >= _FEWEST_ROWS else (start + 1, None)


def _widest_gap(row: Row) -> tuple[float, float] | None:
    """Return the widest gap of a row, if it may part columns."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    gaps = [
        (first.right, second.left)
        for first, second in pairwise(inked)
        if second.left - first.right > _GUTTER * min(first.size, second.size)
    ]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(row: Row, low: float, high: float) -> tuple[float, float] | None:
    """Return what is left of a gutter beside a row, or None where the row crosses it."""
    for glyph in row:
        if glyph.text.isspace():
            continue
        if glyph.left < (low + high) / 2:
            low = max(low, glyph.right)
        else:
            high = min(high, glyph.left)
        if high - low < _GUTTER / 2 * glyph.size:
            return None
    return low, high


def _goes_down_first(rows: Sequence[Row], gutter: float) -> bool:
    """Whether the file has all of the left column before the right one."""
    left = [glyph.order for row in rows for glyph in row if glyph.left < gutter]
    right = [glyph.order for row in rows for glyph in row if glyph.left >= gutter]
    return bool(left) and bool(right) and max(left) < min(right)
