"""Tables as readers find them, laid out as cells; layout tables are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from connectors.readers.canonical import Piece
from nianbao import BlockKind, Place

# A cell that holds this much text in several paragraphs holds a body, not a value.
BODY_CHARACTERS = 300
BODY_PARAGRAPHS = 3

_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and the first grid column that it covers (from 1)."""

    paragraphs: tuple[Piece, ...]
    column: int

    @property
    def text(self) -> str:
        """The whole text of the cell, its paragraphs parted by a blank."""
        return " ".join(piece.text for piece in self.paragraphs)

    @property
    def doubts(self) -> tuple[tuple[int, int], ...]:
        """The spans of the text that were not surely recognised."""
        spans: list[tuple[int, int]] = []
        offset = 0
        for piece in self.paragraphs:
            spans += [(start + offset, end + offset) for start, end in piece.doubts]
            offset += len(piece.text) + 1
        return tuple(spans)


Row = Sequence[Cell]


def is_layout(rows: Sequence[Row]) -> bool:
    """Whether a table only lays out a page: it has a single column, or one of its cells holds a body."""
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1:
        return True
    return max(len(row) for row in rows) == 1 or any(_holds_body(cell) for cell in cells)


def _holds_body(cell: Cell) -> bool:
    """Whether a cell has several paragraphs and is long, or has first-level headings."""
    texts = [piece.text.strip() for piece in cell.paragraphs]
    if len(texts) < BODY_PARAGRAPHS:
        return False
    return sum(map(len, texts)) >= BODY_CHARACTERS or any(_HEADING.match(text) for text in texts)


def table_pieces(rows: Sequence[Row], number: int, page: int | None = None) -> Iterator[Piece]:
    """Yield a table's cells in order, or the paragraphs of a layout table.

    Args:
        rows: the table.
        number: its number in the document, from 1.
        page: the page that it stands on.
    """
    if is_layout(rows):
        for row in rows:
            for cell in row:
                yield from cell.paragraphs
        return
    for index, row in enumerate(rows, start=1):
        for cell in row:
            place = Place(page=page, table=number, row=index, column=cell.column)
            yield Piece(cell.text, BlockKind.CELL, place, doubts=cell.doubts)


def flattened(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Turn the cells of a nested table into paragraphs, a row each; leave out what is empty."""
    row: list[Piece] = []
    for piece in (*pieces, None):
        if row and (piece is None or piece.kind is not BlockKind.CELL or piece.place.row != row[0].place.row):
            yield Piece(" ".join(cell.text for cell in row if cell.text))
            row = []
        if piece is not None and piece.kind is BlockKind.CELL:
            row.append(piece)
        elif piece is not None and piece.text:
            yield piece


def text_tables(lines: Sequence[str]) -> dict[int, list[Piece]]:
    """Find the tables of a plain text: two or more lines that tabs or bars cut into as many cells.

    Returns:
        For each line that belongs to a table, its cells (none for the rule below a head).
    """
    found: dict[int, list[Piece]] = {}
    number = 0
    index = 0
    while index < len(lines):
        end = index
        rows: list[tuple[int, list[str]]] = []
        while end < len(lines) and (cells := _cells(lines[end])) is not None:
            if cells and rows and len(cells) != len(rows[0][1]):
                break
            rows += [(end, cells)] if cells else []
            end += 1
        if len(rows) >= 2:
            number += 1
            found |= {line: [] for line in range(index, end)}
            for row, (line, cells) in enumerate(rows, start=1):
                found[line] = [
                    Piece(text, BlockKind.CELL, Place(table=number, row=row, column=column))
                    for column, text in enumerate(cells, start=1)
                ]
        index = max(end, index + 1)
    return found


def _cells(line: str) -> list[str] | None:
    """Return the cells of a line, nothing for a rule, None where the line is no row."""
    text = line.strip(" \u3000")
    if text.startswith("|") and text.endswith("|") and text.count("|") > 2:
        return [] if _RULE.match(text) else [cell.strip() for cell in text[1:-1].split("|")]
    # As converters write the rows of a page's table.
    cells = [cell.strip() for cell in text.split(" | ")] if " | " in text else line.strip().split("\t")
    return cells if len(cells) > 1 and all(len(cell) < BODY_CHARACTERS for cell in cells) else None
