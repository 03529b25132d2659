"""Reads Word documents (.docx): the text as Word shows it, automatic numbers restored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import Piece, build_document
from connectors.readers.inline import ENDNOTE, FOOTNOTE
from connectors.readers.numbering import Numbering, W
from connectors.readers.package import Package
from connectors.readers.styles import Styles, without_latent
from connectors.readers.wordbody import Body, Foreign
from nianbao import Document, Download, Reader, ReadError, hookimpl

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "docx"

_BIDS = {Media.DOCX: 90, Media.ZIP: 10}
_MAIN_PART = "word/document.xml"
_DAMAGED = {
    "styles": "文件的样式部分已损坏，没有读取",
    "numbering": "文件的编号部分已损坏，自动编号没有恢复",
    "footnotes": "脚注部分已损坏，没有收入正文",
    "endnotes": "尾注部分已损坏，没有收入正文",
}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Fonts whose characters are not those that they show.
_SYMBOL_FONTS = (b"Wingdings", b'"Symbol"')
# Documents may be embedded in an embedded document, but not without end.
_DEEPEST = 3


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of Word documents."""
    yield Reader(NAME, bid=bid, read=read_docx)


def bid(download: Download) -> int:
    """Bid high for .docx; low for other packages, to say what to do with them."""
    return _BIDS.get(media_of(download.data), 0)


def read_docx(download: Download) -> Document:
    """Read a Word document.

    The text is that of the body with all changes accepted; text boxes follow the paragraph that they are
    anchored in. Then come the footnotes and after them the endnotes, each in the order in which the body
    refers to them; their marks are left out of the running text. Headers, footers, comments, hidden text and
    tables of contents are left out.

    Raises:
        ReadError: it is no .docx, encrypted, broken or beyond the bounds.
    """
    media = media_of(download.data)
    if media is not Media.DOCX:
        raise refusal(download, media)
    return read_package(download.data, download, NAME)


def read_package(data: bytes, download: Download, reader: str) -> Document:
    """Read a Word package that is, or was made from, a download.

    Args:
        data: the package; trusted no more than the download itself.
        download: what the document is to be named after.
        reader: the name of the reader that the document is to bear.

    Raises:
        ReadError: it is encrypted, broken or beyond the bounds.
    """
    try:
        return _Parts(data).document(download, reader)
    except ReadError as error:
        raise ReadError(error.message, where=download.filing.name, hint=error.hint) from error


def walked_body(download: Download, content: _Element) -> Body:
    """Return the body of a Word document as the reader walks it: it tells where each paragraph stands.

    Args:
        download: a document that the reader can read.
        content: its body's element, in a tree of the caller's.
    """
    return _Parts(download.data).walked(content, download)


class _Parts:
    """The parts of a Word package.

    Args:
        data: the package.
        depth: how many documents it is embedded in.
    """

    def __init__(self, data: bytes, depth: int = 0) -> None:
        self._package = Package(data)
        self._depth = depth
        self._main = self._package.related("", "officeDocument") or _MAIN_PART
        self._remarks: list[str] = []

    def document(self, download: Download, reader: str) -> Document:
        """Read the document.

        Raises:
            ReadError: there is no body, or no text.
        """
        data = self._package.read(self._main)
        private = any(font in data for font in _SYMBOL_FONTS)
        content = self._package.parse_bytes(data).find(f"{W}body")
        if content is None:
            raise ReadError("文件不是 Word 文档（没有正文）", hint="请用 Word 打开后另存为 .docx")
        body, pieces = self._walked(content, download, private=private)
        for kind, reference in (("footnotes", FOOTNOTE), ("endnotes", ENDNOTE)):
            if body.refers(reference):
                pieces += body.notes(self._part(kind), reference)
        return build_document(download, reader, pieces, notes=(*self._remarks, *body.remarks()))

    def walked(self, content: _Element, download: Download) -> Body:
        """Return the body, walked to its end, of a tree that was parsed elsewhere."""
        return self._walked(content, download, private=True)[0]

    def _walked(self, content: _Element, download: Download, *, private: bool) -> tuple[Body, list[Piece]]:
        styles = Styles(self._part("styles"))
        numbering = Numbering(lambda: self._part("numbering"), styles.lists)
        foreign = Foreign(lambda element: self._chunk(element, download), self._diagram)
        body = Body(content, styles, numbering, foreign, private=private)
        pieces = [*body.pieces()]
        if body.inline.is_open:
            # A table of contents that never ends would swallow all that follows it.
            body = Body(content, styles, numbering, foreign, spans=False, private=private)
            pieces = [*body.pieces()]
        return body, pieces

    def _part(self, kind: str) -> _Element | None:
        """Return a part's root; one that is damaged is told, and missed like one that is not there."""
        name = self._package.related(self._main, kind) or f"word/{kind}.xml"
        if name not in self._package:
            return None
        data = self._package.read(name)
        try:
            return self._package.parse_bytes(without_latent(data) if kind == "styles" else data)
        except ReadError:
            self._remarks.append(_DAMAGED[kind])
            return None

    def _target(self, name: str | None) -> str | None:
        relations = self._package.relations(self._main)
        return next((each.target for each in relations if each.name == name), None)

    def _chunk(self, element: _Element, download: Download) -> Iterable[Piece] | None:
        """Read an embedded document: Word's own kind or a page."""
        name = self._target(element.get(f"{_R}id"))
        if name is None or self._depth >= _DEEPEST:
            return None
        try:
            data = self._package.read(name)
            embedded = replace(download, data=data, sha256=hashlib.sha256(data).hexdigest(), facts=())
            media = media_of(data)
            if media is Media.DOCX:
                return _pieces(_Parts(data, self._depth + 1).document(embedded, NAME))
            if media in (Media.HTML, Media.ARCHIVED_PAGE):
                from connectors.readers.html import read_html

                return _pieces(read_html(embedded))
        except ReadError:
            return None
        return None

    def _diagram(self, element: _Element) -> Iterator[str]:
        """Yield the lines of a diagram (SmartArt); none where its part is damaged."""
        name = self._target(element.get(f"{_R}dm"))
        if name is None:
            return
        try:
            root = self._package.parse(name)
        except ReadError:
            return
        for paragraph in root.iter(f"{_A}p"):
            yield "".join(text.text or "" for text in paragraph.iter(f"{_A}t"))


def _pieces(document: Document) -> list[Piece]:
    return [
        Piece(document.text[block.start : block.end], block.kind, block.place, block.level)
        for block in document.blocks
    ]
