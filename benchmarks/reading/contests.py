"""The readers beside what they are measured against."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from connectors.readers.docx import read_docx
from connectors.readers.html import read_html
from connectors.readers.ofd import read_ofd
from connectors.readers.pdf import read_pdf
from nianbao import Document, Download, Filing
from reading.pages import Page
from reading.timing import Tool

OURS = "nianbao"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def download(data: bytes, name: str) -> Download:
    return Download(Filing("folder", name, name), data, hashlib.sha256(data).hexdigest())


def _ours(read: Callable[[Download], Document], files: list[bytes], suffix: str) -> Tool:
    downloads = [download(data, f"{number}.{suffix}") for number, data in enumerate(files)]
    return Tool(OURS, lambda number: read(downloads[number]))


def docx_tools(files: list[bytes]) -> list[Tool]:
    from lxml import etree

    def raw(number: int) -> str:
        with zipfile.ZipFile(io.BytesIO(files[number])) as package:
            root = etree.fromstring(package.read("word/document.xml"))
        paragraphs = ("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in root.iter(f"{_W}p"))
        return "\n".join(paragraphs)

    tools = [Tool("raw lxml", raw), _ours(read_docx, files, "docx")]
    if find_spec("markitdown") is not None:
        from markitdown import MarkItDown

        converter: Any = MarkItDown(enable_plugins=False)
        tools.append(
            Tool(
                "markitdown", lambda n: converter.convert_stream(io.BytesIO(files[n]), file_extension=".docx")
            )
        )
    return tools


def pdf_tools(files: list[bytes]) -> list[Tool]:
    import pdfplumber
    import pypdfium2

    def bare(number: int) -> list[str]:
        document = pypdfium2.PdfDocument(files[number])
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        return texts

    def plumbed(number: int) -> list[str]:
        with pdfplumber.open(io.BytesIO(files[number])) as document:
            return [page.extract_text() for page in document.pages]

    return [Tool("bare pypdfium2", bare), _ours(read_pdf, files, "pdf"), Tool("pdfplumber", plumbed)]


def html_tools(pages: list[Page]) -> list[Tool]:
    from selectolax.lexbor import LexborHTMLParser

    def bare(number: int) -> str:
        page = pages[number]
        tree = LexborHTMLParser(page.data.decode(page.charset))
        node = tree.css_first(page.selector)
        if node is None:
            raise LookupError(page.selector)
        return node.text()

    tools = [Tool("bare selectolax", bare), _ours(read_html, [page.data for page in pages], "html")]
    if find_spec("trafilatura") is not None:
        from trafilatura import extract

        tools.append(Tool("trafilatura", lambda n: extract(pages[n].data.decode(pages[n].charset))))
    return tools


def ofd_tools(files: list[bytes]) -> list[Tool]:
    return [_ours(read_ofd, files, "ofd")]
