"""Builds small real files in memory: Word packages, PDF pages, downloads."""

from __future__ import annotations

import hashlib
import io
import zipfile

from nianbao import Document, Download, Filing

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def download(data: bytes, name: str = "文件/报告.bin", **fields: object) -> Download:
    return Download(Filing("folder", name, name), data, hashlib.sha256(data).hexdigest(), **fields)


def lines(document: Document) -> list[str]:
    return document.text.split("\n")


def p(text: str, numbering: str = "", *, style: str = "", extra: str = "") -> str:
    """A paragraph; `numbering` is "numId" or "numId.ilvl"."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        number, _, level = numbering.partition(".")
        properties += f'<w:numPr><w:ilvl w:val="{level or 0}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{extra}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or p('')}</w:tc>"


def table(*rows: list[str]) -> str:
    body = "".join(
        f"<w:tr>{''.join(cell if cell.startswith('<') else tc(p(cell)) for cell in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{body}</w:tbl>"


def level(
    index: int, text: str, number_format: str = "chineseCounting", *, start: int = 1, extra: str = ""
) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, extra: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{extra}'
        f"{''.join(levels)}</w:abstractNum>"
    )


def num(number: int, definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def start_override(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def paragraph_style(
    name: str, properties: str = "", *, parent: str = "", title: str = "", default: bool = False
) -> str:
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    mark = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{mark}><w:name w:val="{title or name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def docx(
    *body: str, numbering: str = "", styles: str = "", parts: dict[str, str | bytes] | None = None
) -> bytes:
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering")
    )
    content = "".join(body) + "<w:sectPr/>"
    main = f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": DECLARATION + _TYPES,
        "_rels/.rels": DECLARATION + _RELS.format(main),
        "word/_rels/document.xml.rels": DECLARATION + _RELS.format(relations),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>",
        "word/styles.xml": f"{DECLARATION}<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"{DECLARATION}<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


class PdfPage:
    """Text at places, in a font that every PDF program knows, and rules."""

    def __init__(self) -> None:
        self.content: list[str] = []

    def text(self, x: float, y: float, text: str, size: float = 16) -> PdfPage:
        code = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf {x} {y} Td <{code}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"0.7 w {x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> PdfPage:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self


def pdf(*pages: PdfPage) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *_FONT]
    kids = []
    for page in pages:
        stream = "\n".join(page.content)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    xref = len(out)
    table_ = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table_}{trailer}".encode("latin-1")


_FONT = (
    (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
        "/DescendantFonts [4 0 R] >>"
    ),
    (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/FontDescriptor 5 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
    ),
    (
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    ),
)
