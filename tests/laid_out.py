"""Paragraphs and tables as a document has them: one text, and a block for each paragraph and cell."""

from __future__ import annotations

from nianbao import Block, BlockKind, Place

Rows = tuple[tuple[str, ...], ...]


def laid_out(*pieces: Rows | str) -> tuple[str, tuple[Block, ...]]:
    """Return text and blocks of tables (rows of cells) and paragraphs, in order."""
    text, blocks, tables = "", [], 0
    for piece in pieces:
        if isinstance(piece, str):
            blocks.append(Block(len(text), len(text) + len(piece), BlockKind.PARAGRAPH, Place()))
            text += piece + "\n"
            continue
        tables += 1
        for number, row in enumerate(piece, 1):
            for column, cell in enumerate(row, 1):
                place = Place(table=tables, row=number, column=column)
                blocks.append(Block(len(text), len(text) + len(cell), BlockKind.CELL, place))
                text += cell + ("\n" if column == len(row) else "\t")
    return text, tuple(blocks)


def cells(*rows: tuple[str, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return text and blocks of one table."""
    return laid_out(rows)
