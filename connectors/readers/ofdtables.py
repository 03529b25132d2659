"""Reads the tables that are ruled on an OFD page, cell by cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.readers.glyphlines import Glyph, glyph_lines
from connectors.readers.ofdgeometry import Box, Point
from connectors.readers.ofdpage import Budget
from connectors.readers.pdflines import Line
from connectors.readers.pdftables import RuledTable, ruled_table

# How far a rule may be off the level or the upright, and how long it is at least, in points.
_STRAIGHT = 1.0
_SHORTEST = 3.0
# Rules this close are one, and meet: what pdfplumber takes for PDF, so that both give the same cells.
_TOLERANCE = 3
# Finding cells takes the square of these.
_MOST_EDGES = 4_000
_MOST_MERGED = 1_200
_MOST_CROSSINGS = 2_500


class TooManyRulesError(Exception):
    """There are more lines on a page than any table has."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """What a page holds once its tables are read.

    Args:
        tables: from top to bottom.
        rest: the characters outside them.
    """

    tables: list[RuledTable]
    rest: list[Glyph]


def read_tables(
    marks: tuple[Sequence[tuple[Point, Point]], Sequence[Glyph]], page: int, height: float, budget: Budget
) -> Tabled:
    """Return the ruled tables of a page, and the characters outside them.

    Args:
        marks: the straight lines drawn on the page, and its characters.
        page: its number, from 1.
        height: of the page, in points.
        budget: what the file may still cost.

    Raises:
        TooManyRulesError: finding cells would take too long.
    """
    strokes, glyphs = marks
    rest = list(glyphs)
    tables = []
    for found in _found(_edges(strokes), budget):
        left, top, right, bottom = found.bbox
        inside = [each for each in rest if _within(each, (left, top, right, bottom))]
        texts = _Texts(inside, page, height)
        table = ruled_table(found, page, height, texts.within)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [each for each in rest if id(each) not in taken]
    return Tabled(tables, rest)


def _edges(strokes: Sequence[tuple[Point, Point]]) -> list[dict[str, Any]]:
    """Return the level and upright lines as pdfplumber takes them."""
    edges: list[dict[str, Any]] = []
    for (x, y), (to_x, to_y) in strokes:
        across, down = abs(to_x - x), abs(to_y - y)
        if min(across, down) > _STRAIGHT or max(across, down) < _SHORTEST:
            continue
        edge: dict[str, Any] = {
            "x0": min(x, to_x),
            "x1": max(x, to_x),
            "top": min(y, to_y),
            "bottom": max(y, to_y),
        }
        if across > down:
            edge |= {"orientation": "h", "top": (y + to_y) / 2, "bottom": (y + to_y) / 2}
        else:
            edge |= {"orientation": "v", "x0": (x + to_x) / 2, "x1": (x + to_x) / 2}
        edge |= {"width": edge["x1"] - edge["x0"], "height": edge["bottom"] - edge["top"]}
        edges.append(edge)
    return edges


def _found(edges: list[dict[str, Any]], budget: Budget) -> list[Any]:
    """Return the tables that edges make, as pdfplumber has them."""
    level = sum(edge["orientation"] == "h" for edge in edges)
    if level < 2 or len(edges) - level < 2:
        return []
    if len(edges) > _MOST_EDGES:
        raise TooManyRulesError
    from pdfplumber import table as ruled

    merged = ruled.merge_edges(edges, *[_TOLERANCE] * 4)
    if len(merged) > _MOST_MERGED:
        raise TooManyRulesError
    crossings = ruled.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    budget.crossings -= len(crossings) ** 2
    if len(crossings) > _MOST_CROSSINGS or budget.crossings < 0:
        raise TooManyRulesError
    cells = ruled.intersections_to_cells(crossings)
    # The cells alone make a table's rows; its page is asked for text only.
    unpaged: Any = None
    return [ruled.Table(unpaged, group) for group in ruled.cells_to_tables(cells)]


def _within(glyph: Glyph, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (glyph.left + glyph.right) / 2 <= right and top <= glyph.middle <= bottom


class _Texts:
    """The characters of a table, from top to bottom."""

    def __init__(self, glyphs: Sequence[Glyph], page: int, height: float) -> None:
        self._glyphs = sorted(glyphs, key=lambda glyph: glyph.middle)
        self._middles = [glyph.middle for glyph in self._glyphs]
        self._page = page
        self._height = height

    def within(self, left: float, top: float, right: float, bottom: float) -> str:
        """Return the lines that stand in a cell."""
        level = self._glyphs[bisect_left(self._middles, top) : bisect_right(self._middles, bottom)]
        inside = [each for each in level if _within(each, (left, top, right, bottom))]
        return "\n".join(line.text for line in glyph_lines(inside, self._page, self._height))


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
