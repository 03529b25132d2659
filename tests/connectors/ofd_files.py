"""Writes OFD packages (GB/T 33190-2016): from pages drawn in a test, or from the pages of a PDF.

`line` writes as editors' exports do (an object a line, distances between characters), `run` as converters
from PDF do (points scaled by a CTM, a boundary as large as the page), `character` as print drivers do (an
object a character in nested blocks, no blanks), `shuffled` the same in no order.
"""

from __future__ import annotations

import ctypes
import io
import itertools
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

import pypdfium2
from pypdfium2 import raw

Style = Literal["line", "run", "character", "shuffled"]
STYLES: tuple[Style, ...] = ("line", "run", "character", "shuffled")
NAMESPACE = "http://www.ofdspec.org/2016"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
A4 = (595.0, 842.0)
ASCENT, DESCENT = 0.88, 0.12


@dataclass(frozen=True)
class Character:
    """A character at a place in points: `x` from the left, `base` (its base line) from the upper edge."""

    text: str
    x: float
    base: float
    size: float
    width: float


@dataclass
class OfdPage:
    """A page: characters in the file's order, closed or open paths, and XML written as it is."""

    width: float = A4[0]
    height: float = A4[1]
    characters: list[Character] = field(default_factory=list)
    paths: list[list[tuple[float, float]]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 16) -> OfdPage:
        """Add a text; `y` runs upwards from the lower edge, as in PDF."""
        for character in text:
            width = size * (0.5 if character.isascii() else 1.0)
            self.characters.append(Character(character, x, self.height - y, size, width))
            x += width
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> OfdPage:
        self.paths.append([(x0, self.height - y0), (x1, self.height - y1)])
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> OfdPage:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def xml(self, *objects: str) -> OfdPage:
        """Add objects to the page's layer."""
        self.extra += objects
        return self

    def head(self, *elements: str) -> OfdPage:
        """Add elements before the page's content (`Template`, `PageRes`)."""
        self.before += elements
        return self


def mm(points: float) -> str:
    return f"{points * 25.4 / 72:.4f}".rstrip("0").rstrip(".")


def text_object(x: str, y: str, text: str, *, size: str = "5", more: str = "", **code: str) -> str:
    """A text at a place in millimetres, its attributes written as given."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in code.items())
    boundary = "" if "Boundary" in more else ' Boundary="0 0 210 297"'
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size}"{boundary} {more}>'
        f'<ofd:TextCode X="{x}" Y="{y}"{attributes}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


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
    members["OFD.xml"] = _part(
        "OFD",
        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>{body}",
    )
    members["Doc_0/Document.xml"] = _part(
        "Document",
        f"<ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>{_area(*A4, 'PageArea')}"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{referred}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{document}",
    )
    fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    members["Doc_0/PublicRes.xml"] = _part("Res", fonts)
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


def _part(name: str, content: str) -> str:
    return f'{DECLARATION}<ofd:{name} xmlns:ofd="{NAMESPACE}">{content}</ofd:{name}>'


def _area(width: float, height: float, name: str = "Area") -> str:
    return f"<ofd:{name}><ofd:PhysicalBox>0 0 {mm(width)} {mm(height)}</ofd:PhysicalBox></ofd:{name}>"


def page_xml(page: OfdPage, style: Style = "line") -> str:
    ids = itertools.count(1000)
    objects = [_path(path, next(ids)) for path in page.paths]
    objects += [text.replace("#", str(next(ids)), 1) for text in _texts(page, style)]
    content = "".join([*objects, *page.extra])
    if style in ("character", "shuffled"):
        content = f'<ofd:PageBlock ID="4"><ofd:PageBlock ID="5">{content}</ofd:PageBlock></ofd:PageBlock>'
    layer = f'<ofd:Content><ofd:Layer ID="3" Type="Body">{content}</ofd:Layer></ofd:Content>'
    return _part("Page", _area(page.width, page.height) + "".join(page.before) + layer)


def _path(points: list[tuple[float, float]], identifier: int) -> str:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    moves = [f"{mm(x - left)} {mm(y - top)}" for x, y in points]
    return (
        f'<ofd:PathObject ID="{identifier}" Boundary="{mm(left)} {mm(top)} {mm(width)} {mm(height)}" '
        f'LineWidth="0.25"><ofd:AbbreviatedData>M {" L ".join(moves)}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def _texts(page: OfdPage, style: Style) -> list[str]:
    if style == "line":
        return [_line(line) for line in _lines(page.characters)]
    if style == "run":
        return [_run(run, page) for line in _lines(page.characters) for run in _runs(line)]
    singles = [_single(each) for each in page.characters if not each.text.isspace()]
    if style == "shuffled":
        random.Random(1).shuffle(singles)
    return singles


def _lines(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield what follows on one base line in one size."""
    line: list[Character] = []
    for each in characters:
        last = line[-1] if line else None
        if last is not None and (
            abs(each.base - last.base) > 0.1
            or abs(each.size - last.size) > 0.1
            or not -0.3 * each.size < each.x - last.x - last.width < 3 * each.size
        ):
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _runs(line: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield what is of one script in a line."""
    for _, run in itertools.groupby(line, key=lambda each: each.text.isascii()):
        yield list(run)


def _line(line: Sequence[Character]) -> str:
    first, last = line[0], line[-1]
    top = first.base - ASCENT * first.size
    boundary = f"{mm(first.x)} {mm(top)} {mm(last.x + last.width - first.x)} {mm(first.size)}"
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" Font="1" Size="{mm(first.size)}">'
        f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{mm(ASCENT * first.size)}"'
        f"{_deltas([mm(b.x - a.x) for a, b in itertools.pairwise(line)])}>{_escaped(line)}"
        "</ofd:TextCode></ofd:TextObject>"
    )


def _run(run: Sequence[Character], page: OfdPage) -> str:
    first = run[0]
    boundary = f"0 0 {mm(page.width)} {mm(page.height)}"
    deltas = _deltas([f"{b.x - a.x:.3f}" for a, b in itertools.pairwise(run)])
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" CTM="0.352778 0 0 0.352778 0 0" Font="1" '
        f'Size="{first.size:.3f}"><ofd:TextCode X="{first.x:.3f}" Y="{first.base:.3f}"{deltas}>'
        f"{_escaped(run)}</ofd:TextCode></ofd:TextObject>"
    )


def _single(each: Character) -> str:
    scale = 0.05
    size = each.size * 25.4 / 72 / scale
    boundary = f"{mm(each.x)} {mm(each.base - ASCENT * each.size)} {mm(each.width)} {mm(each.size)}"
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" Size="{size:.4f}" CTM="{scale} 0 0 {scale} 0 0" '
        'Font="1"><ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>1</ofd:Glyphs>'
        f'</ofd:CGTransform><ofd:TextCode X="0" Y="{ASCENT * size:.4f}">{_escaped([each])}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _escaped(characters: Sequence[Character]) -> str:
    return escape("".join(each.text for each in characters))


def _deltas(values: Sequence[str]) -> str:
    """Write distances, the same ones told once: `g 3 5`."""
    if not values:
        return ""
    parts = []
    for value, group in itertools.groupby(values):
        count = len(list(group))
        parts += [value] * count if count < 3 else [f"g {count} {value}"]
    return f' DeltaX="{" ".join(parts)}"'


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
