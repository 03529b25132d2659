"""The numbers, matrices, boxes and paths of OFD (GB/T 33190-2016, 7.3 and chapter 8), in points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS_PER_MILLIMETRE = 72 / 25.4
# Farther than any page reaches; what is beyond is a damaged number.
FARTHEST = 1e6

# x' = a·x + c·y + e, y' = b·x + d·y + f
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]

TO_POINTS: Matrix = (POINTS_PER_MILLIMETRE, 0.0, 0.0, POINTS_PER_MILLIMETRE, 0.0, 0.0)
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_A4 = (210.0, 297.0)
_LEAST_SIDE = 10.0

_PATH_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# How many numbers follow a path's operators; the last two are where it goes.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
_MOST_TOKENS = 100_000


def number(text: str | None) -> float | None:
    """Return a number that may stand on a page, or None."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) <= FARTHEST else None


def numbers(text: str | None, count: int) -> list[float] | None:
    """Return the first numbers of a list, or None where there are fewer or one can't be."""
    values = [number(part) for part in (text or "").replace(",", " ").split(maxsplit=count)[:count]]
    sound = [value for value in values if value is not None]
    return sound if len(sound) == count else None


def product(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def is_sound(matrix: Matrix) -> bool:
    """Whether a matrix keeps what it moves within reach."""
    return all(math.isfinite(part) and abs(part) <= FARTHEST for part in matrix)


def boundary_of(element: _Element) -> Box:
    """Return left, top, width and height of an object, in its parent's units."""
    left, top, width, height = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    return left, top, width, height


def matrix_of(element: _Element, outer: Matrix) -> Matrix:
    """Return the matrix from an object's own units to the page: its CTM, then its Boundary's corner."""
    values = numbers(element.get("CTM"), 6)
    own: Matrix = (values[0], values[1], values[2], values[3], values[4], values[5]) if values else _SAME
    left, top, _, _ = boundary_of(element)
    return product(outer, (own[0], own[1], own[2], own[3], own[4] + left, own[5] + top))


def page_size(*areas: _Element | None) -> Point:
    """Return the width and height of a page by the first area that tells them, else of A4."""
    for area in areas:
        if area is None:
            continue
        for part in area:
            box = numbers(part.text, 4) if str(part.tag).endswith("PhysicalBox") else None
            if box is not None and min(box[2:]) >= _LEAST_SIDE:
                return box[2] * POINTS_PER_MILLIMETRE, box[3] * POINTS_PER_MILLIMETRE
    return _A4[0] * POINTS_PER_MILLIMETRE, _A4[1] * POINTS_PER_MILLIMETRE


def segments(data: str, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """Yield the straight lines of a path (`AbbreviatedData`); curves only move on."""
    start = place = (0.0, 0.0)
    operator = ""
    operands: list[float] = []
    for index, match in enumerate(_PATH_TOKEN.finditer(data)):
        if index > _MOST_TOKENS:
            return
        token = match.group()
        if token.isalpha():
            operator, operands = token.upper(), []
            if operator == "C":
                yield applied(matrix, *place), applied(matrix, *start)
                place = start
            continue
        value = number(token)
        if value is None:
            return
        operands.append(value)
        if len(operands) < _OPERANDS.get(operator, 0) or operator not in _OPERANDS:
            continue
        target = operands[-2], operands[-1]
        operands = []
        if operator in "SM":
            start = target
        elif operator == "L":
            yield applied(matrix, *place), applied(matrix, *target)
        place = target
