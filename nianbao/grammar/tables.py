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
# A unit in a cell of its own, beside the number.
_LONGEST_UNIT = 3
_COUNTING = frozenset({"序号", "编号", "行次", "项次", "No.", "NO."})
# A year that heads a column; in a row of figures it is a number.
_BARE_YEAR = regex.compile(r"(?:19|20)\d\d")
# What may stand between the halves of a table that a page's end parts: its number, 续表.
_PAGE_END = regex.compile(r"[\s\d\-/第共页]*|[(]?续(?:表|上表)?[\d\-.]*[)]?")


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
        """Yield every number of the table with its header, label and unit, row by row.

        A table without a row of headers tells its figures by labels alone: each by the nearest on its left.
        """
        head = self.header_rows()
        if head == len(self.rows):
            return
        width = max(len(row) for row in self.rows)
        headers = [self._header(column, head) for column in range(width)]
        units = next((column for column, name in enumerate(headers) if name in ("单位", "计量单位")), None)
        note = _UNIT_NOTE.search(self.note)
        for number, row in enumerate(self.rows[head:], head):
            first = next((cell.start for cell in row if cell), 0)
            for column, cell in enumerate(row):
                match = NUMBER.fullmatch(cell.words) if cell else None
                label_column = _label_column(row, column, headed=head > 0)
                header = headers[column]
                if cell is None or match is None or column == label_column or header in _COUNTING:
                    continue
                beside = "" if head else _unit_beside(row, column, label_column)
                label = _words(row, label_column)
                unit = (
                    match.group(2)
                    or beside
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
                    _BRACKETED.sub("", label) if len(label) <= _LONGEST_NAME else "",
                    first,
                    _TOTAL.search(label) is not None,
                )

    def header_rows(self) -> int:
        """Return how many rows stand above the first one with a number."""
        for number, row in enumerate(self.rows):
            numbers = [cell for cell in row if cell and _is_number(cell)]
            if numbers and not (number == 0 and all(_BARE_YEAR.fullmatch(cell.words) for cell in numbers)):
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
    # Tables that go on from the one before, but for a page's end.
    follows: set[int] = set()
    last_paragraph, parted = "", True
    for block in blocks:
        place = block.place
        if block.kind is not BlockKind.CELL:
            last_paragraph = text[block.start : block.end]
            parted = parted or _PAGE_END.fullmatch(fold(last_paragraph)) is None
        elif place.table is not None and place.row is not None and place.column is not None:
            words = "".join(fold(text[block.start : block.end]).split())
            if place.table not in grids:
                before[place.table] = fold(last_paragraph)
                if not parted:
                    follows.add(place.table)
            grids.setdefault(place.table, {})[place.row, place.column] = Cell(block.start, block.end, words)
            parted = False
    tables: list[Table] = []
    for number, cells in grids.items():
        table = Table(_rows(cells), before[number])
        if number in follows and tables and (whole := _joined(tables[-1], table)) is not None:
            tables[-1] = whole
        else:
            tables.append(table)
    return tuple(tables)


def _joined(one: Table, other: Table) -> Table | None:
    """Return two tables as one where the second, as wide, is headed like the first or not at all."""
    if max(map(len, one.rows)) != max(map(len, other.rows)):
        return None
    head = one.header_rows()
    if not 0 < head < len(one.rows):
        return None
    if not other.header_rows():
        return Table((*one.rows, *other.rows), one.note)
    same = [[_words(row, c) for c in range(len(row))] for row in one.rows[:head]]
    again = [[_words(row, c) for c in range(len(row))] for row in other.rows[:head]]
    return Table((*one.rows, *other.rows[head:]), one.note) if same == again else None


def _label_column(row: Sequence[Cell | None], column: int, *, headed: bool) -> int | None:
    """Return where the label of a figure stands: the row's first, or the nearest where nothing heads the row.

    Without headers, a number with no label on its left is taken for the row's own: 1 | 行政处罚案件 | 18.
    """
    if headed:
        return next((c for c, cell in enumerate(row) if cell and not _is_number(cell)), None)
    texts = [c for c in range(column) if (cell := row[c]) and not _is_number(cell)]
    if not texts:
        return column
    if len(texts) > 1 and texts[-1] == column - 1 and len(_words(row, texts[-1])) <= _LONGEST_UNIT:
        return texts[-2]
    return texts[-1]


def _unit_beside(row: Sequence[Cell | None], column: int, label: int | None) -> str:
    """Return the unit that stands between a label and its number: 行政处罚案件 | 件 | 18."""
    return _words(row, column - 1) if label is not None and 0 <= label < column - 1 else ""


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
