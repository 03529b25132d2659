"""The one canonical text of a document, and where each piece of it stands in the original."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from nianbao.model.filing import Fact, FactName


class BlockKind(StrEnum):
    """What a run of the text is in the original."""

    PARAGRAPH = "paragraph"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the original; only what applies is set, all counts from 1.

    Args:
        paragraph: number of the paragraph in the body (of the line, in plain text).
        page: page number.
        table: number of the table in the document; `row` and `column` within it.
        path: a CSS path or part name.
        box: left, top, right and bottom on its page, in points from the page's upper left corner.
    """

    paragraph: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    path: str | None = None
    box: tuple[float, float, float, float] | None = None

    def describe(self) -> str:
        """Return the place as a Chinese reader would say it: the path only where nothing else is known."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.table is not None:
            parts.append(f"表{self.table}")
        if self.row is not None:
            parts.append(f"第{self.row}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        return "".join(parts) or self.path or ""


class Block(NamedTuple):
    """A paragraph or table cell: `text[start:end]` of its document.

    A tuple, because a document has thousands: it is made in a third of the time of a frozen dataclass.

    Args:
        start: offset of its first character.
        end: offset past its last character.
        kind: paragraph or cell.
        place: where it stands in the original.
        level: the outline level that the original's style gives it (1 is the highest), if any.
        doubts: spans of the text within the block that were recognised from a picture, and not surely.
    """

    start: int
    end: int
    kind: BlockKind
    place: Place
    level: int | None = None
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document read once; its text is never changed.

    Paragraphs are parted by one newline; the cells of a table row by a tab, its rows by a newline.

    Args:
        name: the file as the user knows it.
        sha256: of the file's bytes.
        reader: the name of the reader that read it.
        text: the canonical text; all offsets count in its characters.
        blocks: its paragraphs and cells, in order, not overlapping.
        facts: what the original says outside its body, and what the source said.
        notes: what the reader had to repair or leave out, one Chinese line each.
    """

    name: str
    sha256: str
    reader: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()

    def fact(self, name: FactName) -> str | None:
        """Return the value of the first fact of this name, or None."""
        return next((fact.value for fact in self.facts if fact.name is name), None)

    @property
    def doubts(self) -> tuple[tuple[int, int], ...]:
        """The spans that were not surely recognised, in order."""
        return tuple(span for block in self.blocks for span in block.doubts)

    def block_of(self, offset: int) -> Block | None:
        """Return the block that holds `offset`, or None between blocks."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.blocks) and self.blocks[low].start <= offset:
            return self.blocks[low]
        return None

    def place_of(self, offset: int) -> Place:
        """Return the place of the block that holds `offset` (an empty place between blocks)."""
        block = self.block_of(offset)
        return Place() if block is None else block.place
