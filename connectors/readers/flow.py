"""Flattens an HTML tree into paragraphs and table cells, in one pass without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.canonical import Piece
from connectors.readers.grid import Cell, is_layout, table_pieces
from connectors.readers.labels import thousands, write_number
from nianbao import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# They stand among the pieces where the chosen container begins and ends.
BEGIN = Piece("begin")
END = Piece("end")

_SKIPPED = frozenset(
    {
        "head", "script", "style", "noscript", "template", "iframe", "svg", "object", "select", "option",
        "button", "input", "textarea", "audio", "video", "canvas", "map", "rt", "rp", "-comment",
        "!doctype",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "ruby", "s", "samp", "small",
        "span", "st1:chsdate", "st1:date", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr", "ucapcontent", "ucaptitle", "img",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HAN_LIST = re.compile(r"cjk-ideographic|chinese-informal|trad-chinese|simp-chinese|cjk-decimal", re.I)
_NO_LIST = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
_LABELLED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|第[一二三四五六七八九十\d]+)")
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WIDEST = 200


@dataclass(slots=True)
class _Table:
    """An open table: finished rows of (paragraphs, columns covered, rows covered)."""

    rows: list[list[tuple[list[Piece], int, int]]] = field(default_factory=list)
    sink: list[Piece] | None = None


@dataclass(slots=True)
class _OrderedList:
    number: int
    style: str


class Flow:
    """The flattened page so far.

    Args:
        container: the memory id of the element whose start and end are marked, or None.
    """

    def __init__(self, container: int | None = None) -> None:
        self.pieces: list[Piece] = []
        self._container = container
        self._buffer: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[_OrderedList | None] = []
        self._label = ""
        self._level: int | None = None
        self._number = 0

    def run(self, root: LexborNode) -> list[Piece]:
        """Flatten a subtree."""
        node: LexborNode | None = root
        while node is not None:
            following = self._enter(node)
            if following is not None:
                node = following
                continue
            while node is not None:
                self._leave(node)
                if node.mem_id == root.mem_id:
                    node = None
                elif node.next is not None:
                    node = node.next
                    break
                else:
                    node = node.parent
        self._flush()
        while self._tables:
            self._close_table()
        return self.pieces

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Take in a node's start; return its first child, or None where there is nothing to go into."""
        tag = node.tag or ""
        if tag == "-text":
            self._buffer.append(_BLANKS.sub(" ", node.text_content or ""))
            return None
        if tag in _SKIPPED:
            return None
        if tag not in _INLINE:
            self._flush()
        attributes = node.attributes
        if "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"] or "")):
            return None
        if self._container is not None and node.mem_id == self._container:
            self._flush()
            self._sink().append(BEGIN)
        self._open(tag, attributes)
        return node.child

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
            self._tables[-1].sink = None
        elif tag in ("td", "th") and self._tables:
            self._open_cell(attributes)
        elif tag in ("ol", "ul"):
            self._lists.append(_ordered(attributes) if tag == "ol" else None)
        elif tag == "li" and self._lists and (listed := self._lists[-1]) is not None:
            value = attributes.get("value")
            listed.number = int(value) if value and value.isascii() and value.isdigit() else listed.number + 1
            self._label = _list_label(listed)

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.sink = []
        table.rows[-1].append((table.sink, _span(attributes, "colspan"), _span(attributes, "rowspan")))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _SKIPPED or tag == "-text":
            return
        if tag not in _INLINE:
            self._flush()
        if tag in _HEADINGS:
            self._level = None
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag in ("td", "th", "tr") and self._tables:
            self._tables[-1].sink = None
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        if self._container is not None and node.mem_id == self._container:
            self._flush()
            self._sink().append(END)

    def _sink(self) -> list[Piece]:
        """Return where the next piece goes: the innermost open cell, or the page."""
        for table in reversed(self._tables):
            if table.sink is not None:
                return table.sink
        return self.pieces

    def _flush(self) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer).strip()
        self._buffer.clear()
        if not text:
            return
        if self._label and not _LABELLED.match(text):
            text = self._label + text
        self._label = ""
        self._sink().append(Piece(text, level=self._level))

    def _close_table(self) -> None:
        rows = _rows(self._tables.pop().rows)
        sink = self._sink()
        marked = any(
            piece is BEGIN or piece is END for row in rows for cell in row for piece in cell.paragraphs
        )
        if marked or is_layout(rows):
            sink += [piece for row in rows for cell in row for piece in cell.paragraphs]
        elif self._tables and self._tables[-1].sink is not None:
            sink += [Piece(" ".join(cell.text for cell in row if cell.text)) for row in rows]
        else:
            self._number += 1
            sink += table_pieces(rows, self._number)


def _rows(raw: Iterable[list[tuple[list[Piece], int, int]]]) -> list[list[Cell]]:
    """Give each cell its column; what a merged cell covers below it is an empty cell."""
    rows: list[list[Cell]] = []
    covered: dict[int, int] = {}
    for cells in raw:
        row: list[Cell] = []
        column = 1
        for paragraphs, columns, height in cells:
            column = _fill(row, covered, column)
            row.append(Cell(tuple(paragraphs), column))
            if height > 1:
                covered |= dict.fromkeys(range(column, column + columns), height)
            column += columns
        _fill(row, covered, column)
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        if row:
            rows.append(row)
    return rows


def _fill(row: list[Cell], covered: dict[int, int], column: int) -> int:
    """Add empty cells where a cell above reaches down; return the first free column."""
    fresh = {cell.column for cell in row}
    while covered.get(column, 0) > 0 and column not in fresh:
        row.append(Cell((), column))
        column += 1
    return column


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = (attributes.get(name) or "").strip()
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _ordered(attributes: dict[str, str | None]) -> _OrderedList:
    start = (attributes.get("start") or "").strip()
    number = int(start) - 1 if start.isascii() and start.isdigit() and len(start) < 6 else 0
    style = attributes.get("style") or ""
    if _NO_LIST.search(style):
        return _OrderedList(number, "none")
    if _HAN_LIST.search(style):
        return _OrderedList(number, "han")
    return _OrderedList(number, _LIST_TYPES.get(attributes.get("type") or "", "decimal"))


def _list_label(listed: _OrderedList) -> str:
    if listed.style == "none":
        return ""
    if listed.style == "han":
        return thousands(listed.number) + "、"
    return write_number(listed.number, listed.style) + "."


def is_cell(piece: Piece) -> bool:
    """Whether a piece is a table cell."""
    return piece.kind is BlockKind.CELL
