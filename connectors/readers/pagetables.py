"""Tables in the flow of a file's pages: joined where they run over a page, and given out as cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from connectors.readers.canonical import Piece
from connectors.readers.grid import Cell, is_layout
from connectors.readers.pdflines import joined_text, width_of
from connectors.readers.pdftables import RowLines, RuledTable
from nianbao import BlockKind, Place

# Where on their pages, as shares of the height from below, a table ends that runs on and one begins anew.
_LOW = 0.4
_HIGH = 0.6
# How far, in points, the columns of one table may differ from page to page.
_SAME = 4.0
# How many rows a table repeats on every page at most.
_MOST_HEADERS = 4
# How many characters a wrapped cell's line has at least, and how many it may fall short.
_WRAPPED = 3.0
_SHORT = 1.1
_STOPS = tuple("。；！？;")
_FIGURE = re.compile(r"^[\d.,，%％/／—–\- ]*$")


@dataclass(slots=True)
class Table:
    """A table, the parts of it on several pages joined.

    Args:
        part: the last part of it.
        rows: of all parts; a cell's pieces know its page and box.
        pages: the page of each row.
    """

    part: RuledTable
    rows: list[list[Cell]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @classmethod
    def begun(cls, part: RuledTable) -> Table:
        """Return the table that begins with a part."""
        return cls(part, [list(row) for row in part.rows], [part.page] * len(part.rows))

    def runs_on(self, part: RuledTable) -> bool:
        """Whether a table that follows it with nothing between is its continuation."""
        if part.page != self.part.page + 1:
            return False
        is_low = self.part.box[1] < _LOW * self.part.height
        return is_low and part.box[3] > _HIGH * part.height and _are_alike(self.part, part)

    def add(self, part: RuledTable) -> None:
        """Add a continuation, its repeated header left out."""
        rows, lines = _remapped(part, self.part)
        repeated = _repeated(self.rows, rows)
        rows, lines = rows[repeated:], lines[repeated:]
        if rows and lines and self.part.lines and _is_cut(self.part, lines[0]):
            self.rows[-1] = _mended(self.rows[-1], rows[0])
            rows = rows[1:]
        self.rows += rows
        self.pages += [part.page] * len(rows)
        self.part = replace(part, lines=tuple(lines))


def _are_alike(first: RuledTable, second: RuledTable) -> bool:
    """Whether two tables have the same columns, or one has some of the other's."""
    if not first.columns or not second.columns:
        return _width(first) == _width(second)
    ours, theirs = _from_zero(first.columns), _from_zero(second.columns)
    fewer, more = sorted((ours, theirs), key=len)
    return abs(ours[-1] - theirs[-1]) <= _SAME and all(_nearest(place, more) is not None for place in fewer)


def _width(table: RuledTable) -> int:
    return max(cell.column for row in table.rows for cell in row)


def _from_zero(columns: Sequence[float]) -> list[float]:
    return [place - columns[0] for place in columns]


def _nearest(place: float, columns: Sequence[float]) -> int | None:
    """Return the index of the column that begins at a place, or None."""
    index = min(range(len(columns)), key=lambda index: abs(columns[index] - place))
    return index if abs(columns[index] - place) <= _SAME else None


def _remapped(part: RuledTable, before: RuledTable) -> tuple[list[list[Cell]], list[RowLines]]:
    """Return the rows of a part with the columns counted as in the part before, where that one has more."""
    rows, lines = [list(row) for row in part.rows], list(part.lines)
    if not before.columns or len(part.columns) >= len(before.columns):
        return rows, lines
    columns = _from_zero(before.columns)
    number = {
        index: (_nearest(place, columns) or 0) + 1
        for index, place in enumerate(_from_zero(part.columns), start=1)
    }
    return (
        [[replace(cell, column=number[cell.column]) for cell in row] for row in rows],
        [tuple((number[column], texts) for column, texts in row) for row in lines],
    )


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _repeated(rows: Sequence[Sequence[Cell]], following: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows a continuation repeats from the table's beginning."""
    most = min(_MOST_HEADERS, len(rows), len(following) - 1)
    for index in range(most):
        if _texts(rows[index]) != _texts(following[index]) or not any(_texts(rows[index])):
            return index
    return max(most, 0)


def _is_cut(part: RuledTable, following: RowLines) -> bool:
    """Whether the next row is the rest of a part's last row, cut by the end of the page.

    It surely is where no rule closes the part; else where each of its filled cells goes on with a cell that
    was wrapped at its full width, and where others that were filled above are empty.
    """
    above = {column: texts for column, texts in part.lines[-1] if any(texts)}
    below = {column: texts for column, texts in following if any(texts)}
    if not below or not below.keys() < above.keys():
        return False
    if part.is_open:
        return True
    return all(_wraps(above[column], texts) for column, texts in below.items())


def _wraps(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the text above fills its last line and goes on below."""
    widest = max(width_of(text) for text in (*above, *below))
    is_full = widest >= _WRAPPED and width_of(above[-1]) > widest - _SHORT
    return is_full and not above[-1].endswith(_STOPS) and not all(_FIGURE.match(text) for text in below)


def _mended(row: Sequence[Cell], rest: Sequence[Cell]) -> list[Cell]:
    """Return a row with the rest of it, which the next page has."""
    added = {cell.column: cell.paragraphs for cell in rest}
    return [replace(cell, paragraphs=_merged(cell.paragraphs, added.get(cell.column, ()))) for cell in row]


def _merged(above: tuple[Piece, ...], below: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if not above or not below:
        return above or below
    first, second = above[-1], below[0]
    if first.doubts or second.doubts:
        shift = len(first.text)
        doubts = (*first.doubts, *((start + shift, end + shift) for start, end in second.doubts))
        return (*above[:-1], replace(first, text=first.text + second.text, doubts=doubts), *below[1:])
    return (*above[:-1], replace(first, text=joined_text((first.text, second.text))), *below[1:])


def pieces_of(table: Table, number: int) -> Iterator[Piece]:
    """Yield a table's cells in order, or the paragraphs of one that only lays out a page."""
    if is_layout(table.rows):
        for row in table.rows:
            for cell in row:
                yield from cell.paragraphs
        return
    for index, (row, page) in enumerate(zip(table.rows, table.pages, strict=True), start=1):
        for cell in row:
            own = cell.paragraphs[0].place if cell.paragraphs else Place()
            place = Place(page=own.page or page, table=number, row=index, column=cell.column, box=own.box)
            yield Piece(cell.text, BlockKind.CELL, place, doubts=cell.doubts)
