"""Lays the recognised strips of a page out as its lines and tables, in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from connectors.readers.canonical import Piece
from connectors.readers.grid import Cell
from connectors.readers.pdflines import Line
from connectors.readers.pdftables import RowLines, RuledTable
from connectors.readers.recognition import FIGURES, Sheet, Strip
from connectors.readers.rules import Box, Grid
from connectors.readers.scantext import Reading, mend, reading_of
from nianbao import Place

# Strips of one line share this much of the lower one's height.
_SAME_LINE = 0.5
# A gap as wide as this share of a character parts words; a narrower one cuts a word in two.
_PARTING = 0.9
_UNSURE_JOIN = 0.3
# What is read with less than this is a blot; figures in a line of text stay, and are doubtful.
_READABLE = 0.5
# Full-width marks fill half of their place with ink.
_OPENING = "（“《‘〔【"
_CLOSING = "，。；：、）”》’？！〕】"
_MARK_MARGIN = 0.5
# How much wider than high two pages side by side are at least, and how many lines each has.
_SPREAD = 1.2
_FEWEST_LINES = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """Strips that stand side by side."""

    strips: tuple[Strip, ...]

    @property
    def box(self) -> Box:
        """Return the box round all of them."""
        return _around([strip.box for strip in self.strips])


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def page_items(sheet: Sheet, number: int, width: float, height: float) -> list[Line | RuledTable]:
    """Return the lines and tables of a page in reading order.

    Args:
        sheet: what was recognised.
        number: of the page, from 1.
        width, height: of the page in points, as it lies in the file.
    """
    if sheet.turned % 2:
        width, height = height, width
    scale = width / sheet.width
    strips = [strip for strip in sheet.strips if _is_readable(strip)]
    inside: dict[Box, list[Strip]] = {}
    tables: list[Grid] = []
    for grid in sheet.grids:
        held = {cell: [strip for strip in strips if _lies_in(strip.box, cell)] for cell in grid.cells}
        if _is_table(grid, held):
            tables.append(grid)
            inside |= held
    taken = {id(strip) for held in inside.values() for strip in held}
    free = [strip for strip in strips if id(strip) not in taken]
    items: list[Line | RuledTable] = []
    for left, right in _sides(sheet, free):
        rows = _rows([strip for strip in free if left <= _middle(strip.box) < right])
        lines = _broken_marked([_line(row, number, scale, height) for row in rows])
        side: list[tuple[float, Line | RuledTable]] = [(line.top, line) for line in lines]
        side += [
            (grid.box[1] * scale, _table(grid, inside, number, scale, height))
            for grid in tables
            if left <= _middle(grid.box) < right
        ]
        items += [item for _, item in sorted(side, key=lambda row: row[0])]
    return items


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _sides(sheet: Sheet, strips: Sequence[Strip]) -> list[tuple[float, float]]:
    """Return from where to where a page goes: two pages scanned side by side are read one after the other."""
    whole = [(0.0, float(sheet.width + 1))]
    if sheet.width < _SPREAD * sheet.height or any(
        _crosses(grid.box, sheet.width / 2) for grid in sheet.grids
    ):
        return whole
    for share in (0.5, 0.48, 0.52, 0.46, 0.54):
        gutter = share * sheet.width
        left = sum(strip.box[2] <= gutter for strip in strips)
        right = sum(strip.box[0] >= gutter for strip in strips)
        if left + right == len(strips) and min(left, right) >= _FEWEST_LINES:
            return [(0.0, gutter), (gutter, whole[0][1])]
    return whole


def _crosses(box: Box, place: float) -> bool:
    return box[0] < place < box[2]


def _broken_marked(lines: Sequence[Line]) -> list[Line]:
    """Mark a figure that is broken over two lines: at the break a point or a digit is easily overlooked."""
    marked = list(lines)
    for index, (line, following) in enumerate(pairwise(lines)):
        if line.text[-1:].isdigit() and following.text[:1].isdigit():
            end = len(line.text)
            marked[index] = replace(marked[index], doubts=(*marked[index].doubts, (end - 1, end)))
            marked[index + 1] = replace(following, doubts=((0, 1), *following.doubts))
    return marked


def _is_readable(strip: Strip) -> bool:
    sure = fmean(glyph.sure for glyph in strip.glyphs)
    return sure >= _READABLE or any(
        glyph.text in FIGURES for glyph in strip.glyphs if glyph.sure >= _READABLE
    )


def _lies_in(box: Box, cell: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] <= across <= cell[2] and cell[1] <= down <= cell[3]


def _is_table(grid: Grid, held: dict[Box, list[Strip]]) -> bool:
    """A frame round running text is none: a table has two rows, and text in two columns."""
    rows = grid.rows()
    filled = {column for row in rows for column, cell in row if cell is not None and held[cell]}
    return len(rows) >= 2 and len(filled) >= 2


def _rows(strips: Iterable[Strip]) -> list[_Row]:
    """Return the strips line by line from top to bottom, each from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda strip: strip.box[1] + strip.box[3]):
        row = next((row for row in rows[-3:] if _is_beside(row, strip)), None)
        if row is None:
            rows.append([strip])
        else:
            row.append(strip)
    return [_Row(tuple(sorted(row, key=lambda strip: strip.box[0]))) for row in rows]


def _is_beside(row: Sequence[Strip], strip: Strip) -> bool:
    """Whether a strip stands at the height of a row, and over none of its strips."""
    for other in row:
        shared = min(strip.box[3], other.box[3]) - max(strip.box[1], other.box[1])
        lower = min(strip.box[3] - strip.box[1], other.box[3] - other.box[1])
        over = min(strip.box[2], other.box[2]) - max(strip.box[0], other.box[0])
        if shared < _SAME_LINE * lower or over > _SAME_LINE * (strip.box[2] - strip.box[0]):
            return False
    return True


def _joined(row: _Row) -> Reading:
    """Return the text of a row; a figure cut into two strips is one again."""
    whole = Reading("", [])
    end = 0
    for strip in row.strips:
        reading = mend(reading_of(strip.glyphs, strip.looks))
        gap = (strip.box[0] - end) / max(strip.box[3] - strip.box[1], 1)
        if whole.text and gap >= _PARTING:
            whole.text, whole.doubtful = whole.text + " ", [*whole.doubtful, False]
        elif whole.text and gap >= _UNSURE_JOIN and whole.text[-1] in FIGURES and reading.text[:1] in FIGURES:
            whole.doubtful[-1] = reading.doubtful[0] = True
        whole.text += reading.text
        whole.doubtful += reading.doubtful
        end = strip.box[2]
    return whole


def _line(row: _Row, number: int, scale: float, height: float) -> Line:
    reading = _joined(row)
    left, top, right, bottom = _scaled(row.box, scale)
    character = bottom - top
    left -= _MARK_MARGIN * character if reading.text.startswith(tuple(_OPENING)) else 0.0
    right += _MARK_MARGIN * character if reading.text.endswith(tuple(_CLOSING)) else 0.0
    middle = 1 - (top + bottom) / 2 / height
    return Line(reading.text, number, left, right, middle, top, bottom, reading.spans())


def _table(
    grid: Grid, inside: dict[Box, list[Strip]], number: int, scale: float, height: float
) -> RuledTable:
    cells: list[list[Cell]] = []
    lines: list[RowLines] = []
    for row in grid.rows():
        read = [(column, _cell_lines(inside[cell]) if cell is not None else ()) for column, cell in row]
        cells.append([Cell(_paragraphs(found, number, scale), column) for column, found in read])
        lines.append(tuple((column, tuple(text.text for text, _ in found)) for column, found in read))
    left, top, right, bottom = _scaled(grid.box, scale)
    columns = tuple(edge * scale for edge in grid.columns())
    box = (left, height - bottom, right, height - top)
    return RuledTable(cells, number, box, height, columns, tuple(lines))


def _scaled(box: Box, scale: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(value * scale, 1) for value in box)
    return left, top, right, bottom


def _cell_lines(strips: Sequence[Strip]) -> tuple[tuple[Reading, Box], ...]:
    return tuple((_joined(row), row.box) for row in _rows(strips))


def _paragraphs(lines: Sequence[tuple[Reading, Box]], number: int, scale: float) -> tuple[Piece, ...]:
    """A cell's lines are one paragraph, wrapped."""
    whole = Reading("", [])
    for reading, _ in lines:
        whole.text += reading.text
        whole.doubtful += reading.doubtful
    if not whole.text:
        return ()
    place = Place(page=number, box=_scaled(_around([box for _, box in lines]), scale))
    return (Piece(whole.text, place=place, doubts=whole.spans()),)
