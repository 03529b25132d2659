"""Reads the ruled tables of a page cell by cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.readers.canonical import Piece, clean
from connectors.readers.grid import Cell
from connectors.readers.pdflines import joined_text
from nianbao import Place

# Cells are read a little inside their rules, so that a neighbour's characters stay out.
_INSET = 1.0
# Rules this close are one, and meet.
_TOLERANCE = 3.0
# Finding cells takes the square of these.
_MOST_EDGES = 1_200
_MOST_CROSSINGS = 2_500
# How many rules must end level for the side of a table that has no rule there.
_OPEN = 3

Box = tuple[float, float, float, float]
# The lines of the cells of a row, by column.
RowLines = tuple[tuple[int, tuple[str, ...]], ...]
# Returns the text within left, top, right and bottom, in points from the page's upper left corner.
TextIn = Callable[[float, float, float, float], str]


class TooManyRulesError(Exception):
    """There are more lines on a page than any table has."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table and the place that it covers.

    Args:
        rows: its cells.
        page: the page's number, from 1.
        box: left, bottom, right, top, in points from the lower left corner.
        height: of the page.
        columns: where its columns begin and end; empty where that is not known.
        lines: of the cells of each row, by column; empty where they are not known.
        is_open: whether no rule closes it below.
    """

    rows: list[list[Cell]]
    page: int
    box: Box
    height: float
    columns: tuple[float, ...] = ()
    lines: tuple[RowLines, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that rules make: a table as pdfplumber has it.

    Args:
        rows: each with its `bbox`, and its `cells`' boxes by column (None where a cell reaches over it).
        bbox: left, top, right and bottom.
        is_open: whether no rule closes it below.
    """

    rows: Sequence[Any]
    bbox: Box
    is_open: bool


def grids(rules: Iterable[Box]) -> list[Grid]:
    """Return the tables that rules make, from top to bottom.

    A side that has no rule of its own is closed where the rules across it end level.

    Args:
        rules: left, top, right and bottom of level and upright lines, from the page's upper left corner.

    Raises:
        TooManyRulesError: finding cells would take too long.
    """
    edges = [_edge(rule) for rule in rules]
    level = sum(edge["orientation"] == "h" for edge in edges)
    if level < 2 or level == len(edges):
        return []
    # Half a second of import, for pages with tables alone.
    from pdfplumber import table as ruled

    merged = ruled.merge_edges(edges, *[_TOLERANCE] * 4)
    closing = list(_closing(merged))
    merged = ruled.merge_edges([*merged, *closing], *[_TOLERANCE] * 4)
    if len(merged) > _MOST_EDGES:
        raise TooManyRulesError
    crossings = ruled.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CROSSINGS:
        raise TooManyRulesError
    cells = ruled.intersections_to_cells(crossings)
    # The cells alone make a table's rows; its page is asked for text only.
    unpaged: Any = None
    found = [ruled.Table(unpaged, group) for group in ruled.cells_to_tables(cells)]
    ends = [edge["top"] for edge in closing if edge["orientation"] == "h"]
    return [
        Grid(table.rows, table.bbox, any(abs(end - table.bbox[3]) <= _TOLERANCE for end in ends))
        for table in found
    ]


def _edge(rule: Box) -> dict[str, Any]:
    left, top, right, bottom = rule
    return {
        "x0": left, "top": top, "x1": right, "bottom": bottom, "width": right - left, "height": bottom - top,
        "orientation": "h" if right - left > bottom - top else "v",
    }  # fmt: skip


def _closing(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the sides that tables lack: three rules or more that end on one line, with none along it."""
    for across, start, end, along in (
        ("v", "x0", "x1", ("top", "bottom")),
        ("h", "top", "bottom", ("x0", "x1")),
    ):
        rules = [edge for edge in edges if edge["orientation"] == across]
        others = [edge for edge in edges if edge["orientation"] != across]
        for side in along:
            for group in _level(rules, side):
                place = sum(edge[side] for edge in group) / len(group)
                low, high = min(edge[start] for edge in group), max(edge[end] for edge in group)
                has_rule = any(
                    abs(edge[side] - place) <= _TOLERANCE and edge[start] < high and edge[end] > low
                    for edge in others
                )
                if len(group) >= _OPEN and not has_rule and high > low:
                    box = (low, place, high, place) if across == "v" else (place, low, place, high)
                    yield _edge(box)


def _level(edges: Sequence[dict[str, Any]], side: str) -> Iterator[list[dict[str, Any]]]:
    """Group edges whose end stands at the same place."""
    group: list[dict[str, Any]] = []
    for edge in sorted(edges, key=lambda edge: float(edge[side])):
        if group and edge[side] - group[-1][side] > _TOLERANCE / 2:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def ruled_table(
    table: Any, page: int, height: float, text_in: TextIn, *, is_open: bool = False
) -> RuledTable | None:
    """Read one table, or return None: a frame round running text is none.

    Args:
        table: as pdfplumber finds it (its rows, their cells' boxes, and its own).
        page: number of the page, from 1.
        height: of the page, in points.
        text_in: gives a cell's text.
        is_open: whether no rule closes it below.
    """
    reaching: dict[int, float] = {}
    rows: list[list[Cell]] = []
    texts: list[RowLines] = []
    for row in table.rows:
        cells, lines = _row(row, page, text_in, reaching)
        rows.append(cells)
        texts.append(lines)
    filled = [cell for row in rows for cell in row if cell.paragraphs]
    if len(rows) < 2 or len({cell.column for cell in filled}) < 2:
        return None
    left, top, right, bottom = table.bbox
    columns = sorted({round(box[0], 1) for row in table.rows for box in row.cells if box})
    return RuledTable(
        rows,
        page,
        (left, height - bottom, right, height - top),
        height,
        columns=(*columns, round(right, 1)),
        lines=tuple(texts),
        is_open=is_open,
    )


def _row(row: Any, page: int, text_in: TextIn, reaching: dict[int, float]) -> tuple[list[Cell], RowLines]:
    """Read a row, and the lines of its cells; `reaching` holds how far down each column's last cell goes."""
    cells: list[Cell] = []
    texts: list[tuple[int, tuple[str, ...]]] = []
    for column, box in enumerate(row.cells, start=1):
        if box is not None:
            left, top, right, bottom = box
            reaching[column] = bottom
            text = text_in(left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)
            lines = tuple(clean(text).split("\n"))
            place = Place(page=page, box=(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)))
            joined = joined_text(lines)
            cells.append(Cell((Piece(joined, place=place),) if joined else (), column))
            texts.append((column, lines))
        elif reaching.get(column, 0.0) > row.bbox[1] + _INSET:
            cells.append(Cell((), column))
    return cells, tuple(texts)


class CellText:
    """The characters on a page that may stand in tables, and which of them a table took."""

    def __init__(self, characters: Iterable[tuple[float, float, float, int, str]]) -> None:
        """Take characters: the middle of each (down, across), its height, its offset and its text."""
        self._characters = sorted(characters)
        self._downs = [character[0] for character in self._characters]

    def within(self, left: float, top: float, right: float, bottom: float) -> str:
        """Return the text in a box, its lines parted by newlines."""
        first, last = bisect_left(self._downs, top), bisect_right(self._downs, bottom)
        inside = [each for each in self._characters[first:last] if left <= each[1] <= right]
        lines: list[list[tuple[float, float, float, int, str]]] = []
        for each in inside:
            if not lines or each[0] - lines[-1][0][0] > each[2] / 2:
                lines.append([])
            lines[-1].append(each)
        return "\n".join(
            "".join(text for *_, text in sorted(line, key=lambda each: each[3])) for line in lines
        )

    def offsets(self, left: float, top: float, right: float, bottom: float) -> set[int]:
        """Return the offsets of the characters in a box."""
        first, last = bisect_left(self._downs, top), bisect_right(self._downs, bottom)
        return {each[3] for each in self._characters[first:last] if left <= each[1] <= right}
