"""Walks the body of a Word document: paragraphs with their numbers, tables, boxes, content controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.canonical import Piece, clean
from connectors.readers.grid import Cell, is_layout, table_pieces
from connectors.readers.inline import Inline
from connectors.readers.numbering import VAL, Numbering, W, integer_of, is_on, value_of
from connectors.readers.styles import Styles, outline_to_level
from nianbao import BlockKind, Place

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What only wraps blocks, rows or cells.
_WRAPPERS = frozenset(
    {
        f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo", f"{W}sdtContent", f"{W}dir", f"{W}bdo",
        f"{_MC}AlternateContent", f"{_MC}Choice",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Format:
    """What a paragraph's properties say."""

    style: str | None
    list_id: str | None
    index: int
    outline: int | None
    mark_hidden: bool
    mark_deleted: bool


class Body:
    """Reads the blocks of a body in order.

    Args:
        styles: the document's styles.
        numbering: its lists, which count as they are read.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.inline = Inline(styles)
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._carried = ""

    def pieces(self, body: _Element) -> Iterator[Piece]:
        """Yield the paragraphs and cells of the body (or of a cell or box)."""
        for block in self._unwrapped(body):
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)

    def notes(self) -> Iterator[str]:
        """Yield what was left out or resolved, in Chinese."""
        if self.inline.revised:
            yield "文件里有修订记录，按接受全部修订后的内容读取"
        if self.inline.notes:
            yield f"脚注和尾注没有收入正文（{self.inline.notes} 处）"
        if self.inline.contents:
            yield "目录没有收入正文"
        if self.inline.dates:
            yield "随打开日期变化的日期没有收入正文"

    def _unwrapped(self, parent: _Element) -> Iterator[_Element]:
        """Yield the children, those inside wrappers and content controls included."""
        for child in parent:
            if child.tag == f"{W}sdt":
                if self._is_contents(child):
                    self.inline.contents = True
                else:
                    yield from self._unwrapped(child)
            elif child.tag in _WRAPPERS:
                yield from self._unwrapped(child)
            else:
                yield child

    def _is_contents(self, control: _Element) -> bool:
        part = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return part is not None and part.get(VAL) == "Table of Contents"

    def _paragraph(self, element: _Element) -> Iterator[Piece]:
        self._paragraphs += 1
        number = self._paragraphs
        layout = self._format(element)
        text = "" if self._styles.is_hidden(layout.style) else self.inline.text(element)
        boxes = self.inline.boxes
        if layout.mark_deleted:
            # With its mark gone the paragraph runs on into the next one, whose format holds.
            self._carried += text
        else:
            text, self._carried = self._carried + text, ""
            visible = clean(text)
            if layout.list_id is not None and (visible or not layout.mark_hidden):
                text = self._numbered(layout, visible)
            level = outline_to_level(layout.outline)
            yield Piece(text if visible else "", place=Place(paragraph=number), level=level)
        for box in boxes:
            yield from self.pieces(box)

    def _numbered(self, layout: _Format, text: str) -> str:
        label, suffix = self._numbering.label(layout.list_id or "", layout.index)
        return join_label(clean(label), suffix, text)

    def _format(self, paragraph: _Element) -> _Format:
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties, "pStyle") or self._styles.default
        if properties is None:
            list_id, index = self._list(style, None)
            return _Format(style, list_id, index, self._styles.outline(style), False, False)
        list_id, index = self._list(style, properties.find(f"{W}numPr"))
        outline = integer_of(properties, "outlineLvl")
        mark = properties.find(f"{W}rPr")
        return _Format(
            style,
            list_id,
            index,
            self._styles.outline(style) if outline is None else outline,
            is_on(mark, "vanish"),
            mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None),
        )

    def _list(self, style: str | None, direct: _Element | None) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, else its style's, else none."""
        list_id, index = value_of(direct, "numId"), integer_of(direct, "ilvl")
        chain = self._styles.chain(style)
        if list_id is None:
            list_id = next((link.list_id for link in chain if link.list_id is not None), None)
        if list_id in (None, "0"):
            return None, 0
        if index is None:
            bound = (self._numbering.level_of_style(str(list_id), link.name) for link in chain)
            index = next((level for level in bound if level is not None), None)
        if index is None and direct is None:
            index = next((link.index for link in chain if link.index is not None), None)
        return list_id, index or 0

    def _table(self, table: _Element) -> Iterator[Piece]:
        rows = [
            self._row(row) for row in self._unwrapped(table) if row.tag == f"{W}tr" and not _is_deleted(row)
        ]
        rows = [row for row in rows if row]
        if not is_layout(rows):
            self._tables += 1
        yield from table_pieces(rows, self._tables)

    def _row(self, row: _Element) -> list[Cell]:
        cells: list[Cell] = []
        column = 1 + (integer_of(row.find(f"{W}trPr"), "gridBefore") or 0)
        for element in self._unwrapped(row):
            if element.tag != f"{W}tc":
                continue
            properties = element.find(f"{W}tcPr")
            if not _continues(properties, "hMerge"):
                pieces = () if _continues(properties, "vMerge") else tuple(flattened(self.pieces(element)))
                cells.append(Cell(pieces, column))
            column += max(integer_of(properties, "gridSpan") or 1, 1)
        return cells


def join_label(label: str, suffix: str, text: str) -> str:
    """Put a label before its paragraph as a typist would.

    A blank parts them only between Latin letters or digits, and after a label such as 第一章; none follows
    、 or ）, nor `1.` before Han.
    """
    if not label or not text or suffix == "nothing":
        return label + text
    ends_in_word = "\u4e00" <= label[-1] <= "\u9fff"
    both_ascii = label[-1].isascii() and text[0].isascii() and text[0].isalnum()
    return f"{label} {text}" if ends_in_word or both_ascii else label + text


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


def _continues(properties: _Element | None, name: str) -> bool:
    """Whether a cell goes on with the merged cell above it or before it."""
    merged = properties.find(f"{W}{name}") if properties is not None else None
    return merged is not None and merged.get(VAL, "continue") == "continue"


def _is_deleted(row: _Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None
