"""Writes a source as .docx, byte for byte the same every time.

The parts are templates of our own rather than python-docx's, which change between versions and hold no
East Asian numbering: the point of these files is the automatic numbering that Word itself would write.
"""

from __future__ import annotations

import io
import itertools
import re
import string
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from source import Line, Source

_TEMPLATES = Path(__file__).resolve().parent / "templates" / "word"
_HAN = "〇一二三四五六七八九十"
_NUMBERS = (r"([一二三四五六七八九十]+)、", r"（([一二三四五六七八九十]+)）", r"(\d+)\.")
_LEVELS = {"heading1": 0, "heading2": 1, "heading3": 2}
_STYLES = {"title": "a3", "centre": "a4", "right": "a5", "flush": "a6", "cell": "a7"} | {
    kind: str(level + 1) for kind, level in _LEVELS.items()
}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TABLE_WIDTH = 8800


def docx(source: Source) -> bytes:
    """Return the bytes of the .docx.

    Raises:
        ValueError: when Word would number a heading otherwise than the source shows.
    """
    printed = source.format == "pdf"
    in_style = source.front.get("numbering") == "style"
    title = "".join(line.text for line in source.lines if line.kind == "title")
    parts = {
        "[Content_Types].xml": _fill("content_types"),
        "_rels/.rels": _fill("package_rels"),
        "docProps/core.xml": _fill("core", title=escape(title)),
        "word/document.xml": _fill("document", body=_body(source)),
        "word/_rels/document.xml.rels": _fill("document_rels"),
        "word/styles.xml": _fill(
            "styles",
            sans="Noto Sans CJK SC" if printed else "黑体",
            serif="Noto Serif CJK SC" if printed else "仿宋_GB2312",
            **{f"number{level + 1}": _number(level) if in_style else "" for level in range(3)},
        ),
        "word/numbering.xml": _fill("numbering", count=str(source.front.get("count", "chineseCounting"))),
        "word/settings.xml": _fill("settings"),
        "word/header1.xml": _fill("header", runs=_runs(str(source.front.get("header", "")))),
        "word/footer1.xml": _fill(
            "footer", number=_fill("page_number") if source.front.get("page_numbers") else ""
        ),
    }
    return _stored_zip(parts)


def _fill(name: str, **values: str) -> str:
    template = string.Template((_TEMPLATES / f"{name}.xml").read_text(encoding="utf-8"))
    return template.substitute(values).rstrip("\n")


def _stored_zip(parts: dict[str, str]) -> bytes:
    """Return a zip of uncompressed members with a fixed date: no compressor's version shows in its bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


def _body(source: Source) -> str:
    numbering = str(source.front.get("numbering", "typed"))
    counters = [0, 0, 0]
    body: list[str] = []
    for is_table, group in itertools.groupby(source.lines, key=lambda line: line.kind == "row"):
        lines = list(group)
        if is_table:
            body.append(_table(lines))
            continue
        for line in lines:
            level = _LEVELS.get(line.kind)
            if level is None or numbering == "typed":
                body.append(_paragraph(line.kind, line.text, ""))
                continue
            text = _without_number(line.text, level, counters, source.path.name)
            body.append(_paragraph(line.kind, text, _number(level) if numbering == "word" else ""))
    return "\n".join(body)


def _without_number(text: str, level: int, counters: list[int], name: str) -> str:
    """Take the displayed number off a heading, and make sure that Word will count to the same one."""
    match = re.match(_NUMBERS[level], text)
    counters[level] += 1
    counters[level + 1 :] = [0] * (2 - level)
    wanted = str(counters[level]) if level == 2 else _han(counters[level])
    if match is None or match.group(1) != wanted:
        raise ValueError(f"{name}: Word would number this heading {wanted}: {text[:20]}")
    return text[match.end() :]


def _han(number: int) -> str:
    if number <= 10:
        return _HAN[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _HAN[tens]) + "十" + ("" if ones == 0 else _HAN[ones])


def _number(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _paragraph(kind: str, text: str, number: str) -> str:
    style = f'<w:pStyle w:val="{_STYLES[kind]}"/>' if kind in _STYLES else ""
    return f"<w:p><w:pPr>{style}{number}</w:pPr>{_runs(text)}</w:p>"


def _runs(text: str) -> str:
    """Split the runs where Word does, between Han text and digits."""
    pieces = re.findall(r"[0-9A-Za-z.%+]+|[^0-9A-Za-z.%+]+", text)
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces)


def _table(rows: list[Line]) -> str:
    columns = max(len(row.cells) for row in rows)
    width = f'w:w="{_TABLE_WIDTH // columns}"'
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    cells = f'<w:tc><w:tcPr><w:tcW {width} w:type="dxa"/></w:tcPr>{{}}</w:tc>'
    lines = [
        "<w:tr>" + "".join(cells.format(_paragraph("cell", cell, "")) for cell in row.cells) + "</w:tr>"
        for row in rows
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TABLE_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{f'<w:gridCol {width}/>' * columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
