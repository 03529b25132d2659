"""Writes a source as .docx, byte for byte the same every time.

The parts are written out here rather than by python-docx, whose template changes between versions and holds no
East Asian numbering: the point of these files is the automatic numbering that Word itself would write.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from source import Line, Source

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "header1", "footer1")
_HAN = "〇一二三四五六七八九十"
_NUMBERS = (r"([一二三四五六七八九十]+)、", r"（([一二三四五六七八九十]+)）", r"(\d+)\.")
_LEVELS = {"heading1": 0, "heading2": 1, "heading3": 2}
_STYLES = {"title": "a3", "centre": "a4", "right": "a5", "flush": "a6", "heading1": "1", "heading2": "2", "heading3": "3"}


def docx(source: Source) -> bytes:
    """Return the bytes of the .docx."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(source),
        "word/document.xml": _document(source),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _styles(source),
        "word/numbering.xml": _numbering(str(source.front.get("count", "chineseCounting"))),
        "word/settings.xml": f'{_HEAD}<w:settings {_W}><w:defaultTabStop w:val="420"/></w:settings>',
        "word/header1.xml": _header(source.front.get("header")),
        "word/footer1.xml": _footer(bool(source.front.get("page_numbers"))),
    }
    return stored_zip({name: text.encode("utf-8") for name, text in parts.items()})


def stored_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip of uncompressed members with a fixed date: no compressor's version shows in its bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, data)
    return buffer.getvalue()


def _document(source: Source) -> str:
    numbered = source.front.get("numbering", "typed") != "typed"
    counters = [0, 0, 0]
    body: list[str] = []
    for is_table, group in itertools.groupby(source.lines, key=lambda line: line.kind == "row"):
        if is_table:
            body.append(_table(list(group)))
            continue
        for line in group:
            level = _LEVELS.get(line.kind)
            text = line.text
            if level is not None and numbered:
                text = _without_number(text, level, counters, source.path.name)
            body.append(_paragraph(line.kind, text, level if numbered else None, str(source.front.get("numbering"))))
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
        'w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{''.join(body)}{section}</w:body></w:document>"


def _without_number(text: str, level: int, counters: list[int], name: str) -> str:
    """Take the displayed number off a heading, and make sure that Word will count to the same one."""
    match = re.match(_NUMBERS[level], text)
    counters[level] += 1
    counters[level + 1 :] = [0] * (2 - level)
    shown = match.group(1) if match else ""
    wanted = str(counters[level]) if level == 2 else _han(counters[level])
    if match is None or shown != wanted:
        raise ValueError(f"{name}: Word would number this heading {wanted}: {text[:20]}")
    return text[match.end() :]


def _han(number: int) -> str:
    if number <= 10:
        return _HAN[number]
    return ("" if number < 20 else _HAN[number // 10]) + "十" + ("" if number % 10 == 0 else _HAN[number % 10])


def _paragraph(kind: str, text: str, level: int | None, numbering: str) -> str:
    style = f'<w:pStyle w:val="{_STYLES[kind]}"/>' if kind in _STYLES else ""
    number = ""
    if level is not None and numbering == "word":
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{style}{number}</w:pPr>{_runs(text)}</w:p>"


def _runs(text: str) -> str:
    """Split the runs where Word does, between Han text and digits."""
    pieces = re.findall(r"[0-9A-Za-z.%+]+|[^0-9A-Za-z.%+]+", text)
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces)


def _table(rows: list[Line]) -> str:
    columns = max(len(row.cells) for row in rows)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{8800 // columns}"/>' for _ in range(columns))
    body = "".join(f"<w:tr>{''.join(_cell(cell, 8800 // columns) for cell in row.cells)}</w:tr>" for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _cell(text: str, width: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="a7"/></w:pPr>{_runs(text)}</w:p></w:tc>'
    )


def _numbering(count: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{count if level < 2 else "decimal"}"/>'
        f'<w:pStyle w:val="{level + 1}"/><w:suff w:val="nothing"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
        for level, pattern in enumerate(("%1、", "（%2）", "%3."))
    )
    return (
        f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _styles(source: Source) -> str:
    sans, serif = ("Noto Sans CJK SC", "Noto Serif CJK SC") if source.format == "pdf" else ("黑体", "仿宋_GB2312")
    in_style = source.front.get("numbering") == "style"
    indent, plain = '<w:ind w:firstLine="640"/>', '<w:ind w:firstLine="0"/>'
    styles = [_style("a", "Normal", serif, 32, f'<w:spacing w:line="560" w:lineRule="exact"/>{indent}', base=None)]
    for level in range(3):
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if in_style else ""
        shape = f'{number}{indent}<w:outlineLvl w:val="{level}"/>' if level == 0 else f"{number}{indent}"
        styles.append(_style(str(level + 1), f"heading {level + 1}", sans if level == 0 else serif, 32, shape))
    styles.append(_style("a3", "Title", sans, 44, f'{plain}<w:jc w:val="center"/>'))
    styles.append(_style("a4", "Centred", serif, 32, f'{plain}<w:jc w:val="center"/>'))
    styles.append(_style("a5", "Signature", serif, 32, f'{plain}<w:jc w:val="right"/>'))
    styles.append(_style("a6", "Salutation", serif, 32, plain))
    styles.append(_style("a7", "Table Text", serif, 24, f'<w:spacing w:line="360" w:lineRule="exact"/>{plain}'))
    return f"{_HEAD}<w:styles {_W}>{''.join(styles)}</w:styles>"


def _style(key: str, name: str, font: str, size: int, shape: str, base: str | None = "a") -> str:
    default = ' w:default="1"' if base is None else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:pPr>{shape}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _header(text: str | None) -> str:
    return f'{_HEAD}<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="a7"/></w:pPr>{_runs(text or "")}</w:p></w:hdr>'


def _footer(page_numbers: bool) -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    body = f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="a4"/></w:pPr>{body if page_numbers else ""}</w:p></w:ftr>'


def _core(source: Source) -> str:
    title = "".join(line.text for line in source.lines if line.kind == "title")
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    moment = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:{0}>'
    return (
        f"{_HEAD}<cp:coreProperties {spaces}><dc:title>{escape(title)}</dc:title><dc:creator>样例</dc:creator>"
        f"<dc:description>虚构样例，不涉及任何真实单位</dc:description>{moment.format('created')}{moment.format('modified')}"
        "</cp:coreProperties>"
    )


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{part.rstrip("1")}+xml"/>' for part in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _package_relations() -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations([(office, "word/document.xml"), (core, "docProps/core.xml")])


def _document_relations() -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return _relations((f"{base}/{part.rstrip('1')}", f"{part}.xml") for part in _PARTS)
