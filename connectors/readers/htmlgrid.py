"""The rows and cells of an HTML table, with the columns that they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.canonical import Piece
from connectors.readers.grid import Cell, Row

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WIDEST = 200
_GROUPS = ("tbody", "thead", "tfoot")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell's text as gathered, and how many columns and rows it covers."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table's own rows, those of tables inside it left to them."""

    raw: Sequence[Sequence[RawCell]]

    def rows(self, read: Callable[[str], Sequence[Piece]]) -> list[Row]:
        """Give each cell its column; what a merged cell covers below it is an empty cell.

        Args:
            read: turns a cell's text into its paragraphs.
        """
        rows: list[Row] = []
        covered: dict[int, int] = {}
        for cells in self.raw:
            row: list[Cell] = []
            fresh: set[int] = set()
            column = 1
            for cell in cells:
                column = _fill(row, covered, fresh, column)
                if column > _WIDEST:
                    break
                row.append(Cell(tuple(read(cell.text)), column))
                if cell.rows > 1:
                    spanned = range(column, column + cell.columns)
                    covered |= dict.fromkeys(spanned, cell.rows)
                    fresh.update(spanned)
                column += cell.columns
            _fill(row, covered, fresh, column)
            covered = {column: left - 1 for column, left in covered.items() if left > 1}
            if row:
                rows.append(row)
        return rows


def own_rows(table: LexborNode) -> tuple[str, RawTable]:
    """Return a table's caption and its own rows."""
    caption = ""
    rows: list[list[RawCell]] = []
    for child in _children(table):
        if child.tag == "caption":
            caption = child.text(deep=True)
        elif child.tag == "tr":
            rows.append(_cells(child))
    return caption, RawTable(rows)


def _children(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag in _GROUPS:
            yield from child.iter()
        else:
            yield child


def _cells(row: LexborNode) -> list[RawCell]:
    return [
        RawCell(cell.text(deep=True), *_spans(cell.attributes))
        for cell in row.iter()
        if cell.tag in ("td", "th")
    ]


def _spans(attributes: dict[str, str | None]) -> tuple[int, int]:
    return _span(attributes.get("colspan")), _span(attributes.get("rowspan"))


def _span(value: str | None) -> int:
    text = (value or "").strip()
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _fill(row: list[Cell], covered: dict[int, int], fresh: Iterable[int], column: int) -> int:
    """Add empty cells where a cell above reaches down; return the first free column."""
    while covered.get(column, 0) > 0 and column not in fresh and column <= _WIDEST:
        row.append(Cell((), column))
        column += 1
    return column
