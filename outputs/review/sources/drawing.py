"""Draws pages of a PDF, with the boxes of what stands on them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outputs.review.sources.locating import Folded, Wanted, find

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

Box = tuple[float, float, float, float]

# Pixels; a line of 28 characters can still be read.
WIDTH: Final = 840
# Pages much higher than wide are drawn smaller.
_HIGHEST: Final = 1800
# Of grey; letters need no more.
_LEVELS: Final = 8
# A photographed page is far larger without loss.
_LARGEST_DRAWN: Final = 120_000
_QUALITY: Final = 35
# Characters whose middles differ by less than this share of their height stand in one line.
_SAME_LINE: Final = 0.6
_HYPHENS: Final = frozenset((0xFFFE, 2))


@dataclass(frozen=True, slots=True)
class Asked:
    """A place to be shown.

    Args:
        page: its page, from 1; what is not found there may stand on the next one.
        box: of its paragraph, in points from the page's upper left corner.
        words: how to find it in the page's text.
    """

    page: int
    box: Box
    words: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a picture.

    Args:
        number: from 1.
        data: the picture as WebP.
        width, height: of the picture, in pixels.
        boxes: (which of what was asked, its box on the picture, in pixels).
    """

    number: int
    data: bytes
    width: int
    height: int
    boxes: tuple[tuple[int, Box], ...]


def draw(
    data: bytes, asked: Sequence[Asked], most: int, have: frozenset[int] = frozenset()
) -> tuple[DrawnPage, ...]:
    """Draw the pages on which what is asked stands.

    Args:
        data: the file.
        asked: the most important first.
        most: how many pages at most.
        have: pages whose picture is there; of them no data are returned.

    Raises:
        pypdfium2.PdfiumError: it can't be opened.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        texts: dict[int, PageChars] = {}
        boxes: dict[int, list[tuple[int, Box]]] = {}
        for order, each in enumerate(asked):
            number, found = _places(pdf, each, texts)
            if number in boxes or len(boxes) < most:
                boxes.setdefault(number, []).extend((order, box) for box in found)
        boxes.pop(0, None)
        return tuple(_drawn(pdf, number, boxes[number], number in have) for number in sorted(boxes))


class PageChars:
    """The characters of a page in pdfium's order, to be found by their words."""

    def __init__(self, page: PdfPage) -> None:
        from pypdfium2 import raw

        self.page, self._text = page, page.get_textpage()
        codes = (raw.FPDFText_GetUnicode(self._text.raw, n) for n in range(self._text.count_chars()))
        self.folded = Folded("".join("-" if code in _HYPHENS else chr(code) for code in codes))

    def boxes(self, first: int, last: int) -> list[Box]:
        """Return the boxes that cover two characters and those between them, one a line, in points."""
        lines: list[Box] = []
        for index in range(first, last + 1):
            left, bottom, right, top = self._text.get_charbox(index, loose=True)
            if right <= left or top <= bottom:
                continue
            if lines and _is_beside(lines[-1], (left, bottom, right, top)):
                before = lines.pop()
                left, right = min(before[0], left), max(before[2], right)
                bottom, top = min(before[1], bottom), max(before[3], top)
            lines.append((left, bottom, right, top))
        return lines


def _is_beside(line: Box, box: Box) -> bool:
    middles = abs((line[1] + line[3]) - (box[1] + box[3])) / 2
    return middles < _SAME_LINE * (box[3] - box[1])


def _places(pdf: PdfDocument, asked: Asked, texts: dict[int, PageChars]) -> tuple[int, list[Box]]:
    """Return a place's page and its boxes there, in points from the lower left corner; page 0 for none."""
    for number in (asked.page, asked.page + 1):
        if not 1 <= number <= len(pdf):
            continue
        if number not in texts:
            texts[number] = PageChars(pdf[number - 1])
        if (span := find(texts[number].folded, asked.words)) is not None:
            return number, texts[number].boxes(*span)
    if not 1 <= asked.page <= len(pdf):
        return 0, []
    page = texts[asked.page].page
    # Of what was read turned, the box is told as it is seen.
    return asked.page, [] if page.get_rotation() else [_from_below(page, asked.box)]


def _from_below(page: PdfPage, box: Box) -> Box:
    left, _, _, top = page.get_bbox()
    return left + box[0], top - box[3], left + box[2], top - box[1]


def _drawn(pdf: PdfDocument, number: int, boxes: Sequence[tuple[int, Box]], is_there: bool) -> DrawnPage:
    page = pdf[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, _HIGHEST / height)
    size = (math.ceil(width * scale), math.ceil(height * scale))
    data = b"" if is_there else packed(page.render(scale=scale, grayscale=True).to_pil())
    shown = tuple((order, _on_picture(page, box, size)) for order, box in boxes)
    return DrawnPage(number, data, *size, shown)


def _on_picture(page: PdfPage, box: Box, size: tuple[int, int]) -> Box:
    """Return where a box stands on the picture of its page, however the page is turned."""
    import ctypes

    from pypdfium2 import raw

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        right, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, right, down)
        corners.append((right.value, down.value))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def packed(picture: Image) -> bytes:
    """Return a picture of a page as few bytes: letters without loss, photographs with some."""
    step = 256 // _LEVELS
    levels = [level // step * 255 // (_LEVELS - 1) for level in range(256)]
    grey = picture.convert("L").point(levels)
    out = io.BytesIO()
    grey.save(out, "WEBP", lossless=True, method=2)
    if out.tell() > _LARGEST_DRAWN:
        out = io.BytesIO()
        picture.convert("L").save(out, "WEBP", quality=_QUALITY, method=3)
    return out.getvalue()
