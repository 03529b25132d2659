"""Looks at what is drawn on a PDF page besides its text: rules, pictures, outlined characters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# What a rule of a table measures at least, and how thick a line may be, in points.
_LONG = 20.0
_TALL = 8.0
_THIN = 3.0
_MOST_OBJECTS = 50_000
_DEEPEST = 4
# A grid drawn as one path is taken apart, a map is not.
_MOST_SEGMENTS = 2_000
_MOST_EDGES = 3_000
# A page whose characters are drawn as shapes has many of them, and next to no text.
_OUTLINES = 150

# Left, bottom, right and top, in the units of the file.
Edge = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides its text.

    Args:
        edges: the level and upright rules, the sides of boxes among them.
        rows, columns: how many of them are level and upright.
        pictures: the area that pictures cover.
        shapes: how many paths are neither rules nor boxes.
        area: of the page.
    """

    area: float
    edges: list[Edge] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    pictures: float = 0.0
    shapes: int = 0

    @property
    def is_ruled(self) -> bool:
        """Whether the rules may make a table."""
        return self.rows >= 2 and self.columns >= 1 and self.rows + self.columns >= 4

    @property
    def is_pictured(self) -> bool:
        """Whether pictures cover more than half of the page, or its characters may be drawn as shapes."""
        return self.pictures > self.area / 2 or self.shapes >= _OUTLINES

    def add(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Note a rule, and return whether it is one."""
        width, height = right - left, top - bottom
        if len(self.edges) >= _MOST_EDGES:
            return False
        if height <= _THIN and width >= _LONG:
            middle = (bottom + top) / 2
            self.edges.append((left, middle, right, middle))
            self.rows += 1
            return True
        if width <= _THIN and height >= _TALL:
            middle = (left + right) / 2
            self.edges.append((middle, bottom, middle, top))
            self.columns += 1
            return True
        return False


def drawing(page: PdfPage) -> Drawing:
    """Note the rules and pictures of a page, without reading the objects' contents."""
    from pypdfium2 import raw

    drawn = Drawing(page.get_width() * page.get_height())
    text, get, kind_of = raw.FPDF_PAGEOBJ_TEXT, *_quick()
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    for index, kind in enumerate(map(kind_of, map(get, repeat(handle), range(count)))):
        if kind != text:
            _note(raw.FPDFPage_GetObject(page.raw, index), kind, drawn, _IDENTITY, 0)
    return drawn


@cache
def _quick() -> tuple[Any, Any]:
    """Return pdfium's functions for an object of a page and its kind, with bare addresses: twice as fast."""
    from pypdfium2 import raw

    address, number = ctypes.c_void_p, ctypes.c_int
    get = ctypes.cast(raw.FPDFPage_GetObject, ctypes.CFUNCTYPE(address, address, number))
    return get, ctypes.cast(raw.FPDFPageObj_GetType, ctypes.CFUNCTYPE(number, address))


def _note(item: Any, kind: int, drawn: Drawing, matrix: _Matrix, depth: int) -> None:
    """Note one object; those of a form within it too."""
    from pypdfium2 import raw

    if kind == raw.FPDF_PAGEOBJ_FORM:
        if depth < _DEEPEST:
            inner = _times(_matrix_of(item), matrix)
            for index in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS >> 2 * depth)):
                part = raw.FPDFFormObj_GetObject(item, index)
                _note(part, raw.FPDFPageObj_GetType(part), drawn, inner, depth + 1)
        return
    if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    box = _placed((left.value, bottom.value, right.value, top.value), matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        drawn.pictures += min(width * height, drawn.area)
    elif not drawn.add(*box):
        _note_path(item, box, drawn, matrix)


def _note_path(item: Any, box: Edge, drawn: Drawing, matrix: _Matrix) -> None:
    """Note a box, or the straight lines of a path."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    count = raw.FPDFPath_CountSegments(item)
    if right - left < _LONG / 2 or top - bottom < _TALL or not 2 <= count <= _MOST_SEGMENTS:
        drawn.shapes += 1
        return
    whole = _times(_matrix_of(item), matrix)
    found = False
    for x0, y0, x1, y1 in _strokes(item, count):
        first, second = _point(x0, y0, whole), _point(x1, y1, whole)
        found |= drawn.add(
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )
    drawn.shapes += not found


def _strokes(item: Any, count: int) -> Iterator[Edge]:
    """Yield the straight lines of a path, from point to point."""
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*before, *point)
        before = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*before, *start)
            before = start


def _matrix_of(item: Any) -> _Matrix:
    from pypdfium2 import raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    """Return the matrix that does the first, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
    )  # fmt: skip


def _point(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(box: Edge, matrix: _Matrix) -> Edge:
    """Return the box round a box that a matrix has moved."""
    if matrix is _IDENTITY:
        return box
    corners = [_point(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
