"""Writes remarks as comments into a copy of a Word file, at the very words that they are about."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from connectors.media import Media, media_of
from connectors.readers.canonical import clean
from connectors.readers.docx import walked_body
from connectors.readers.inline import DELETIONS
from connectors.readers.numbering import W
from nianbao import Block, Document, Download, ReadError

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R
    from lxml.etree import _Element

    from connectors.readers.wordbody import Body

_RUN, _TEXT, _PROPERTIES = f"{W}r", f"{W}t", f"{W}rPr"
_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about a span of a document's text.

    Args:
        start: offset of the first character in the canonical text.
        end: offset past the last one; where it is `start`, the remark is about the whole document.
        text: what is said; each line becomes a paragraph of the comment.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Letter:
    """A visible character of a paragraph, and where it stands in its element."""

    character: str
    element: _Element
    index: int


def with_comments(download: Download, document: Document, remarks: Sequence[Remark], author: str) -> bytes:
    """Return a copy of a Word file that bears the remarks as comments; its text stays as it is.

    A remark about a part of a paragraph stands at these words, where they can be found in it (a number that
    Word makes itself can't bear a comment), else at the paragraph.

    Args:
        download: the file.
        document: what the reader made of it.
        remarks: what is to be said.
        author: who says it, as Word shows it.

    Raises:
        ReadError: it is no .docx, or it is damaged where only Word's comments need it whole.
    """
    if media_of(download.data) is not Media.DOCX:
        raise ReadError("只有 .docx 文件能写批注", where=download.filing.name, hint="请用 Word 另存为 .docx")
    import docx
    from docx.opc.exceptions import OpcError
    from docx.text.run import Run

    try:
        package = docx.Document(io.BytesIO(download.data))
    except (OpcError, KeyError, ValueError) as error:
        message = "文件的结构不完整，不能写批注"
        raise ReadError(message, where=download.filing.name, hint="请用 Word 打开后另存") from error
    anchors = _Anchors(walked_body(download, package.element.body), document)
    for remark in sorted(remarks, key=lambda each: (each.start, each.end)):
        runs = anchors.runs(remark)
        if runs is not None:
            package.add_comment(
                [Run(cast("CT_R", run), package) for run in runs], clean(remark.text), author, author[:2]
            )
    target = io.BytesIO()
    package.save(target)
    return target.getvalue()


class _Anchors:
    """Finds the runs that a remark is about, and cuts them out of longer ones."""

    def __init__(self, body: Body, document: Document) -> None:
        self._body = body
        self._document = document

    def runs(self, remark: Remark) -> tuple[_Element, _Element] | None:
        """Return the first and the last run of what a remark is about; None where the file has no text."""
        block = self._block(remark.start)
        if block is None:
            return None
        for element in self._elements(block) if remark.end > remark.start else ():
            letters = [*_letters(element)]
            span = self._span(remark, block, letters)
            if span is not None:
                return _cut_out(letters[span[0] : span[1]])
        whole = [letter for element in self._nearest(block) for letter in _letters(element)]
        return _cut_out(whole) if whole else None

    def _block(self, start: int) -> Block | None:
        blocks = self._document.blocks
        return next((block for block in blocks if block.end > start), blocks[-1] if blocks else None)

    def _elements(self, block: Block) -> Sequence[_Element]:
        """Return the paragraphs that hold a block."""
        place, known = block.place, self._body.elements
        if place.table is not None and place.row is not None and place.column is not None:
            found: Sequence[_Element | None] = self._body.cells.get(
                (place.table, place.row, place.column), ()
            )
        elif place.paragraph is not None:
            found = known[place.paragraph - 1 : place.paragraph]
        else:
            # What has no place of its own: a note, a box.
            found = known
        return [element for element in found if element is not None]

    def _nearest(self, block: Block) -> Sequence[_Element]:
        """Return the paragraphs of a block, or those of the nearest block before it that has text."""
        for each in reversed(self._document.blocks[: self._document.blocks.index(block) + 1]):
            found = self._elements(each) if each.place.paragraph or each.place.table else ()
            found = [element for element in found if any(True for _ in _letters(element))]
            if found:
                return found
        return [element for element in self._body.elements if element is not None and any(_letters(element))][
            :1
        ]

    def _span(self, remark: Remark, block: Block, letters: Sequence[_Letter]) -> tuple[int, int] | None:
        """Return which letters of a paragraph a remark is about.

        Blanks are left out of account. The number that Word puts before a paragraph is in the text, not in
        its letters, so the place is counted from the end.
        """
        text = self._document.text
        wanted = _letters_of(text[remark.start : min(remark.end, block.end)])
        held = "".join(letter.character for letter in letters)
        from_end = len(_letters_of(text[remark.start : block.end]))
        expected = len(held) - from_end
        start = min(_occurrences(held, wanted), key=lambda index: abs(index - expected), default=None)
        return None if start is None else (start, start + len(wanted))


def _letters_of(text: str) -> str:
    return "".join(text.split())


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    index = text.find(wanted) if wanted else -1
    while index >= 0:
        yield index
        index = text.find(wanted, index + 1)


def _letters(paragraph: _Element) -> Iterator[_Letter]:
    """Yield the visible characters of a paragraph but its blanks; its boxes have paragraphs of their own."""
    for element in _texts(paragraph):
        for index, character in enumerate(element.text or ""):
            for shown in clean(character):
                yield _Letter(shown, element, index)


def _texts(parent: _Element) -> Iterator[_Element]:
    for child in parent:
        if child.tag == _TEXT and parent.tag == _RUN:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _texts(child)


_LEFT_OUT = frozenset({*DELETIONS, _BOX, _FALLBACK, _PROPERTIES, f"{W}pPr", f"{W}tbl"})


def _cut_out(letters: Sequence[_Letter]) -> tuple[_Element, _Element]:
    """Return the first and the last run of some letters, parted from what stands before and after."""
    first, last = letters[0], letters[-1]
    _cut(last.element, last.index + 1)
    begun = _cut(first.element, first.index)
    return begun, (begun if first.element is last.element else _run_of(last.element))


def _cut(element: _Element, index: int) -> _Element:
    """Cut a run in two before a character of one of its texts; return the run that the character begins."""
    run, text = _run_of(element), element.text or ""
    moved = list(element.itersiblings())
    if index < len(text):
        rest = element
        if index:
            rest = deepcopy(element)
            rest.text, element.text = text[index:], text[:index]
            for part in (element, rest):
                part.set(_SPACE, "preserve")
        moved.insert(0, rest)
    kept = [child for child in run if child.tag != _PROPERTIES and not any(child is each for each in moved)]
    if not kept or not moved:
        return run
    fresh = deepcopy(run)
    for child in list(fresh):
        if child.tag != _PROPERTIES:
            fresh.remove(child)
    fresh.extend(moved)
    run.addnext(fresh)
    return fresh


def _run_of(text: _Element) -> _Element:
    run = text.getparent()
    if run is None:
        raise ValueError("a text that stands in no run")
    return run
