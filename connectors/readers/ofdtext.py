"""Tells where the characters of an OFD text stand (GB/T 33190-2016, chapter 11), in points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.glyphs import ASCENT, HALF_WIDTH, natural_width
from connectors.readers.ofdgeometry import Matrix, Point, number

if TYPE_CHECKING:
    from lxml.etree import _Element

# The least and the most that a character measures.
_SMALLEST, _LARGEST = 1.0, 400.0
# A character's advance is taken for its width up to this, in sizes; what is wider has a gap in it.
_LATIN_ADVANCE = 0.75
_ADVANCE = 1.9
_SAME = 0.02
# How far a direction may be off the level, as the sine of the angle.
_LEVEL = 0.1


@dataclass(frozen=True, slots=True)
class Face:
    """How characters are set: width and height of a full one in points, and how many quarters turned."""

    width: float
    height: float
    turns: int


def face_of(element: _Element, matrix: Matrix, size: float) -> Face | None:
    """Return how a text's characters are set, or None where they stand aslant or can't be seen."""
    angle = math.radians(number(element.get("CharDirection")) or 0.0)
    a, b, c, d, _, _ = matrix
    x, y = a * math.cos(angle) + c * math.sin(angle), b * math.cos(angle) + d * math.sin(angle)
    length = math.hypot(x, y)
    height = size * abs(a * d - b * c) / length if length else 0.0
    width = size * length * (number(element.get("HScale")) or 1.0)
    if not (_SMALLEST <= height <= _LARGEST and _SMALLEST / 2 <= width <= 2 * _LARGEST):
        return None
    for turns, along in enumerate((x, y, -x, -y)):
        if along > 0 and abs(along) >= length * math.sqrt(1 - _LEVEL**2):
            return Face(width, height, turns)
    return None


def turned(place: Point, turns: int, size: Point) -> Point:
    """Return where a place is once the page is turned back, so that what was turned stands upright."""
    x, y = place
    width, height = size
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turns]


def content_of(code: _Element) -> str:
    """Return a text; line breaks are those of a printed XML, and no characters."""
    text = code.text or ""
    return "".join(line.strip() for line in text.split("\n")) if "\n" in text else text


def spots_of(code: _Element, text: str, place: Point, size: float, direction: str) -> Iterator[Point]:
    """Yield where each character starts, in the object's own units."""
    across, down = _offsets(code.get("DeltaX"), len(text)), _offsets(code.get("DeltaY"), len(text))
    angle = math.radians(number(direction) or 0.0)
    along_x, along_y = round(math.cos(angle)), round(math.sin(angle))
    x, y = place
    for index, character in enumerate(text):
        yield x, y
        if index < len(across) or index < len(down):
            x += across[index] if index < len(across) else 0.0
            y += down[index] if index < len(down) else 0.0
        else:
            step = size * (1.0 if along_y else natural_width(character))
            x += along_x * step
            y += along_y * step


def _offsets(text: str | None, most: int) -> list[float]:
    """Return the distances between characters; `g 3 5` stands for `5 5 5` (7.3)."""
    values: list[float] = []
    parts = iter((text or "").replace(",", " ").split())
    for part in parts:
        if len(values) >= most:
            break
        repeat, value = 1.0, number(part)
        if part.lower() == "g":
            repeat, value = number(next(parts, None)) or 0.0, number(next(parts, None))
        if value is None:
            break
        values += [value] * min(max(int(repeat), 0), most - len(values))
    return values


def guessed(
    places: Sequence[Point], text: str, bound: float | None, em: float
) -> tuple[list[Point], list[float]]:
    """Return places that rest on guessed widths, and where each character ends.

    They are stretched so that the text fills its object, where it nearly does.
    """
    start = places[0][0]
    end = places[-1][0] + natural_width(text[-1]) * em
    ratio = 1.0
    if bound is not None and end > start and 0.6 <= (bound - start) / (end - start) <= 1.6:
        ratio = (bound - start) / (end - start)
    lefts = [start + (x - start) * ratio for x, _ in places]
    stretched = [(left, y) for left, (_, y) in zip(lefts, places, strict=True)]
    return stretched, [*lefts[1:], start + (end - start) * ratio]


def rights_of(places: Sequence[Point], text: str, bound: float | None, em: float) -> list[float]:
    """Return where each character ends: at the next one, the last at its object's edge, where that can be."""
    rights = []
    step = 0.0
    for index, (character, (left, base)) in enumerate(zip(text, places, strict=True)):
        natural = natural_width(character) * em
        most = max((_LATIN_ADVANCE if character < HALF_WIDTH else _ADVANCE) * em, 1.3 * natural)
        width = natural
        if index + 1 < len(places):
            following, level = places[index + 1]
            before, step = step, following - left
            # Latin characters set at one distance with Han ones are as wide as those.
            most = _ADVANCE * em if abs(step - before) < _SAME * em else most
            if 0 < step <= most and abs(level - base) < ASCENT / 4 * em:
                width = step
        elif bound is not None and 0.2 * em <= bound - left <= 1.1 * natural:
            width = bound - left
        rights.append(left + width)
    return rights
