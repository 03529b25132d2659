"""Reads the tables that are ruled on an OFD page, cell by cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from connectors.readers.glyphlines import glyph_lines
from connectors.readers.glyphs import Glyph
from connectors.readers.ofdgeometry import Box, Point
from connectors.readers.pdflines import Line
from connectors.readers.pdftables import RuledTable, TooManyRulesError, grids, ruled_table

# How far a rule may be off the level or the upright, and how long it is at least, in points.
_STRAIGHT = 1.5
_LONG = 20.0
_TALL = 8.0
_MOST_RULES = 3_000


@dataclass(frozen=True, slots=True)
class Tabled:
    """What a page holds once its tables are read.

    Args:
        tables: from top to bottom.
        rest: the characters outside them.
        marks: the raised marks taken out of their cells.
    """

    tables: list[RuledTable] = field(default_factory=list)
    rest: list[Glyph] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def read_tables(
    strokes: Sequence[tuple[Point, Point]], glyphs: Sequence[Glyph], page: int, height: float
) -> Tabled:
    """Return the ruled tables of a page, and the characters outside them.

    Args:
        strokes: the straight lines drawn on the page.
        glyphs: its characters.
        page: its number, from 1.
        height: of the page, in points.

    Raises:
        TooManyRulesError: finding cells would take too long.
    """
    rules = list(_rules(strokes))
    if len(rules) > _MOST_RULES:
        raise TooManyRulesError
    rest = list(glyphs)
    made = Tabled()
    for grid in grids(rules) if rest else []:
        inside = [each for each in rest if _within(each, grid.bbox)]
        texts = _Texts(inside, page, height)
        table = ruled_table(grid, page, height, texts.within, is_open=grid.is_open)
        if table is not None:
            made.tables.append(table)
            made.marks.extend(texts.marks)
            taken = set(map(id, inside))
            rest = [each for each in rest if id(each) not in taken]
    made.rest.extend(rest)
    return made


def _rules(strokes: Sequence[tuple[Point, Point]]) -> Iterator[Box]:
    """Yield the level and upright lines, straightened."""
    for (x, y), (to_x, to_y) in strokes:
        across, down = abs(to_x - x), abs(to_y - y)
        if across >= _LONG and down <= _STRAIGHT:
            yield min(x, to_x), (y + to_y) / 2, max(x, to_x), (y + to_y) / 2
        elif down >= _TALL and across <= _STRAIGHT:
            yield (x + to_x) / 2, min(y, to_y), (x + to_x) / 2, max(y, to_y)


def _within(glyph: Glyph, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (glyph.left + glyph.right) / 2 <= right and top <= glyph.middle <= bottom


class _Texts:
    """The characters of a table, from top to bottom, and the raised marks found among them."""

    def __init__(self, glyphs: Sequence[Glyph], page: int, height: float) -> None:
        self.marks: list[str] = []
        self._glyphs = sorted(glyphs, key=lambda glyph: glyph.middle)
        self._middles = [glyph.middle for glyph in self._glyphs]
        self._page = page
        self._height = height

    def within(self, left: float, top: float, right: float, bottom: float) -> str:
        """Return the lines that stand in a cell."""
        level = self._glyphs[bisect_left(self._middles, top) : bisect_right(self._middles, bottom)]
        inside = [each for each in level if _within(each, (left, top, right, bottom))]
        found = glyph_lines(inside, self._page, self._height)
        self.marks += found.marks
        return "\n".join(line.text for line in found.lines)


def placed(lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[Line | RuledTable]:
    """Put each table among the lines of its page, before the first that stands below its upper edge."""
    items: list[Line | RuledTable] = list(lines)
    for table in tables:
        top = table.height - table.box[3]
        below = (
            index
            for index, item in enumerate(items)
            if (item.top if isinstance(item, Line) else item.height - item.box[3]) >= top
        )
        items.insert(next(below, len(items)), table)
    return items
