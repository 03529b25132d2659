"""Tables of figures: headers, labels and the cells that hold a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from nianbao.grammar.text import fold
from nianbao.model import Block, BlockKind

# A number with its unit, if it has one; 2023年 is a heading.
NUMBER = regex.compile(
    r"\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(%|(?![年月日季])[^\d\s.,，]{0,3})\s*"
)
_TOTAL = regex.compile(r"(?:合|总|小)计|总数|共计")
_BRACKETED = regex.compile(r"\(([^()]{1,6})\)")
_UNIT_NOTE = regex.compile(r"单位[:：]([^\s,，;；)]{1,4})")
# A header or label is short; a cell of prose is none.
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `text[start:end]` of the canonical text; `words` is that, folded and without blanks."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A number in a table with all that names it.

    Args:
        row, column: its place in the table, counted from 0.
        cell: its cell.
        number: the numeral as written, folded.
        unit: its unit, from the cell, the header, a unit column or the table's note; empty if untold.
        header: the column's header, all levels together, without its unit.
        label: the row's label, without its unit.
        row_start: where its row begins in the canonical text.
        total: whether its row is the sum of the others.
    """

    row: int
    column: int
    cell: Cell
    number: str
    unit: str
    header: str
    label: str
    row_start: int
    total: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows; None where a merged cell's text stands elsewhere."""

    rows: tuple[tuple[Cell | None, ...], ...]
    note: str

    def figures(self) -> Iterator[TableFigure]:
        """Yield every number of the table with its header, label and unit, row by row."""
        head = self._header_rows()
        if not 0 < head < len(self.rows):
            return
        headers = [self._header(column, head) for column in range(max(len(row) for row in self.rows))]
        units = next((column for column, name in enumerate(headers) if name in ("单位", "计量单位")), None)
        note = _UNIT_NOTE.search(self.note)
        for number, row in enumerate(self.rows[head:], head):
            label_column = next((c for c, cell in enumerate(row) if cell and not _is_number(cell)), None)
            label = _words(row, label_column)
            first = next((cell.start for cell in row if cell), 0)
            for column, cell in enumerate(row):
                match = NUMBER.fullmatch(cell.words) if cell else None
                if cell is None or match is None or column == label_column:
                    continue
                header = headers[column]
                unit = (
                    match.group(2)
                    or _unit_in(header)
                    or _unit_in(label)
                    or _words(row, units)
                    or (note.group(1) if note else "")
                )
                yield TableFigure(
                    number,
                    column,
                    cell,
                    match.group(1),
                    unit,
                    _BRACKETED.sub("", header),
                    _BRACKETED.sub("", label),
                    first,
                    _TOTAL.search(label) is not None,
                )

    def _header_rows(self) -> int:
        for number, row in enumerate(self.rows):
            if any(cell and _is_number(cell) for cell in row):
                return number
        return len(self.rows)

    def _header(self, column: int, rows: int) -> str:
        """Return a column's header; a merged cell's text covers the empty ones on its right."""
        parts: list[str] = []
        for row in self.rows[:rows]:
            words = next((words for c in range(column, -1, -1) if (words := _words(row, c))), "")
            if words and len(words) <= _LONGEST_NAME and words not in parts:
                parts.append(words)
        return "".join(parts)


def find_tables(text: str, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """Return the tables of a document.

    Args:
        text: the canonical text.
        blocks: the document's blocks.
    """
    grids: dict[int, dict[tuple[int, int], Cell]] = {}
    before: dict[int, str] = {}
    last_paragraph = ""
    for block in blocks:
        place = block.place
        if block.kind is not BlockKind.CELL:
            last_paragraph = text[block.start : block.end]
        elif place.table is not None and place.row is not None and place.column is not None:
            words = "".join(fold(text[block.start : block.end]).split())
            grids.setdefault(place.table, {})[place.row, place.column] = Cell(block.start, block.end, words)
            before.setdefault(place.table, fold(last_paragraph))
    return tuple(Table(_rows(cells), before[number]) for number, cells in grids.items())


def _rows(cells: dict[tuple[int, int], Cell]) -> tuple[tuple[Cell | None, ...], ...]:
    width = max(column for _, column in cells)
    numbers = sorted({row for row, _ in cells})
    return tuple(tuple(cells.get((row, column)) for column in range(1, width + 1)) for row in numbers)


def _words(row: Sequence[Cell | None], column: int | None) -> str:
    cell = row[column] if column is not None and column < len(row) else None
    return cell.words if cell else ""


def _is_number(cell: Cell) -> bool:
    return NUMBER.fullmatch(cell.words) is not None


def _unit_in(name: str) -> str:
    found = _BRACKETED.findall(name)
    return found[-1].removeprefix("单位:") if found else ""
