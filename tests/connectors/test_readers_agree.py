"""A report typed in every format gives the same text, and each reader is found by its plugin."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys

import pytest
from built_files import PdfPage, abstract, docx, download, level, num, p, pdf, table
from ofd_files import ofd_from_pdf

from connectors.readers import docx as docx_reader
from connectors.readers import html, ofd, text
from connectors.readers import pdf as pdf_reader
from nianbao import Document, Reader, Source

HEADINGS = ("一、主要举措和成效", "（一）加强学习", "二、存在的不足")
FIRST = "全年组织中心组学法4次，办理行政处罚案件12件，罚款3.5万元，调解矛盾纠纷38起，群众满意率达到98.6%。"
LAST = "执法力量不足。"
ROWS = (("部门", "处罚"), ("公安", "12"), ("合计", "12"))
EXPECTED = "\n".join([*HEADINGS[:2], FIRST, *["\t".join(row) for row in ROWS], HEADINGS[2], LAST])


def word() -> bytes:
    numbering = abstract(0, level(0, "%1、"), level(1, "（%2）")) + num(1, 0)
    return docx(
        p(HEADINGS[0][2:], "1"), p(HEADINGS[1][3:], "1.1"), p(FIRST), table(*map(list, ROWS)),
        p(HEADINGS[2][2:], "1"), p(LAST), numbering=numbering,
    )  # fmt: skip


def page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    first = f"<h2>{HEADINGS[0]}</h2>{HEADINGS[1]}<br>&nbsp;&nbsp;{FIRST}<table>{rows}</table>"
    return f"<html><body>{first}<p>{HEADINGS[2]}</p><p>{LAST}</p></body></html>".encode("gbk")


def plain() -> bytes:
    rows = ["\t".join(row) for row in ROWS]
    return "\r\n".join([*HEADINGS[:2], "　　" + FIRST, *rows, "", HEADINGS[2], LAST]).encode("utf-8-sig")


def printed() -> bytes:
    made = PdfPage()
    lines = ["　　" + HEADINGS[0], "　　" + HEADINGS[1], *re.findall(".{1,27}", "　　" + FIRST)]
    for index, line in enumerate(lines):
        made.text(90 + (32 if line.startswith("　") else 0), 760 - 28 * index, line.strip("　"))
    made.grid([90, 200, 300], [600, 570, 540, 510])
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            made.text(95 + 110 * column, 580 - 30 * row, cell, 12)
    made.text(122, 470, HEADINGS[2]).text(122, 442, LAST).text(290, 60, "— 1 —", 12)
    return pdf(made)


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (docx_reader.read_docx, word()),
        (html.read_html, page()),
        (text.read_text_file, plain()),
        (pdf_reader.read_pdf, printed()),
        (ofd.read_ofd, ofd_from_pdf(printed())),
    ],
)
def test_the_same_report_in_every_format(read: object, data: bytes) -> None:
    document: Document = read(download(data))  # type: ignore[operator]
    assert document.text == EXPECTED


MODULES = {
    "connectors.sources.folder": "folder",
    "connectors.readers.docx": "docx",
    "connectors.readers.html": "html",
    "connectors.readers.ofd": "ofd",
    "connectors.readers.pdf": "pdf",
    "connectors.readers.scan": "scan",
    "connectors.readers.text": "text",
}


@pytest.mark.parametrize(("module", "name"), MODULES.items())
def test_each_module_yields_its_record(module: str, name: str) -> None:
    plugin = importlib.import_module(module)
    hook = getattr(plugin, "nianbao_sources", None) or plugin.nianbao_readers
    (record,) = hook()
    assert isinstance(record, Source | Reader)
    assert record.name == name


def test_nothing_heavy_is_imported_with_the_modules() -> None:
    heavy = {
        "lxml",
        "PIL",
        "cv2",
        "numpy",
        "onnxruntime",
        "pypdfium2",
        "rapidocr",
        "pdfplumber",
        "selectolax",
        "resiliparse",
        "charset_normalizer",
        "yaml",
        "docx",
    }
    code = f"import sys; import {', '.join(MODULES)}; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
