"""Reads scans: pictures, and PDF files whose pages are pictures or whose text layer can't be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.pages import Page, lay_out
from connectors.readers.pdf import RECOGNISER, read_with
from connectors.readers.pdflines import Line
from connectors.readers.pdftables import RuledTable
from nianbao import Document, Download, Reader, ReadError, hookimpl
from nianbao.limits import limits

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

NAME = "scan"


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of scans."""
    yield Reader(NAME, bid=bid, read=read_scan, is_slow=True)


def bid(download: Download) -> int:
    """Bid high for pictures; for a PDF below the reader of text layers, which gives up what it can't read."""
    return {Media.IMAGE: 90, Media.PDF: 50}.get(media_of(download.data), 0)


def read_scan(download: Download) -> Document:
    """Read a picture or a scanned PDF by recognising its text.

    Raises:
        ReadError: it is neither, broken, too large or too long, shows no text, or the software that
            recognises text is not installed.
    """
    media = media_of(download.data)
    if media not in (Media.IMAGE, Media.PDF):
        raise refusal(download, media)
    where = download.filing.name
    if find_spec(RECOGNISER) is None or find_spec("onnxruntime") is None:
        raise ReadError(
            "这是图片或扫描件，需要文字识别组件才能读取",
            where=where,
            hint="请运行 pip install 'nianbao[ocr]' 安装后再试，或提供带文字的 PDF 或 .docx",
        )
    return _read_pdf(download) if media is Media.PDF else _read_picture(download)


def _read_picture(download: Download) -> Document:
    from connectors.readers.pictures import file_pictures
    from connectors.readers.recognition import recognise
    from connectors.readers.scanlines import page_items

    where = download.filing.name
    pages: list[Page] = []
    for number, picture in enumerate(file_pictures(download.data, where, limits().scan_pages), start=1):
        sheet = recognise(picture)
        items = page_items(sheet, number, picture.width, picture.height)
        pages.append(Page(number, picture.height if sheet.turned % 2 else picture.width, items))
    if not any(page.items for page in pages):
        raise ReadError("图片里没有识别到文字", where=where, hint="请提供清晰的扫描件或带文字的版本")
    pieces, notes = lay_out(pages)
    return build_document(download, NAME, pieces, notes=[_note(len(pages)), *notes])


def _read_pdf(download: Download) -> Document:
    from connectors.readers.pictures import page_picture
    from connectors.readers.recognition import recognise
    from connectors.readers.scanlines import page_items

    where = download.filing.name
    most = limits().scan_pages
    recognised: list[int] = []

    def recognise_page(page: PdfPage, number: int) -> list[Line | RuledTable]:
        if len(recognised) >= most:
            raise ReadError(f"扫描件超过 {most} 页，不像一份报告", where=where)
        picture = page_picture(page, where)
        items = page_items(recognise(picture), number, picture.width, picture.height)
        recognised.append(number)
        return items

    document = read_with(download, NAME, recognise_page)
    note = _note(len(recognised))
    return replace(document, notes=(note, *document.notes)) if recognised else document


def _note(pages: int) -> str:
    return f"{pages} 页由图片识别而来，识别不确定的数字已作标记"
