"""Puts characters that stand on a page into lines, in reading order.

Files of fixed layout hold characters with places: a line at a time, a run, or each by itself, and in any
order. Only where two columns stand side by side does the file's order decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from connectors.readers.canonical import clean
from connectors.readers.glyphmarks import unmarked
from connectors.readers.glyphs import ASCENT, DESCENT, HALF_WIDTH, Glyph, Row
from connectors.readers.pdflines import Line

# How wide the gap is that stands for a blank, in sizes: between Latin characters, between single figures set
# apart, and between others (a title is set wide, a justified line stretched).
_LATIN_GAP = 0.22
_FIGURE_GAP = 0.65
_GAP = 0.9
_FIGURES = frozenset("0123456789.,%")
# Bold set by printing a character twice, a little apart.
_TWICE = 0.25
# What parts two columns at least, in sizes, and over how many rows.
_GUTTER = 2.0
_FEWEST_ROWS = 4


@dataclass(frozen=True, slots=True)
class GlyphLines:
    """The lines of a page in reading order, and the raised marks taken out of them."""

    lines: list[Line] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def glyph_lines(glyphs: Sequence[Glyph], page: int, height: float) -> GlyphLines:
    """Return the lines of a page in reading order.

    Args:
        glyphs: its upright characters, blanks among them.
        page: its number, from 1.
        height: of the page, in points.
    """
    found = GlyphLines()
    for row in _in_order(_rows(glyphs)):
        told = unmarked(row)
        found.marks.extend(told.marks)
        line = _line(told.row, page, height, begins=told.begins)
        if line is not None:
            found.lines.append(line)
    return found


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


def _line(row: Row, page: int, height: float, *, begins: bool) -> Line | None:
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    text = clean("".join(_spaced(row))).replace("\n", " ")
    if not inked or not text:
        return None
    top = min(glyph.base - ASCENT * glyph.size for glyph in inked)
    bottom = max(glyph.base + DESCENT * glyph.size for glyph in inked)
    share = 1 - (top + bottom) / 2 / height
    left, right = inked[0].left, max(glyph.right for glyph in inked)
    return Line(text, page, left, right, share, top, bottom, is_note=begins, begins=begins)


def _spaced(row: Row) -> Iterator[str]:
    """Yield the characters of a row, and a blank where a gap stands for one."""
    for index, glyph in enumerate(row):
        if index and _is_parted(row, index):
            yield " "
        yield glyph.text


def _is_parted(row: Row, index: int) -> bool:
    """Whether the gap before a character stands for a blank."""
    before, glyph = row[index - 1], row[index]
    if before.text.isspace() or glyph.text.isspace():
        return False
    needed = _GAP
    if before.text in _FIGURES and glyph.text in _FIGURES:
        needed = _FIGURE_GAP if _is_single(row, index - 1) and _is_single(row, index) else _LATIN_GAP
    elif before.text < HALF_WIDTH and glyph.text < HALF_WIDTH:
        needed = _LATIN_GAP
    return glyph.left - before.right > needed * min(before.size, glyph.size)


def _is_single(row: Row, index: int) -> bool:
    """Whether no figure touches a figure."""
    most = _LATIN_GAP * row[index].size
    return not any(
        first.text in _FIGURES and second.text in _FIGURES and second.left - first.right <= most
        for first, second in pairwise(row[max(index - 1, 0) : index + 2])
    )


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
