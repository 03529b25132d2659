"""Reads plain text; as the last bidder it also says what an unreadable file is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import Piece, build_document
from connectors.readers.charset import declared_label, decode
from connectors.readers.facts import address_facts, labelled_facts
from connectors.readers.grid import text_tables
from connectors.readers.plainlines import TextLine
from connectors.readers.plaintext import mend
from nianbao import Document, Download, Fact, Place, Reader, hookimpl

NAME = "text"

_BODY = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章部])"
)
_LONGEST_HEAD_LINE = 120
_HEAD_LINES = 12


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of plain text."""
    yield Reader(NAME, bid=bid, read=read_text_file)


def bid(download: Download) -> int:
    """Bid high for text; bid 1 for what nobody reads, to say what it is."""
    return 80 if media_of(download.data) is Media.TEXT else 1


def read_text_file(download: Download) -> Document:
    """Read a text file, one paragraph a line; what other converters did to it is mended.

    Raises:
        ReadError: it is empty, or no text.
    """
    media = media_of(download.data)
    if media is not Media.TEXT:
        raise refusal(download, media)
    text = decode(download.data, declared_label(b"", download.media_type))
    lines, notes = mend(text)
    return build_document(download, NAME, _pieces(lines), head_facts([line.text for line in lines]), notes)


def head_facts(lines: Sequence[str]) -> list[Fact]:
    """Return the facts of the lines above the body: `来源:… 发布时间:…`, an address."""
    head: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if len(head) == _HEAD_LINES or len(text) > _LONGEST_HEAD_LINE or _BODY.match(text):
            break
        head.append(text)
    addresses = [fact for line in head for fact in address_facts(line, "head")]
    return labelled_facts(head, "head") + addresses[:2]


def _pieces(lines: Sequence[TextLine]) -> Iterable[Piece]:
    tables = text_tables([line.text for line in lines])
    for index, line in enumerate(lines):
        if index in tables:
            yield from tables[index]
        else:
            yield Piece(line.text, place=Place(paragraph=line.number), level=line.level)
