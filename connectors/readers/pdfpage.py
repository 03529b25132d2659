"""Takes the lines of a PDF page, with their places, out of pdfium."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any

from connectors.readers.pdfdrawing import Edge

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

# Left, top, right and bottom, in points from the upper left corner of the page as one reads it.
Box = tuple[float, float, float, float]

# The lines of pdfium's text, the blanks at their ends left out.
_SEGMENT = re.compile(r"\S(?:[^\r\n]*\S)?")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
# How far, in radians, text may lean and still be level or upright.
_LEANING = 0.12
# At how many lines of a page about one looks to tell how large its text is, and how exactly.
_LOOKS = 3
_SCALED = 0.02


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is to be held for its text to be upright.

    Args:
        left, bottom, right, top: the visible part of the page, in the file's units.
        turn: how many quarters the text is turned anticlockwise in the file.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        """The width of the page as one reads it."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as one reads it."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def place(self, box: Edge) -> Box:
        """Return where a box of the file stands on the page as one reads it."""
        x0, y0, x1, y1 = box
        if self.turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 3:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


class PageText:
    """The text of a page as pdfium puts it in order, and where each of its characters stands.

    Its methods are called for every line and figure, so they spare each other's calls.
    """

    def __init__(self, page: PdfPage, text_page: PdfTextPage) -> None:
        from pypdfium2 import raw

        text: str = text_page.get_text_range()
        # At a line's end pdfium marks a hyphen as one that a typesetter put in.
        self.text = text.replace("\ufffe", "-").replace("\x02", "-")
        self._raw = raw
        self._handle = text_page.raw
        self._at = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self._loose, self._origin, self._angle, self._size = _quick()
        self._box, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._into = ctypes.addressof(self._box)
        self._into_x, self._into_y = ctypes.addressof(self._x), ctypes.addressof(self._y)
        # Offsets count UTF-16 units in pdfium.
        self._units = _units(text) if _ASTRAL.search(text) else None
        length = self._units[-1] if self._units else len(text)
        self._is_direct = self._units is None and length == text_page.count_chars()
        self.segments = [found.span() for found in _SEGMENT.finditer(text)]
        frame = Frame(*page.get_bbox())
        self.turns = self._turns()
        self.frame = replace(frame, turn=self._main_turn()) if any(self.turns) else frame
        self.width, self.height = self.frame.width, self.frame.height

    def _index(self, offset: int) -> int:
        if self._units is not None:
            offset = self._units[offset]
        return int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._handle, offset))

    def box(self, offset: int) -> Box:
        """Return where a character stands, the room that its font gives it included."""
        box, frame = self._box, self.frame
        if not self._loose(self._at, offset if self._is_direct else self._index(offset), self._into):
            return _NOWHERE
        if frame.turn:
            return frame.place((box.left, box.bottom, box.right, box.top))
        left, top = frame.left, frame.top
        return box.left - left, top - box.top, box.right - left, top - box.bottom

    def reach(self, first: int, last: int) -> Box:
        """Return what two characters and all between them cover."""
        if self.frame.turn or not self._is_direct:
            left, top, right, bottom = self.box(first)
            other = self.box(last)
            return min(left, other[0]), min(top, other[1]), max(right, other[2]), max(bottom, other[3])
        box, frame = self._box, self.frame
        if not self._loose(self._at, first, self._into):
            return _NOWHERE
        left, right, high, low = box.left, box.right, box.top, box.bottom
        if last != first and self._loose(self._at, last, self._into):
            left, right, high, low = (
                min(left, box.left), max(right, box.right), max(high, box.top), min(low, box.bottom)
            )  # fmt: skip
        return left - frame.left, frame.top - high, right - frame.left, frame.top - low

    def gap(self, before: int, after: int) -> tuple[float, float]:
        """Return how far apart two characters of a line stand, and how wide the first is."""
        if self.frame.turn or not self._is_direct:
            left, _, right, _ = self.box(before)
            return self.box(after)[0] - right, right - left
        box = self._box
        self._loose(self._at, before, self._into)
        right = box.right
        width = right - box.left
        self._loose(self._at, after, self._into)
        return box.left - right, width

    def base(self, offset: int) -> float:
        """Return the base line of a character, in points from the upper edge."""
        frame = self.frame
        if not self._origin(
            self._at, offset if self._is_direct else self._index(offset), self._into_x, self._into_y
        ):
            return 0.0
        if frame.turn:
            x, y = self._x.value, self._y.value
            return frame.place((x, y, x, y))[1]
        return frame.top - self._y.value

    def rise(self, low: int, high: int) -> float:
        """Return how far the base line of one character stands above another's."""
        if self.frame.turn or not self._is_direct:
            return self.base(low) - self.base(high)
        x, y = self._into_x, self._into_y
        if not self._origin(self._at, low, x, y):
            return 0.0
        level = self._y.value
        return self._y.value - level if self._origin(self._at, high, x, y) else 0.0

    def small(self, offsets: Sequence[int]) -> list[int]:
        """Return the characters that may be smaller than the page's text, as far as their fonts tell."""
        indices = offsets if self._is_direct else list(map(self._index, offsets))
        sizes = map(self._size, repeat(self._at), indices)
        full = self._full_size
        return [offset for offset, size in zip(offsets, sizes, strict=True) if size < full]

    @cached_property
    def _full_size(self) -> float:
        """Return the size from which on a font is not small; without bound where sizes are scaled."""
        matrix = self._raw.FS_MATRIX()
        largest = 0.0
        for start, _ in self.segments[:: max(len(self.segments) // _LOOKS, 1)]:
            index = start if self._is_direct else self._index(start)
            if not self._raw.FPDFText_GetMatrix(self._handle, index, matrix):
                return math.inf
            if abs(math.hypot(matrix.a, matrix.b) - 1) > _SCALED or abs(matrix.a - matrix.d) > _SCALED:
                return math.inf
            largest = max(largest, self._size(self._at, index))
        return largest * (1 - _SCALED)

    def is_generated(self, offset: int) -> bool:
        """Whether pdfium put a blank where the file has none."""
        index = offset if self._is_direct else self._index(offset)
        return int(self._raw.FPDFText_IsGenerated(self._handle, index)) == 1

    def _turns(self) -> list[int | None]:
        """Return how many quarters each segment is turned anticlockwise; None for an oblique one."""
        starts: Iterable[int] = (start for start, _ in self.segments)
        if not self._is_direct:
            starts = map(self._index, starts)
        angles = map(self._angle, repeat(self._at), starts)
        return [0 if angle <= _LEANING else _quarters(angle) for angle in angles]

    def _main_turn(self) -> int:
        """Return how most of the text is turned."""
        found: Counter[int] = Counter()
        for (start, end), turn in zip(self.segments, self.turns, strict=True):
            if turn is not None:
                found[turn] += end - start
        return max(found, key=lambda turn: (found[turn], -turn)) if found else 0

    @property
    def is_hidden(self) -> bool:
        """Whether the text is drawn invisibly, as recognisers put it under the picture of a page."""
        count = len(self.segments)
        return count > 0 and all(self._is_invisible(self.segments[index][0]) for index in (count // 2, -1))

    def _is_invisible(self, offset: int) -> bool:
        raw = self._raw
        item = raw.FPDFText_GetTextObject(self._handle, offset if self._is_direct else self._index(offset))
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else raw.FPDF_TEXTRENDERMODE_UNKNOWN
        return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


@cache
def _quick() -> tuple[Any, Any, Any, Any]:
    """Return pdfium's functions for a character's box, origin, angle and size; they take addresses."""
    from pypdfium2 import raw

    address, number = ctypes.c_void_p, ctypes.c_int
    box = ctypes.CFUNCTYPE(number, address, number, address)
    origin = ctypes.CFUNCTYPE(number, address, number, address, address)
    angle = ctypes.CFUNCTYPE(ctypes.c_float, address, number)
    return (
        ctypes.cast(raw.FPDFText_GetLooseCharBox, box),
        ctypes.cast(raw.FPDFText_GetCharOrigin, origin),
        ctypes.cast(raw.FPDFText_GetCharAngle, angle),
        ctypes.cast(raw.FPDFText_GetFontSize, ctypes.CFUNCTYPE(ctypes.c_double, address, number)),
    )


def _quarters(angle: float) -> int | None:
    """Return an angle, clockwise in radians, as quarters anticlockwise; None for an oblique one."""
    quarters = angle / (math.pi / 2)
    is_straight = abs(quarters - round(quarters)) * math.pi / 2 <= _LEANING
    return -round(quarters) % 4 if is_straight else None


def _units(text: str) -> list[int]:
    """Return the offset of each character, and of the end, in UTF-16 units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets
