"""Writes OFD packages (GB/T 33190-2016): from pages drawn in a test, or from the pages of a PDF."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pypdfium2
from ofd_drawing import A4, NAMESPACE, Character, OfdPage, Style, area, page_xml, part
from pypdfium2 import raw


def ofd(
    *pages: OfdPage,
    style: Style = "line",
    templates: Mapping[str, OfdPage] | None = None,
    parts: Mapping[str, str | bytes | None] | None = None,
    document: str = "",
    body: str = "",
    namespace: str = NAMESPACE,
) -> bytes:
    """Return an OFD package.

    Args:
        pages: its pages.
        style: whose habits it follows.
        templates: template pages by ID, written in the same style.
        parts: further parts, or others in place of those made; None leaves one out.
        document: elements added to Document.xml.
        body: elements added to OFD.xml.
        namespace: of all elements.
    """
    members: dict[str, str | bytes] = {}
    listed = referred = ""
    for number, page in enumerate(pages):
        listed += f'<ofd:Page ID="{number + 100}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = page_xml(page, style)
    for identifier, page in (templates or {}).items():
        referred += f'<ofd:TemplatePage ID="{identifier}" BaseLoc="Tpls/Tpl_{identifier}/Content.xml"/>'
        members[f"Doc_0/Tpls/Tpl_{identifier}/Content.xml"] = page_xml(page, style)
    members["OFD.xml"] = part(
        "OFD",
        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>{body}",
    )
    members["Doc_0/Document.xml"] = part(
        "Document",
        f"<ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>{area(*A4, 'PageArea')}"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{referred}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{document}",
    )
    fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    members["Doc_0/PublicRes.xml"] = part("Res", fonts)
    return packed({**members, **(parts or {})}, namespace)


def packed(members: Mapping[str, str | bytes | None], namespace: str = NAMESPACE) -> bytes:
    """Zip the parts, OFD.xml first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(members, key=lambda name: name != "OFD.xml"):
            content = members[name]
            if isinstance(content, str):
                content = content.replace(NAMESPACE, namespace).encode()
            if content is not None:
                package.writestr(zipfile.ZipInfo(name, (2024, 3, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def members_of(data: bytes) -> dict[str, str | bytes | None]:
    """Unzip a package into its parts, the text of XML decoded."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def ofd_from_pdf(data: bytes, style: Style = "line") -> bytes:
    """Return an OFD package of the same pages: characters at their places, and the rules drawn.

    Args:
        data: a PDF with text.
        style: whose habits it follows.
    """
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        return ofd(*(_copied(page) for page in pdf), style=style)


def _copied(page: Any) -> OfdPage:
    made = OfdPage(page.get_width(), page.get_height())
    with closing(page.get_textpage()) as text_page:
        made.characters += _characters(text_page, made.height)
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
            made.paths += _subpaths(item, made.height)
    return made


def _characters(text_page: Any, height: float) -> Iterator[Character]:
    """Yield the characters that the PDF itself has, not the blanks and breaks that pdfium adds."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        if raw.FPDFText_IsGenerated(text_page.raw, index) == 1 or code in (0, 0xFFFE):
            continue
        raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
        raw.FPDFText_GetLooseCharBox(text_page.raw, index, box)
        raw.FPDFText_GetMatrix(text_page.raw, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page.raw, index) * abs(matrix.d)
        character = "-" if raw.FPDFText_IsHyphen(text_page.raw, index) == 1 else chr(code)
        if character.isprintable():
            yield Character(character, x.value, height - y.value, size, box.right - box.left)


def _subpaths(item: Any, height: float) -> Iterator[list[tuple[float, float]]]:
    """Yield the straight parts of a path, closed ones with their start at the end."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        place = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            height - (matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(place)
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != place:
            points.append(points[0])
    if len(points) > 1:
        yield points
