"""Where a sheet of a form has its headers, its issuers and its cells to be filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nianbao.catalogue.cards import Card
from nianbao.grammar.text import fold
from nianbao.roster.reading import CODE_HEADERS, NAME_HEADERS, NO_ISSUER, SUPERIOR_HEADER
from nianbao.spreadsheets import ROWS_TO_HEADER, label
from outputs.form.headers import Headers, Meant

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_HEADER_ROWS: Final = 3
_BESIDE: Final = re.compile(
    r"序号?|编号|备注|说明|联系人|联系电话|电话|填报人|审核人|日期|级别|类别|年度?|合计|小计|总计"
)

Grid = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's places; rows and columns count from 1.

    Args:
        header_row: the lowest row of the header.
        indicators: what each column is for.
        issuers: the column that names issuers.
        superiors: the columns that name what they belong to.
        unknown: (column, header, the indicators that it may mean) of what heads a column and is not known.
        last_row: the last row that has a text.
    """

    header_row: int
    indicators: Mapping[int, Meant]
    issuers: int
    superiors: tuple[int, ...]
    unknown: tuple[tuple[int, str, tuple[Card, ...]], ...]
    last_row: int


def grid_of(sheet: Worksheet) -> Grid:
    """Return the texts of a sheet's cells; of a merged range in each of its cells."""
    grid = {
        (cell.row, cell.column): str(cell.value).strip()
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for merged in sheet.merged_cells.ranges:
        told = grid.get((merged.min_row, merged.min_col), "")
        if told:
            for row, column in merged.cells:
                grid[row, column] = told
    return grid


def find_layout(grid: Grid, headers: Headers, is_issuer: Callable[[str], bool]) -> Layout | None:
    """Return where a sheet has what, None where it names no indicator or no issuer.

    Args:
        grid: the sheet's texts.
        headers: what indicators are called.
        is_issuer: whether a name is that of an issuer who has reported.
    """
    # Cells that are coloured and empty reach to the end of the sheet in many a form.
    rows, columns = max((row for row, _ in grid), default=0), max((column for _, column in grid), default=0)
    found: tuple[int, dict[int, Meant]] | None = None
    for row in range(1, min(rows, ROWS_TO_HEADER) + 1):
        meant = {
            column: told
            for column in range(1, columns + 1)
            if isinstance(told := headers.find(_texts(grid, row, column)), Meant)
        }
        # The rows of one header tell more and more: 行政处罚 above 案件数 and 罚没金额.
        enough = 1 if found is None else len(found[1]) + (row - found[0] >= MOST_HEADER_ROWS)
        if len(meant) >= enough:
            found = row, meant
    if found is None:
        return None
    row, indicators = found
    row = _lowest(grid, row, indicators)
    others = [column for column in range(1, columns + 1) if column not in indicators]
    labels = {column: _labels(grid, row, column) for column in others}
    issuers = _issuers(grid, range(row + 1, rows + 1), labels, is_issuer)
    if issuers is None:
        return None
    superiors = tuple(c for c in others if c != issuers and _any(SUPERIOR_HEADER, labels[c]))
    left = (column for column in others if column not in (issuers, *superiors))
    unknown = tuple(
        (column, texts[0], maybe if isinstance(maybe := headers.find(texts), tuple) else ())
        for column in left
        if (texts := _texts(grid, row, column)) and not _is_beside(labels[column])
    )
    return Layout(row, indicators, issuers, superiors, unknown, rows)


def _texts(grid: Grid, row: int, column: int) -> list[str]:
    """Return what a header may be read as: all its cells from the top in one, fewer of them, its own cell."""
    cells: list[str] = []
    for above in range(max(1, row - MOST_HEADER_ROWS + 1), row + 1):
        text = grid.get((above, column), "")
        if text and text not in cells:
            cells.append(text)
    return ["".join(cells[start:]) for start in range(len(cells))] if grid.get((row, column)) else []


def _lowest(grid: Grid, row: int, indicators: Mapping[int, Meant]) -> int:
    """Return the last row of the header: a merged header cell reaches further down."""
    while any(grid.get((row + 1, column)) == grid.get((row, column), "") for column in indicators):
        row += 1
    return row


def _labels(grid: Grid, row: int, column: int) -> list[str]:
    return [label(text) for text in _texts(grid, row, column)]


def _any(pattern: re.Pattern[str], labels: Sequence[str]) -> bool:
    return any(pattern.fullmatch(each) for each in labels)


def _is_beside(labels: Sequence[str]) -> bool:
    patterns = (_BESIDE, SUPERIOR_HEADER, *CODE_HEADERS, *NAME_HEADERS)
    return any(_any(pattern, labels) for pattern in patterns)


def _issuers(
    grid: Grid, rows: range, labels: Mapping[int, Sequence[str]], is_issuer: Callable[[str], bool]
) -> int | None:
    """Return the column that names the most issuers; where none is known, the one that is headed so.

    A county stands in its column as often as it has towns, and may have reported itself: names count once,
    and of columns that are equal the one counts that is headed as issuers are.
    """

    def rank(column: int) -> tuple[int, bool, bool]:
        names = {grid.get((row, column), "") for row in rows}
        headed = any(_any(pattern, labels[column]) for pattern in NAME_HEADERS)
        return sum(map(is_issuer, names)), headed, not _any(SUPERIOR_HEADER, labels[column])

    best = max(labels, key=rank, default=None)
    return best if best is not None and any(rank(best)[:2]) else None


def rows_of_issuers(grid: Grid, layout: Layout) -> Iterator[tuple[int, str, str]]:
    """Yield the rows that name an issuer: row, name, and what it belongs to as the row tells it."""
    heading = grid.get((layout.header_row, layout.issuers), "")
    above: dict[int, str] = {}
    for row in range(layout.header_row + 1, layout.last_row + 1):
        above.update({c: told for c in layout.superiors if (told := grid.get((row, c), ""))})
        name = "".join(grid.get((row, layout.issuers), "").split())
        if name and name != heading and not name.startswith("=") and not NO_ISSUER.search(fold(name)):
            yield row, name, "".join(above.values())
