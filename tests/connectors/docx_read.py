"""Word files of a few paragraphs, built and read at once."""

from __future__ import annotations

from built_files import abstract, docx, download, level

from connectors.readers import docx as reader
from nianbao import Document

OUTLINE = abstract(0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", "decimal"))


def read(*body: str, name: str = "报告.docx", **parts: str) -> Document:
    return reader.read_docx(download(docx(*body, **parts), name))
