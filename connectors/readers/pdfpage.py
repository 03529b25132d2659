"""Takes the lines of a PDF page, with their places, out of pdfium; and counts the rules drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.readers.canonical import clean
from connectors.readers.pdflines import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

# What a rule of a table measures at least, and how thick a line may be, in points.
_LONG = 40.0
_TALL = 10.0
_THIN = 3.0
_MOST_OBJECTS = 20_000


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page besides its text.

    Args:
        rows, columns: how many long level and upright rules; a box counts as two of each.
        pictured: whether a picture covers more than half of the page.
    """

    rows: int
    columns: int
    pictured: bool

    @property
    def is_ruled(self) -> bool:
        """Whether the rules may make a table."""
        return self.rows >= 2 and self.columns >= 2


def page_lines(page: PdfPage, text_page: PdfTextPage, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the file's order."""
    from pypdfium2 import raw

    text = text_page.get_text_range()
    height = page.get_height() or 1.0
    box = raw.FS_RECTF()
    wide = any(character > "\uffff" for character in text)
    offset = 0
    for content in text.split("\r\n"):
        length = len(content.encode("utf-16-le")) // 2 if wide else len(content)
        stripped = content.strip()
        if stripped:
            first = offset + len(content) - len(content.lstrip())
            last = offset + length - 1 - (len(content) - len(content.rstrip()))
            left, _, top, bottom = _span(text_page, first, box)
            _, right, _, _ = _span(text_page, last, box)
            # At a line's end pdfium marks a hyphen as one that a typesetter put in.
            line = clean(stripped.replace("\ufffe", "-").replace("\x02", "-")).replace("\n", " ")
            if line:
                middle = (top + bottom) / 2
                yield Line(line, number, left, right, middle / height, height - top, height - bottom)
        offset += length + 2


def _span(text_page: PdfTextPage, index: int, box: Any) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom of the character at an index of the text."""
    from pypdfium2 import raw as pdfium

    place = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page.raw, index)
    if place < 0 or not pdfium.FPDFText_GetLooseCharBox(text_page.raw, place, box):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.right, box.top, box.bottom


def drawing(page: PdfPage) -> Drawing:
    """Count the rules and look for a picture, without reading the objects' contents."""
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    half = page.get_width() * page.get_height() / 2
    rows = columns = 0
    pictured = False
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = pictured or width * height > half
        elif width >= _LONG and height <= _THIN:
            rows += 1
        elif height >= _TALL and width <= _THIN:
            columns += 1
        elif width >= _LONG / 2 and height >= _TALL and raw.FPDFPath_CountSegments(item) >= 4:
            rows, columns = rows + 2, columns + 2
    return Drawing(rows, columns, pictured)
