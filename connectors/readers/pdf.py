"""Reads PDF files that have a text layer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.pages import Page, lay_out
from connectors.readers.pdfpage import drawing, page_lines
from connectors.readers.pdftables import RuledTable, find_tables, place_tables
from nianbao import Document, Download, Failure, Reader, ReadError, hookimpl
from nianbao.guard import guarded

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

NAME = "pdf"
MOST_PAGES = 2_000
# A page of a scan holds next to no characters.
FEWEST_CHARACTERS = 20


@dataclass(slots=True)
class _Pages:
    """What was taken from the pages so far."""

    pages: list[Page] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of PDF files."""
    yield Reader(NAME, bid=bid, read=read_pdf)


def bid(download: Download) -> int:
    """Bid high for PDF, whatever its suffix."""
    return 90 if media_of(download.data) is Media.PDF else 0


def read_pdf(download: Download) -> Document:
    """Read a PDF file.

    Raises:
        ReadError: it is no PDF, broken, encrypted, too long, or a scan without text.
    """
    media = media_of(download.data)
    if media is not Media.PDF:
        raise refusal(download, media)
    where = download.filing.name
    with closing(_open(download)) as pdf:
        count = len(pdf)
        if count > MOST_PAGES:
            raise ReadError(f"PDF 超过 {MOST_PAGES} 页，不像一份报告", where=where)
        pages = _Pages()
        for index in range(count):
            _take_page(pdf, index, download.data, pages)
    characters = sum(len(line.text) for page in pages.pages for line in page.lines)
    tabled = any(isinstance(item, RuledTable) for page in pages.pages for item in page.items)
    if characters < FEWEST_CHARACTERS * max(count, 1) and not tabled:
        raise ReadError(
            "这是扫描件（没有文字层），暂不能读取", where=where, hint="请提供带文字的 PDF 或 .docx"
        )
    if pages.pictures:
        numbers = "、".join(str(number) for number in pages.pictures[:10])
        pages.notes.append(f"第 {numbers} 页是图片，没有读到文字")
    pieces, notes = lay_out(pages.pages)
    return build_document(download, NAME, pieces, notes=[*pages.notes, *notes])


def _open(download: Download) -> PdfDocument:
    import pypdfium2

    where = download.filing.name
    try:
        return pypdfium2.PdfDocument(download.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("PDF 已加密，需要密码才能打开", where=where, hint="请去掉密码后再试") from error
        raise ReadError("PDF 文件已损坏或不完整", where=where, hint="请重新取得这个文件") from error


def _take_page(pdf: PdfDocument, index: int, data: bytes, pages: _Pages) -> None:
    from pypdfium2 import PdfiumError

    number = index + 1
    try:
        with closing(pdf[index]) as page, closing(page.get_textpage()) as text_page:
            lines = list(page_lines(page, text_page, number))
            drawn = drawing(page)
            width = page.get_width()
            tables: list[RuledTable] = []
            if lines and drawn.is_ruled:
                found = guarded(NAME, "tables", find_tables, data, number, text_page)
                if isinstance(found, Failure):
                    pages.notes.append(f"第 {number} 页的表格没有按格读取")
                else:
                    tables = found
    except PdfiumError:
        pages.notes.append(f"第 {number} 页无法读取")
        return
    if drawn.pictured and sum(len(line.text) for line in lines) < FEWEST_CHARACTERS:
        pages.pictures.append(number)
    pages.pages.append(Page(number, width, place_tables(lines, tables)))
