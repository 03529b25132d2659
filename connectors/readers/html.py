"""Reads web pages: the body out of its page, with what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes

from connectors.media import SAYS_LITTLE, Media, error_page, media_of, refusal
from connectors.readers.canonical import Layout
from connectors.readers.charset import declared_label, decoded, wide
from connectors.readers.depth import is_too_deep
from connectors.readers.mainbody import ENOUGH, Body, find_body
from connectors.readers.pagefacts import page_facts, split_metadata
from nianbao import Document, Download, Fact, FactName, Reader, ReadError, hookimpl
from nianbao.limits import limits

NAME = "html"
VERSION = "2"
# No page of a report comes near it, however large files may be.
LARGEST_PAGE = 30 * 1024 * 1024
# A shorter page can't be so deep that parsing it takes long.
_SHORT_PAGE = 100_000

_PAGES = (Media.HTML, Media.ARCHIVED_PAGE)
# `createPageHTML(3, 0, …)` of TRS, and what others print below a part of a text.
_PAGED = re.compile(r"createPageHTML\(\s*['\"]?(\d+)")
_PAGER = re.compile(r"^\W*(?:共\s*[2-9]\d?\s*页|1\s*/\s*[2-9]|[1１]\s+2\b.*下一页)")
_COUNTERS = re.compile(r"content\s*:[^;}]{0,40}\bcounters?\(")


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of web pages."""
    yield Reader(NAME, bid=bid, read=read_html, version=VERSION)


def bid(download: Download) -> int:
    """Bid high for what begins as HTML, whatever its suffix."""
    return 90 if media_of(download.data) in _PAGES else 0


def read_html(download: Download) -> Document:
    """Read a page.

    Raises:
        ReadError: it is no HTML, without text, or beyond the bounds; or it is a site's error or login page.
    """
    media = media_of(download.data)
    if media not in _PAGES:
        raise refusal(download, media)
    where = download.filing.name
    largest = min(LARGEST_PAGE, limits().file_bytes)
    if len(download.data) > largest:
        raise ReadError(f"网页超过 {largest // 1024 // 1024} MB，不像一份报告", where=where)
    from selectolax.lexbor import LexborHTMLParser

    data, declared = download.data, download.media_type
    saved: tuple[Fact, ...] = ()
    if media is Media.ARCHIVED_PAGE:
        data, declared, saved = archived_page(data)
    page = decoded(data, declared_label(data, declared))
    # A byte is found far faster than a character.
    markup = page.text.replace("\x00", "") if b"\0" in data else page.text
    if len(markup) > _SHORT_PAGE and is_too_deep(markup):
        raise ReadError("网页的标签嵌套得异常深，已拒绝读取", where=where)
    # The parser works on UTF-8: where the page is that already, nothing needs to be encoded anew.
    tree = LexborHTMLParser(data if page.is_plain and markup is page.text else markup)
    body = find_body(tree, markup)
    if body is None or not body.lines:
        raise _without_body(download, media, tree.css_first("frame[src]") is not None)
    inner, lines = split_metadata(body.flow, body.lines)
    if not lines:
        inner, lines = type(inner)(), body.lines
    facts = [*body.facts, *saved, *page_facts(tree, markup, body, inner, (*saved, *download.facts))]
    notes = [*page.notes, *body.notes, *_notes(markup, body, facts)]
    layout = Layout()
    body.flow.write(lines, body.origin, layout)
    document = layout.document(download, NAME, facts, notes)
    if len(document.text) <= SAYS_LITTLE and document.fact(FactName.ATTACHMENT) is None:
        title = tree.css_first("title")
        error = error_page(download, title.text().strip() if title else "", document.text)
        if error is not None:
            raise error
    return document


def archived_page(data: bytes) -> tuple[bytes, str | None, tuple[Fact, ...]]:
    """Return the first page of an archive (.mht), its declared type and address; nothing without one."""
    from connectors.readers.facts import address_facts

    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
                return payload, str(part.get("Content-Type")), tuple(address_facts(address, "saved from"))
    return b"", None, ()


def _without_body(download: Download, media: Media, is_framed: bool) -> ReadError:
    if is_framed:
        return ReadError(
            "这是框架网页，正文在它引用的另一个网页里",
            where=download.filing.name,
            hint="请打开并保存正文所在的网页",
        )
    return refusal(download, media)


def _notes(markup: str, body: Body, facts: Iterable[Fact]) -> Iterator[str]:
    """Tell what of the document the page itself does not hold."""
    start = markup.find("createPageHTML", max(markup.find("<body"), 0))
    paged = _PAGED.match(markup, start) if start >= 0 else None
    if (paged and int(paged[1][:4]) > 1) or any(_PAGER.match(line) for line in body.tail.lines):
        yield "网页的正文分成几页，只读了这一页"
    if any(_COUNTERS.search(style) for style in _styles(markup)):
        yield "网页用样式表编号，有的序号可能没有读出"
    attached = [fact for fact in facts if fact.name is FactName.ATTACHMENT]
    if attached and sum(wide(line.text) for line in body.lines) < ENOUGH:
        yield f"正文可能在附件里（{len(attached)} 个），请另行取得附件"


def _styles(markup: str) -> Iterator[str]:
    start = markup.find("counter-increment")
    if start >= 0:
        yield markup[max(start - 4096, 0) : start + 4096]
