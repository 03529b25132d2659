"""Reads web pages: the body out of its page, with what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import Piece, build_document
from connectors.readers.charset import declared_label, decode
from connectors.readers.flow import is_cell
from connectors.readers.mainbody import GUESSED, find_body
from connectors.readers.pagefacts import page_facts
from nianbao import Document, Download, Place, Reader, ReadError, hookimpl

NAME = "html"
LARGEST_PAGE = 30 * 1024 * 1024
# Parsers take time in the square of the depth; a real page is less than a hundred deep.
DEEPEST = 1_500

_TAGS = re.compile(
    r"<(/?)(?:div|span|table|section|article|font|[uod]l|blockquote|center|strong|em|[biua]|form)\b", re.I
)

_PAGES = (Media.HTML, Media.ARCHIVED_PAGE)


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of web pages."""
    yield Reader(NAME, bid=bid, read=read_html)


def bid(download: Download) -> int:
    """Bid high for what begins as HTML, whatever its suffix."""
    return 90 if media_of(download.data) in _PAGES else 0


def read_html(download: Download) -> Document:
    """Read a page.

    Raises:
        ReadError: it is no HTML, without text, or beyond the bounds.
    """
    media = media_of(download.data)
    if media not in _PAGES:
        raise refusal(download, media)
    where = download.filing.name
    if len(download.data) > LARGEST_PAGE:
        raise ReadError(f"网页超过 {LARGEST_PAGE // 1024 // 1024} MB，不像一份报告", where=where)
    from selectolax.lexbor import LexborHTMLParser

    data, declared = download.data, download.media_type
    if media is Media.ARCHIVED_PAGE:
        data, declared = archived_page(data)
    markup = decode(data, declared_label(data, declared)).replace("\x00", "")
    if is_too_deep(markup):
        raise ReadError("网页的标签嵌套得异常深，已拒绝读取", where=where)
    tree = LexborHTMLParser(markup)
    body = find_body(tree, markup)
    if body is None:
        raise refusal(download, media)
    facts = (*body.facts, *page_facts(tree, markup, body.head, body.pieces))
    notes = ("网页的正文位置是推断出来的",) if body.origin in GUESSED else ()
    return build_document(download, NAME, _placed(body.pieces, body.origin), facts, notes)


def archived_page(data: bytes) -> tuple[bytes, str | None]:
    """Return the first page of an archive (.mht) and its declared type; nothing where it holds none."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, str(part.get("Content-Type"))
    return b"", None


def is_too_deep(markup: str) -> bool:
    """Whether tags are opened within tags beyond all reason."""
    depth = 0
    for match in _TAGS.finditer(markup):
        depth += -1 if match.group(1) else 1
        if depth > DEEPEST:
            return True
    return False


def _placed(pieces: Sequence[Piece], origin: str) -> Iterator[Piece]:
    """Number the paragraphs and tables within the body."""
    paragraph = 0
    tables: dict[int | None, int] = {}
    for piece in pieces:
        if is_cell(piece):
            number = tables.setdefault(piece.place.table, len(tables) + 1)
            yield replace(piece, place=replace(piece.place, table=number, path=origin))
        else:
            paragraph += 1
            yield replace(piece, place=Place(paragraph=paragraph, path=origin))
