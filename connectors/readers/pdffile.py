"""Opens PDF files, and tells those that are made to hinder."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import Download, ReadError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

# A stream that unpacks to far more than it is repeats itself when packed: few different bytes in a sample;
# or it is packed twice.
_SAMPLE = 256
_FEW = 48
_GLANCE = 24
_FEW_AT_A_GLANCE = 20
_DEEPEST = 3
# What all such streams may unpack to: a page's contents, or the white of a scanned picture.
_MOST_CONTENT = 8 * 1024 * 1024
_MOST_PICTURE = 200 * 1024 * 1024
_PICTURE = b"/Image"
_DEFLATED = b"/Fl"
_HEAD = 400
# pdfium takes the square of the texts that a page is made of; a page of characters one by one has 3,000.
_MOST_TEXTS = 20_000
# How many pages are open together at most.
_TOGETHER = 8


def open_pdf(download: Download) -> PdfDocument:
    """Open a PDF file.

    Raises:
        ReadError: it is broken, encrypted, or unpacks to far too much.
    """
    import pypdfium2

    where = download.filing.name
    if unpacks_hugely(download.data):
        raise ReadError(
            "PDF 解压后过大，不像一份报告", where=where, hint="请重新取得这个文件，或另存为 .docx"
        )
    try:
        return pypdfium2.PdfDocument(download.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("PDF 已加密，需要密码才能打开", where=where, hint="请去掉密码后再试") from error
        raise ReadError("PDF 文件已损坏或不完整", where=where, hint="请重新取得这个文件") from error


def is_whole(data: bytes) -> bool:
    """Whether the mark of a PDF file's end is there."""
    return b"%%EOF" in data[-2048:]


def has_attachments(pdf: PdfDocument) -> bool:
    """Whether a file holds others, as a portfolio does."""
    from pypdfium2 import raw

    return int(raw.FPDFDoc_GetAttachmentCount(pdf.raw)) > 0


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page while it is open.

    Args:
        number: from 1.
        page: None where it can't be read.
        text: None too where it is made of so many texts that reading them would not end.
    """

    number: int
    page: PdfPage | None = None
    text: PdfTextPage | None = None


def open_pages(pdf: PdfDocument) -> Generator[list[OpenPage], None, None]:
    """Yield the pages of a file, some at a time; they are closed when the next ones are asked for.

    What is done with several pages in a row goes faster than by turns with opening them.
    """
    from pypdfium2 import raw

    count, index = len(pdf), 0
    while index < count:
        with ExitStack() as stack:
            opened: list[OpenPage] = []
            objects = 0
            while index < count and len(opened) < _TOGETHER and objects < _MOST_TEXTS:
                index += 1
                found = _open_page(pdf, index, stack)
                opened.append(found)
                objects += raw.FPDFPage_CountObjects(found.page.raw) if found.page is not None else 0
            yield opened


def _open_page(pdf: PdfDocument, number: int, stack: ExitStack) -> OpenPage:
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number - 1]
        stack.callback(page.close)
        if _is_overloaded(page):
            return OpenPage(number, page)
        text = page.get_textpage()
        stack.callback(text.close)
    except PdfiumError:
        return OpenPage(number)
    return OpenPage(number, page, text)


def _is_overloaded(page: PdfPage) -> bool:
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page.raw)
    if count <= _MOST_TEXTS:
        return False
    get, kind_of = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    kinds = [kind_of(get(page.raw, index)) for index in range(count)]
    return kinds.count(raw.FPDF_PAGEOBJ_TEXT) > _MOST_TEXTS


def unpacks_hugely(data: bytes) -> bool:
    """Whether the streams of a file that look like it unpack to far more than a report's do."""
    content = pictures = 0
    for start, end in _streams(data):
        head = data[max(0, start - _HEAD) : start].rpartition(b"obj")[2]
        middle = (start + end - _SAMPLE) // 2
        is_odd = (
            end - start >= _SAMPLE
            and len(set(data[middle : middle + _GLANCE])) < _FEW_AT_A_GLANCE
            and len(set(data[middle : middle + _SAMPLE])) < _FEW
        )
        if not is_odd and head.count(_DEFLATED) < 2:
            continue
        size = _unpacked(data[start:end], _MOST_PICTURE, 0)
        if _PICTURE in head:
            pictures += size
        else:
            content += size
        if content > _MOST_CONTENT or pictures > _MOST_PICTURE:
            return True
    return False


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the streams of a file start and end."""
    start = data.find(b"stream")
    while start >= 0:
        start += len(b"stream")
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        while data[start : start + 1] in (b"\r", b"\n"):
            start += 1
        yield start, end
        start = data.find(b"stream", end + len(b"endstream"))


def _unpacked(packed: bytes, most: int, depth: int) -> int:
    """Return how much a packed stream holds, packed once more or not; nothing where it is not deflated."""
    unpacker = zlib.decompressobj()
    size = 0
    piece = first = b""
    try:
        piece = first = unpacker.decompress(packed, 1 << 20)
        while piece and size <= most:
            size += len(piece)
            piece = unpacker.decompress(unpacker.unconsumed_tail, 1 << 20)
    except zlib.error:
        return size
    return max(size, _unpacked(first, most, depth + 1) if depth < _DEEPEST and first[:1] == b"x" else 0)
