"""Reads Word documents (.docx): the text as Word shows it, automatic numbers restored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.numbering import Numbering, W
from connectors.readers.package import Package
from connectors.readers.styles import Styles
from connectors.readers.wordbody import Body
from nianbao import Document, Download, Reader, ReadError, hookimpl

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "docx"

_BIDS = {Media.DOCX: 90, Media.ZIP: 10}
_MAIN_PART = "word/document.xml"


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of Word documents."""
    yield Reader(NAME, bid=bid, read=read_docx)


def bid(download: Download) -> int:
    """Bid high for .docx; low for other packages, to say what to do with them."""
    return _BIDS.get(media_of(download.data), 0)


def read_docx(download: Download) -> Document:
    """Read a Word document.

    Headers, footers, footnotes, hidden and deleted text are left out; inserted text is kept.

    Raises:
        ReadError: it is no .docx, encrypted, broken or beyond the bounds.
    """
    media = media_of(download.data)
    if media is not Media.DOCX:
        raise refusal(download, media)
    return read_package(download.data, download, NAME)


def read_package(
    data: bytes, download: Download, reader: str, outdated: frozenset[str] = frozenset()
) -> Document:
    """Read a Word package that is, or was made from, a download.

    Args:
        data: the package; trusted no more than the download itself.
        download: what the document is to be named after.
        reader: the name of the reader that the document is to bear.
        outdated: names of fields whose results a converter has written anew, and that are left out.

    Raises:
        ReadError: it is encrypted, broken or beyond the bounds.
    """
    try:
        return _read(Package(data), download, reader, outdated)
    except ReadError as error:
        raise ReadError(error.message, where=download.filing.name, hint=error.hint) from error


def _read(package: Package, download: Download, reader: str, outdated: frozenset[str]) -> Document:
    main = package.related("", "officeDocument") or _MAIN_PART
    root = package.parse(main)
    content = root.find(f"{W}body")
    if content is None:
        raise ReadError("文件不是 Word 文档（没有正文）", hint="请用 Word 打开后另存为 .docx")
    styles = Styles(_part(package, main, "styles"))
    body = Body(styles, Numbering(_part(package, main, "numbering"), styles.lists))
    body.inline.hides = styles.hide_text or next(content.iter(f"{W}vanish"), None) is not None
    body.inline.outdated = outdated
    pieces = list(body.pieces(content))
    notes = list(body.notes())
    if content.find(f"{W}altChunk") is not None:
        notes.append("文件里嵌入的其他文档没有收入正文")
    return build_document(download, reader, pieces, notes=notes)


def _part(package: Package, main: str, kind: str) -> _Element | None:
    name = package.related(main, kind) or f"word/{kind}.xml"
    return package.parse(name) if name in package else None
