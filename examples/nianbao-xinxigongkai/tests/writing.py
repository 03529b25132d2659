"""Writes the invented reports into a folder: `python tests/writing.py FOLDER` (PDF needs LibreOffice)."""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.shared import Pt
from invented import REPORTS
from made_reports import Made, Rows, pieces


def as_html(made: Made) -> bytes:
    """Return the report as a page of a government site."""
    body = []
    for piece in pieces(made):
        if isinstance(piece, str):
            body.append(f"<p>{html.escape(piece)}</p>")
            continue
        rows = []
        for row in piece:
            cells = "".join(
                f"<td{_span('rowspan', down)}{_span('colspan', across)}>{html.escape(text) or '&nbsp;'}</td>"
                for text, down, across in row
            )
            rows.append(f"<tr>{cells}</tr>")
        body.append(f"<table border='1'>{''.join(rows)}</table>")
    inner = "\n".join(body)
    page = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{made.title}</title></head><body>"
        f"<div class='nav'>当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>"
        f"<h1>{made.title}</h1><div class='content'>{inner}</div></body></html>\n"
    )
    return page.encode()


def _span(name: str, count: int) -> str:
    return f" {name}='{count}'" if count > 1 else ""


def write_docx(made: Made, path: Path) -> None:
    """Write the report as a Word file, with merged cells."""
    document = Document()
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(made.title, 0)
    for piece in pieces(made):
        if isinstance(piece, str):
            document.add_paragraph(piece)
        else:
            _add_table(document, piece)
    document.save(str(path))


def _add_table(document: Document, rows: Rows) -> None:
    taken: set[tuple[int, int]] = set()
    width = sum(across for _, _, across in rows[0])
    table = document.add_table(len(rows), width, style="Table Grid")
    for number, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            covered = {(number + r, column + c) for r in range(down) for c in range(across)}
            taken |= covered
            cell = table.cell(number, column)
            if len(covered) > 1:
                cell = cell.merge(table.cell(number + down - 1, column + across - 1))
            cell.text = text
            column += across


def write(made: Made, folder: Path) -> None:
    """Write a report in the format that its name says."""
    path = folder / made.name
    if path.suffix == ".html":
        path.write_bytes(as_html(made))
    elif path.suffix == ".docx":
        write_docx(made, path)
    else:
        with TemporaryDirectory() as place:
            draft = Path(place) / f"{path.stem}.docx"
            write_docx(made, draft)
            office = shutil.which("soffice") or "soffice"
            command = [office, "--headless", "--convert-to", "pdf", "--outdir", place, str(draft)]
            subprocess.run(command, check=True, capture_output=True)
            shutil.copyfile(draft.with_suffix(".pdf"), path)


if __name__ == "__main__":
    for each in REPORTS:
        write(each, Path(sys.argv[1]))
