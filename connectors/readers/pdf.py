"""Reads PDF files that have a text layer; pages without one are handed to whoever recognises them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.pages import Page, lay_out
from connectors.readers.pdflines import Line
from connectors.readers.pdfpage import drawing, page_lines
from connectors.readers.pdftables import RuledTable, find_tables, place_tables
from nianbao import Document, Download, Failure, Reader, ReadError, hookimpl
from nianbao.guard import guarded
from nianbao.limits import limits

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

NAME = "pdf"
# A page of a scan holds next to no characters.
FEWEST_CHARACTERS = 20
RECOGNISER = "rapidocr"

# Recognises a page, given its number from 1: its lines and tables in reading order.
Recognise = Callable[["PdfPage", int], list[Line | RuledTable]]


@dataclass(slots=True)
class _Pages:
    """What was taken from the pages so far; `unread` are those that need recognition and got none."""

    pages: list[Page] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: ReadError | None = None


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of PDF files."""
    yield Reader(NAME, bid=bid, read=read_pdf, version="2")


def bid(download: Download) -> int:
    """Bid high for PDF, whatever its suffix."""
    return 90 if media_of(download.data) is Media.PDF else 0


def read_pdf(download: Download) -> Document:
    """Read a PDF file by its text layer.

    Raises:
        ReadError: it is no PDF, broken, encrypted or too long; it is a scan, or has a page that needs
            recognition, and the reader that recognises is there to take it.
    """
    return read_with(download, NAME, None)


def read_with(download: Download, reader: str, recognise: Recognise | None) -> Document:
    """Read a PDF file; its pages without a text layer are recognised, the others read.

    Args:
        download: the file.
        reader: the name of the reader that reads it.
        recognise: called for each page that needs it; where it raises a ReadError that page is left out
            with a note. None where nobody recognises here: then such a page is left to the reader that
            does, if it is installed, and else left out.

    Raises:
        ReadError: it is no PDF, broken, encrypted or too long; or nothing could be read.
    """
    media = media_of(download.data)
    if media is not Media.PDF:
        raise refusal(download, media)
    where = download.filing.name
    taken = _Pages()
    with closing(_open(download)) as pdf:
        count = len(pdf)
        if count > limits().pages:
            raise ReadError(f"PDF 超过 {limits().pages} 页，不像一份报告", where=where)
        for index in range(count):
            _take_page(pdf, index, download, recognise, taken)
    if not any(page.items for page in taken.pages):
        raise taken.error or _without_text(where)
    if taken.unread:
        numbers = "、".join(str(number) for number in taken.unread[:10])
        more = f" 等 {len(taken.unread)} 页" if len(taken.unread) > 10 else " 页"
        taken.notes.append(f"第 {numbers}{more}是图片或文字层有误，没有读到文字")
    pieces, notes = lay_out(taken.pages)
    return build_document(download, reader, pieces, notes=[*taken.notes, *notes])


def _without_text(where: str) -> ReadError:
    hint = (
        "请提供带文字的 PDF 或 .docx"
        if find_spec(RECOGNISER)
        else "请提供带文字的 PDF 或 .docx，或安装文字识别组件（pip install nianbao[ocr]）"
    )
    return ReadError("这是扫描件（没有可用的文字层），不能直接读取", where=where, hint=hint)


def _open(download: Download) -> PdfDocument:
    import pypdfium2

    where = download.filing.name
    try:
        return pypdfium2.PdfDocument(download.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError("PDF 已加密，需要密码才能打开", where=where, hint="请去掉密码后再试") from error
        raise ReadError("PDF 文件已损坏或不完整", where=where, hint="请重新取得这个文件") from error


def _take_page(
    pdf: PdfDocument, index: int, download: Download, recognise: Recognise | None, taken: _Pages
) -> None:
    from pypdfium2 import PdfiumError

    number = index + 1
    try:
        with closing(pdf[index]) as page, closing(page.get_textpage()) as text_page:
            lines = list(page_lines(page, text_page, number))
            drawn = drawing(page)
            width = page.get_width()
            if drawn.pictured and sum(len(line.text) for line in lines) < FEWEST_CHARACTERS:
                found = _recognised(page, number, download, recognise, taken)
                taken.pages.append(Page(number, width, list(lines) if found is None else found))
                return
            tables: list[RuledTable] = []
            if lines and drawn.is_ruled:
                read = guarded(NAME, "tables", find_tables, download.data, number, text_page)
                if isinstance(read, Failure):
                    taken.notes.append(f"第 {number} 页的表格没有按格读取")
                else:
                    tables = read
    except PdfiumError:
        taken.notes.append(f"第 {number} 页无法读取")
        return
    taken.pages.append(Page(number, width, place_tables(lines, tables)))


def _recognised(
    page: PdfPage, number: int, download: Download, recognise: Recognise | None, taken: _Pages
) -> list[Line | RuledTable] | None:
    """Return what is recognised on a page, or None where nobody can."""
    if recognise is None:
        if find_spec(RECOGNISER):
            raise _without_text(download.filing.name)
    else:
        try:
            return recognise(page, number)
        except ReadError as error:
            taken.error = taken.error or error
    taken.unread.append(number)
    return None
