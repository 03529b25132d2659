"""Walks the body of a Word document: paragraphs with their numbers, tables, boxes, content controls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.canonical import Piece, clean
from connectors.readers.grid import Cell, flattened, is_layout, table_pieces
from connectors.readers.inline import (
    DELETIONS,
    ENDNOTE,
    FONTS,
    FOOTNOTE,
    RAISED,
    VANISH,
    Inline,
    alternative,
    is_placeholder,
)
from connectors.readers.numbering import VAL, Count, Numbering, W, integer_of, is_on
from connectors.readers.styles import Styles
from connectors.readers.wordformat import Layout, Layouts, join_label
from nianbao import Place

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_PARAGRAPH, _TABLE, _CONTROL = f"{W}p", f"{W}tbl", f"{W}sdt"
_RUN_ON = f"{W}specVanish"
_REVISIONS = frozenset({*DELETIONS, f"{W}ins", f"{W}moveTo"})
_CHUNKS = frozenset({f"{W}altChunk", f"{W}subDoc"})
# What only wraps blocks, rows or cells.
_WRAPPERS = frozenset(
    {
        f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo", f"{W}sdtContent", f"{W}dir", f"{W}bdo",
    }
)  # fmt: skip
_NOTES = {FOOTNOTE: "脚注", ENDNOTE: "尾注"}


@dataclass(frozen=True, slots=True)
class Foreign:
    """Reads what stands in other parts; each of them is given an element that refers to one.

    Args:
        chunk: the pieces of an embedded document, or None where they can't be read.
        diagram: the lines of a diagram.
    """

    chunk: Callable[[_Element], Iterable[Piece] | None] = lambda _: None
    diagram: Callable[[_Element], Iterable[str]] = lambda _: ()


class Body:
    """Reads the blocks of a body in order.

    Args:
        content: the body.
        styles: the document's styles.
        numbering: its lists.
        foreign: reads what stands in other parts.
        spans: whether a field that is left out may reach over several paragraphs.
        private: whether there may be characters of symbol fonts in the text.
    """

    def __init__(
        self,
        content: _Element,
        styles: Styles,
        numbering: Numbering,
        foreign: Foreign,
        *,
        spans: bool = True,
        private: bool = True,
    ) -> None:
        self._content = content
        self._numbering = numbering
        self._foreign = foreign
        found = {element.tag for element in content.iter(VANISH, _RUN_ON, RAISED, *_REVISIONS)}
        formats = found & {VANISH, RAISED} | ({VANISH} if styles.hide_text else set())
        formats |= {FONTS} if private else set()
        self.inline = Inline(styles, frozenset(formats), spans)
        self._revised = not found.isdisjoint(_REVISIONS)
        self._layouts = Layouts(styles, numbering, not found.isdisjoint({VANISH, _RUN_ON, *DELETIONS}))
        self._count = Count(numbering)
        self._box_count = Count(numbering)
        # Where the text stands in the file: paragraphs by their number, and those of a cell by its place.
        self.elements: list[_Element | None] = []
        self.cells: dict[tuple[int, int, int], Sequence[_Element | None]] = {}
        self._tables = 0
        self._cells = 0
        self._left_out = 0
        self._without_lists = False
        # What runs on into the next paragraph: after its number (the mark is deleted), or before (hidden).
        self._carried = ""
        self._begun = ""
        self._begun_level: int | None = None

    def pieces(self) -> Iterator[Piece]:
        """Yield the paragraphs and cells of the body."""
        return self._blocks(self._content)

    def refers(self, reference: str) -> bool:
        """Whether what was read refers to notes of a kind."""
        return any(tag == reference for tag, _ in self.inline.references)

    def notes(self, root: _Element | None, reference: str) -> Iterator[Piece]:
        """Yield the paragraphs of the footnotes or endnotes that the body refers to, in that order.

        Args:
            root: the part that holds them.
            reference: what refers to them, `FOOTNOTE` or `ENDNOTE`.
        """
        if root is None:
            return
        place = Place(path=_NOTES[reference])
        elements = {element.get(f"{W}id", ""): element for element in root}
        self._count = Count(self._numbering)
        for tag, name in tuple(self.inline.references):
            if tag == reference and name in elements:
                for piece in flattened(self._blocks(elements[name])):
                    yield Piece(piece.text, place=place)

    def remarks(self) -> Iterator[str]:
        """Yield what was left out or resolved, in Chinese."""
        if self._revised:
            yield "文件里有修订记录，按接受全部修订后的内容读取"
        if self.inline.fields.contents:
            yield "目录没有收入正文"
        if self._without_lists:
            yield "文件缺少自动编号的定义，这些段落的编号没有恢复"
        if self._left_out:
            yield "文件里嵌入的其他文档没有收入正文"
        if self.inline.objects:
            yield f"图表和嵌入的对象没有收入正文（{self.inline.objects} 处）"

    def _blocks(self, parent: _Element) -> Iterator[Piece]:
        """Yield the paragraphs and cells of the body, a cell, a box or a note."""
        for block in self._unwrapped(parent):
            tag = block.tag
            if tag == _PARAGRAPH:
                yield from self._paragraph(block)
            elif tag == _TABLE:
                yield from self._rest()
                yield from self._table(block)
            elif tag in _CHUNKS:
                yield from self._chunk(block)
        yield from self._rest()

    def _unwrapped(self, parent: _Element) -> Iterator[_Element]:
        """Yield the children, those inside wrappers and content controls included."""
        for child in parent:
            tag = child.tag
            if tag == _PARAGRAPH:
                yield child
            elif tag == _CONTROL:
                if is_contents(child):
                    self.inline.fields.contents = True
                elif not is_placeholder(child):
                    yield from self._unwrapped(child)
            elif tag in _WRAPPERS:
                yield from self._unwrapped(child)
            elif tag == _ALTERNATIVES:
                chosen = alternative(child)
                if chosen is not None:
                    yield from self._unwrapped(chosen)
            else:
                yield child

    def _paragraph(self, element: _Element) -> Iterator[Piece]:
        self.elements.append(element)
        layout = self._layouts.of(element)
        text = "" if layout.hides else self.inline.text(element)
        boxes = () if layout.hides else self.inline.boxes
        if layout.mark_deleted:
            # With its mark gone the paragraph runs on into the next one, whose format holds.
            self._carried += text
        else:
            text, self._carried = self._numbered(layout, self._carried + text), ""
            if layout.runs_on:
                self._begun_level = self._begun_level if self._begun else layout.level
                self._begun += text
            else:
                level = self._begun_level if self._begun else layout.level
                yield Piece(self._begun + text, place=Place(paragraph=len(self.elements)), level=level)
                self._begun = ""
        for box in boxes:
            yield from self._box(box)

    def _numbered(self, layout: Layout, text: str) -> str:
        """Put its number before a paragraph; an empty one counts, and shows it in a table alone."""
        if layout.list_id is None:
            return text
        visible = clean(text)
        if not visible and layout.is_hidden:
            return ""
        label, suffix = self._count.label(layout.list_id, layout.index)
        if not label and self._numbering.is_missing:
            self._without_lists = True
        return join_label(clean(label), suffix, visible) if visible or self._cells else ""

    def _rest(self) -> Iterator[Piece]:
        """Yield what was to run on into a paragraph that does not come."""
        text, level = self._begun + self._carried, self._begun_level if self._begun else None
        self._begun = self._carried = ""
        if text:
            yield Piece(text, place=Place(paragraph=len(self.elements)), level=level)

    def _box(self, box: _Element | str) -> Iterator[Piece]:
        """Yield what a box holds; its lists count apart from those of the body."""
        if isinstance(box, str):
            yield Piece(box)
        elif box.tag == f"{W}txbxContent":
            held = self._carried, self._begun, self._begun_level
            self._carried = self._begun = ""
            self._count, self._box_count = self._box_count, self._count
            yield from self._blocks(box)
            self._count, self._box_count = self._box_count, self._count
            self._carried, self._begun, self._begun_level = held
        else:
            yield from map(Piece, self._foreign.diagram(box))

    def _chunk(self, element: _Element) -> Iterator[Piece]:
        pieces = self._foreign.chunk(element)
        if pieces is None:
            self._left_out += 1
            return
        tables: dict[int, int] = {}
        for piece in pieces:
            if piece.place.table is None:
                self.elements.append(None)
                yield Piece(piece.text, place=Place(paragraph=len(self.elements)), level=piece.level)
            else:
                if piece.place.table not in tables:
                    self._tables += 1
                number = tables.setdefault(piece.place.table, self._tables)
                place = Place(table=number, row=piece.place.row, column=piece.place.column)
                yield Piece(piece.text, piece.kind, place)

    def _table(self, table: _Element) -> Iterator[Piece]:
        spans: list[list[tuple[int, int, int]]] = []
        rows: list[list[Cell]] = []
        for row in self._unwrapped(table):
            held: list[tuple[int, int, int]] = []
            if row.tag == f"{W}tr" and not _is_left_out(row) and (cells := self._row(row, held)):
                rows.append(cells)
                spans.append(held)
        if not is_layout(rows):
            self._tables += 1
            for number, held in enumerate(spans, start=1):
                for column, first, last in held:
                    self.cells[self._tables, number, column] = self.elements[first:last]
        yield from table_pieces(rows, self._tables)

    def _row(self, row: _Element, held: list[tuple[int, int, int]]) -> list[Cell]:
        """Return the cells of a row; add to `held` for each its column and the paragraphs that it holds."""
        cells: list[Cell] = []
        column = 1 + (integer_of(row.find(f"{W}trPr"), "gridBefore") or 0)
        for element in self._unwrapped(row):
            properties = element.find(f"{W}tcPr")
            if element.tag != f"{W}tc" or (
                properties is not None and properties.find(f"{W}cellDel") is not None
            ):
                continue
            if not _continues(properties, "hMerge"):
                self._cells += 1
                first = len(self.elements)
                pieces = () if _continues(properties, "vMerge") else tuple(flattened(self._blocks(element)))
                self._cells -= 1
                cells.append(Cell(pieces, column))
                held.append((column, first, len(self.elements)))
            column += max(integer_of(properties, "gridSpan") or 1, 1)
        return cells


def is_contents(control: _Element) -> bool:
    """Whether a content control holds a table of contents."""
    part = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return part is not None and part.get(VAL) == "Table of Contents"


def _continues(properties: _Element | None, name: str) -> bool:
    """Whether a cell goes on with the merged cell above it or before it."""
    merged = properties.find(f"{W}{name}") if properties is not None else None
    return merged is not None and merged.get(VAL, "continue") == "continue"


def _is_left_out(row: _Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and (properties.find(f"{W}del") is not None or is_on(properties, "hidden"))
