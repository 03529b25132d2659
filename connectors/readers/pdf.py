"""Reads PDF files that have a text layer; pages without one are handed to whoever recognises them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.garbled import is_garbled
from connectors.readers.pages import Page, lay_out
from connectors.readers.pdfdrawing import drawing
from connectors.readers.pdffile import OpenPage, has_attachments, is_whole, open_pages, open_pdf
from connectors.readers.pdfitems import page_items
from connectors.readers.pdflines import Line
from connectors.readers.pdfpage import PageText
from connectors.readers.pdftables import RuledTable
from nianbao import Document, Download, FinalReadError, PassingReadError, Reader, ReadError, hookimpl
from nianbao.limits import limits

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

NAME = "pdf"
# A page of a scan holds next to no characters.
FEWEST_CHARACTERS = 20
RECOGNISER = "rapidocr"
# A file that takes longer by its text layer is made to hinder.
MOST_SECONDS = 120
_MOST_NUMBERS = 10

# Recognises a page, given its number from 1: its lines and tables in reading order.
Recognise = Callable[["PdfPage", int], list[Line | RuledTable]]


@dataclass(slots=True)
class _Taken:
    """What was taken from the pages so far.

    Args:
        pages: those that were read.
        unread: those that need recognition and got none, as numbers.
        hidden: those whose text someone else has recognised.
        marks, leaning: how many marks of notes, and lines that lean, were left out.
        notes: one Chinese line each.
        error: why the first page that needs recognition got none.
    """

    pages: list[Page] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    marks: int = 0
    leaning: int = 0
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
    taken = _Taken()
    begun = monotonic()
    with closing(open_pdf(download)) as pdf:
        count = len(pdf)
        if count > limits().pages:
            raise FinalReadError(
                f"PDF 有 {count} 页，超过 {limits().pages} 页，不像一份报告",
                where=where,
                hint="请只提供报告本身",
            )
        with closing(open_pages(pdf)) as opened:
            for each in chain.from_iterable(opened):
                _take_page(each, where, recognise, taken)
                if recognise is None and monotonic() - begun > MOST_SECONDS:
                    raise PassingReadError(
                        f"读取 PDF 超过 {MOST_SECONDS} 秒", where=where, hint="请另存为 .docx 后再试"
                    )
        if not any(page.items for page in taken.pages):
            raise taken.error or _without_text(pdf, where)
    if not is_whole(download.data):
        taken.notes.append("PDF 文件的末尾不完整，内容可能有缺失")
    pieces, notes = lay_out(taken.pages)
    return build_document(download, reader, pieces, notes=[*_notes(taken), *notes])


def _notes(taken: _Taken) -> Iterable[str]:
    """Yield what the user should know of the pages."""
    if taken.unread:
        yield f"{_numbers(taken.unread)}是图片或文字层有误，没有读到文字"
    if taken.hidden:
        yield f"{_numbers(taken.hidden)}是扫描件，文字取自文件自带的识别结果，可能有误"
    if taken.marks:
        yield f"去掉了正文中的注释标记（{taken.marks} 处）"
    if taken.leaning:
        yield f"斜排、竖排的文字（{taken.leaning} 行，多为水印）没有计入正文"
    yield from taken.notes


def _numbers(pages: Sequence[int]) -> str:
    shown = "、".join(map(str, pages[:_MOST_NUMBERS]))
    return f"第 {shown} 页" if len(pages) <= _MOST_NUMBERS else f"第 {shown} 等 {len(pages)} 页"


def _without_text(pdf: PdfDocument | None, where: str) -> ReadError:
    if pdf is not None and has_attachments(pdf):
        return ReadError(
            "这是 PDF 文件包，报告在它的附件里", where=where, hint="请打开后另存其中的文件，再放进文件夹"
        )
    hint = "请提供带文字的 PDF 或 .docx"
    if not find_spec(RECOGNISER):
        hint += "；安装文字识别组件后也能读取（pip install 'nianbao[ocr]'）"
    return ReadError("这是扫描件（没有可用的文字层），不能直接读取", where=where, hint=hint)


def _take_page(opened: OpenPage, where: str, recognise: Recognise | None, taken: _Taken) -> None:
    number, page = opened.number, opened.page
    if page is None:
        taken.notes.append(f"第 {number} 页无法读取")
        return
    found = _read_page(page, opened.text, number, taken) if opened.text is not None else None
    if found is None:
        found = Page(number, page.get_width(), _recognised(page, number, where, recognise, taken))
    taken.pages.append(found)


def _read_page(page: PdfPage, text_page: PdfTextPage, number: int, taken: _Taken) -> Page | None:
    """Return a page by its text layer, or None where it needs recognition."""
    text = PageText(page, text_page)
    if _needs_recognition(text, page):
        return None
    found = page_items(text, page, number)
    is_hidden = text.is_hidden and drawing(page).is_pictured
    if not found.is_tabled:
        taken.notes.append(f"第 {number} 页的表格没有按格读取")
    taken.marks += found.marks
    taken.leaning += found.leaning
    if not is_hidden:
        return Page(number, text.width, found.items)
    taken.hidden.append(number)
    return Page(number, text.width, [_doubtful(item) for item in found.items])


def _needs_recognition(text: PageText, page: PdfPage) -> bool:
    """Whether a page is a picture with next to no text, or its text is garbled."""
    if sum(end - start for start, end in text.segments) < FEWEST_CHARACTERS:
        return drawing(page).is_pictured
    return is_garbled(text.text)


def _doubtful(item: Line | RuledTable) -> Line | RuledTable:
    """Mark what someone else has recognised as not sure."""
    if isinstance(item, Line):
        return replace(item, doubts=((0, len(item.text)),))
    rows = [
        [
            replace(
                cell,
                paragraphs=tuple(replace(piece, doubts=((0, len(piece.text)),)) for piece in cell.paragraphs),
            )
            for cell in row
        ]
        for row in item.rows
    ]
    return replace(item, rows=rows)


def _recognised(
    page: PdfPage, number: int, where: str, recognise: Recognise | None, taken: _Taken
) -> list[Line | RuledTable]:
    """Return what is recognised on a page; nothing where nobody can.

    Raises:
        ReadError: it is left to the reader that recognises.
    """
    if recognise is None:
        if find_spec(RECOGNISER):
            raise _without_text(None, where)
    else:
        try:
            return recognise(page, number)
        except ReadError as error:
            taken.error = taken.error or error
    taken.unread.append(number)
    return []
