"""Lines and pages as bureaus' PDF files have them, and changes to built PDF files."""

from __future__ import annotations

import re

from built_files import PdfPage, download, pdf
from typesetting import EM, WIDTH, typeset

from connectors.readers import pdf as reader
from nianbao import Document


def page(*texts: str, header: str = "", footer: str = "", size: float = EM) -> PdfPage:
    """A page of lines as typeset: a leading blank is one Han character's width."""
    return typeset(PdfPage(), texts, header, footer, size)


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Break a paragraph into lines of full width, the first one indented by two characters."""
    body = "　　" + text
    return [body[start : start + width] for start in range(0, len(body), width)]


def read(*pages: PdfPage, name: str = "报告.pdf") -> Document:
    return read_bytes(pdf(*pages), name)


def read_bytes(data: bytes, name: str = "报告.pdf") -> Document:
    return reader.read_pdf(download(data, name))


def turned(made: PdfPage, x: float, y: float, text: str, matrix: str, size: float = 16) -> PdfPage:
    """Add text that a matrix (`a b c d`) turns."""
    code = text.encode("utf-16-be").hex()
    made.content.append(f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{code}> Tj ET")
    return made


def table_page(
    made: PdfPage, xs: list[float], top: float, rows: list[list[str]], *, step: float = 30, ruled: bool = True
) -> PdfPage:
    """Add a table whose cells' lines are parted by newlines."""
    heights = [max(text.count("\n") + 1 for text in row) * 16 + step - 16 for row in rows]
    ys = [top - sum(heights[:index]) for index in range(len(rows) + 1)]
    if ruled:
        made.grid(xs, ys)
    for y, row in zip(ys, rows, strict=False):
        for x, cell in zip(xs, row, strict=False):
            for index, text in enumerate(cell.split("\n")):
                if text:
                    made.text(x + 5, y - 18 - 16 * index, text, 12)
    return made


def updated(data: bytes, objects: dict[int, str], trailer: str = "") -> bytes:
    """Return a PDF file with objects replaced or added, as an editor saves it."""
    size = max(int(re.findall(rb"/Size (\d+)", data)[-1]), max(objects, default=0) + 1)
    before = int(re.findall(rb"startxref\n(\d+)", data)[-1])
    entries = ""
    for number, body in sorted(objects.items()):
        entries += f"{number} 1\n{len(data):010d} 00000 n \n"
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    end = f"trailer << /Size {size} /Root 1 0 R /Prev {before} {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n{entries}{end}".encode("latin-1")


def stream(content: str, head: str = "") -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def with_map(data: bytes, codes: dict[str, str]) -> bytes:
    """Return the file with a ToUnicode map that tells other characters than its font shows."""
    lines = [
        f"<{shown.encode('utf-16-be').hex()}> <{told.encode('utf-16-be').hex()}>"
        for shown, told in codes.items()
    ]
    blocks = "\n".join(
        f"{len(lines[start : start + 100])} beginbfchar\n"
        + "\n".join(lines[start : start + 100])
        + "\nendbfchar"
        for start in range(0, len(lines), 100)
    )
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Wrong def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}\nendcmap end end"
    )
    found = re.search(rb"3 0 obj\n(.*?)\nendobj", data, re.S)
    assert found is not None
    font = found.group(1).decode("latin-1").removesuffix(">>") + "/ToUnicode 90 0 R >>"
    return updated(data, {3: font, 90: stream(table)})
