"""Files in old formats, what they are made from, and what only looks like them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from built_files import abstract, docx, level, num, p, r, table, tc

from nianbao.cache import cache_in_use
from nianbao.limits import limits

SENTENCE = "全年办理行政处罚案件12件，罚款3.5万元，开展行政检查256次，调解矛盾纠纷38起。"
OUTLINE = abstract(0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", "decimal")) + num(1, 0)
BOX = (
    '<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="2000000" cy="1000000"/><wp:docPr id="1" name="a"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="1000000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>'
    "<w:p><w:r><w:t>框中文字共三件</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    "<w:r><w:t>后</w:t></w:r></w:p>"
)
CHANGED = (
    "<w:p><w:r><w:t>办理</w:t></w:r>"
    '<w:del w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"><w:r><w:delText>12</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a" w:date="2023-01-01T00:00:00Z"><w:r><w:t>15</w:t></w:r></w:ins>'
    "<w:r><w:t>件</w:t></w:r></w:p>"
)
TODAY = (
    "<w:p>"
    + r("印发于")
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy-M-d" '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2023-12-30</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def cell(text: str, columns: int = 1) -> str:
    return tc(
        p(text), properties=f'<w:tcW w:w="{2000 * columns}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
    )


# LibreOffice numbers columns by their widths.
GRID = table(
    [cell("部门"), cell("件数"), cell("备注")],
    [cell("公安"), cell("12"), cell("")],
    [cell("合计", 2), cell("3")],
)
GRID = GRID.replace(
    "<w:tbl>",
    '<w:tbl><w:tblPr><w:tblW w:w="6000" w:type="dxa"/></w:tblPr><w:tblGrid>'
    + '<w:gridCol w:w="2000"/>' * 3
    + "</w:tblGrid>",
)
# What the three formats can all hold.
FILES = {
    "outline": docx(
        p("云岭镇2023年法治政府建设工作报告"), p("举措", "1"), p("学法", "1.1"), p("检查", "1.2"),
        p("处罚", "1.2"), p("执法", "1.1"), p("检查", "1.2"), p(SENTENCE), p("不足", "1"), p("队伍", "1.1"),
        numbering=OUTLINE,
    ),
    "table": docx(
        p("附表"),
        GRID,
        p("完"),
    ),
    "box": docx(p("标题"), BOX, CHANGED, p(r("隐藏", "<w:vanish/>")), p("甲")),
    "today": docx(p(SENTENCE), TODAY),
}  # fmt: skip
KINDS = ("doc", "rtf", "odt")


def use_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is converted in a folder of this test's own."""
    monkeypatch.setenv("NIANBAO_CACHE", str(folder))
    forget_settings()


def forget_settings() -> None:
    """Let the settings be read again."""
    limits.cache_clear()
    cache_in_use.cache_clear()


def flat(package: bytes) -> bytes:
    """Return a package in the one file that Word saves as `Word XML 文档`."""
    parts = []
    with zipfile.ZipFile(BytesIO(package)) as members:
        for name in members.namelist():
            text = members.read(name).decode().partition("?>")[2]
            if name != "[Content_Types].xml":
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<?mso-application progid="Word.Document"?>\n'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}'
        '<pkg:part pkg:name="/word/media/1.png"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part>'
        "</pkg:package>"
    ).encode()


def compound(*streams: str) -> bytes:
    """What a compound file with such streams looks like from outside; it is none."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names.ljust(1024, b"\0")


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>{}'
    "</manifest:manifest>"
)


def open_document(manifest: str = "", content: str = "<x/>") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", MANIFEST.format(manifest))
    return buffer.getvalue()


def rtf(text: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg936 {text}}}".encode("gbk")
