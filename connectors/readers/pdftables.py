"""Reads the ruled tables of a PDF page cell by cell."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.readers.canonical import Piece, clean
from connectors.readers.grid import Cell
from connectors.readers.pdflines import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

# Cells are read a little inside their rules, so that a neighbour's characters stay out.
_INSET = 1.0

Box = tuple[float, float, float, float]
# Returns the text within left, top, right and bottom, in points from the page's upper left corner.
TextIn = Callable[[float, float, float, float], str]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table and the place that it covers.

    Args:
        rows: its cells.
        page: the page's number, from 1.
        box: left, bottom, right, top, in points from the lower left corner.
        height: of the page.
    """

    rows: list[list[Cell]]
    page: int
    box: Box
    height: float

    def holds(self, line: Line) -> bool:
        """Whether a line of text lies within the table."""
        left, bottom, right, top = self.box
        middle = (line.left + line.right) / 2
        return left <= middle <= right and bottom <= line.y * self.height <= top


def find_tables(data: bytes, page_number: int, text_page: PdfTextPage) -> list[RuledTable]:
    """Return the ruled tables of a page, from top to bottom.

    Args:
        data: the whole file.
        page_number: from 1.
        text_page: pdfium's text of the same page, which gives the cells' text.
    """
    import pdfplumber

    # It tells of every flaw that it mends; what matters becomes a note of the document.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with pdfplumber.open(io.BytesIO(data), pages=[page_number]) as document:
        page = document.pages[0]
        if page.rotation or page.bbox[0] or page.bbox[1]:
            return []
        height = float(page.height)

        def text_in(left: float, top: float, right: float, bottom: float) -> str:
            text: str = text_page.get_text_bounded(left, height - bottom, right, height - top)
            return text

        found = [ruled_table(table, page_number, height, text_in) for table in page.find_tables()]
    return [table for table in found if table is not None]


def ruled_table(table: Any, page: int, height: float, text_in: TextIn) -> RuledTable | None:
    """Read one table, or return None: a frame round running text is none.

    Args:
        table: as pdfplumber finds it (its rows, their cells' boxes, and its own).
        page: number of the page, from 1.
        height: of the page, in points.
        text_in: gives a cell's text.
    """
    reaching: dict[int, float] = {}
    rows = [_row(row, text_in, reaching) for row in table.rows]
    filled = [cell for row in rows for cell in row if cell.paragraphs]
    if len(rows) < 2 or len({cell.column for cell in filled}) < 2:
        return None
    left, top, right, bottom = table.bbox
    return RuledTable(rows, page, (left, height - bottom, right, height - top), height)


def _row(row: Any, text_in: TextIn, reaching: dict[int, float]) -> list[Cell]:
    """Read a row; `reaching` holds how far down each column's last cell goes."""
    cells: list[Cell] = []
    for column, box in enumerate(row.cells, start=1):
        if box is not None:
            left, top, right, bottom = box
            reaching[column] = bottom
            text = text_in(left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)
            cells.append(Cell(_paragraphs(text), column))
        elif reaching.get(column, 0.0) > row.bbox[1] + _INSET:
            cells.append(Cell((), column))
    return cells


def _paragraphs(text: str) -> tuple[Piece, ...]:
    """A cell's lines are one paragraph, wrapped."""
    joined = clean("".join(clean(text).split("\n")))
    return (Piece(joined),) if joined else ()


def place_tables(lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[Line | RuledTable]:
    """Put each table where its text stood among the lines of its page, and take that text out."""
    placed: list[Line | RuledTable] = []
    shown: set[int] = set()
    for line in lines:
        table = next((table for table in tables if table.holds(line)), None)
        if table is None:
            placed.append(line)
        elif id(table) not in shown:
            shown.add(id(table))
            placed.append(table)
    return placed
