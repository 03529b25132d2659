"""Takes what stands on an OFD page: characters, lines and pictures (GB/T 33190-2016, chapters 8 to 13)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.glyphlines import ASCENT, Glyph, natural_width
from connectors.readers.ofdgeometry import (
    TO_POINTS,
    Matrix,
    Point,
    applied,
    boundary_of,
    is_sound,
    matrix_of,
    number,
    segments,
)
from connectors.readers.ofdpackage import child, children, local, text_of
from nianbao import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many objects and characters a page, and a file, may hold: far more than any report does.
MOST_ON_PAGE = 300_000
MOST_IN_FILE = 6_000_000
_DEEPEST = 8

_SMALLEST, _LARGEST = 1.0, 400.0
# A character's advance is taken for its width up to this, in sizes; what is wider has a gap in it.
_LATIN_ADVANCE = 0.75
_ADVANCE = 1.45
_HALF_WIDTH = "\u2e80"
# How far a direction may be off the level, as the sine of the angle.
_LEVEL = 0.1

# Returns the content of a composite object, given its resource's ID.
Composite = Callable[[str], "_Element | None"]


@dataclass(slots=True)
class Budget:
    """How much more a file may hold."""

    left: int = MOST_IN_FILE


@dataclass(slots=True)
class Marks:
    """What stands on a page, in points from its upper left corner.

    Args:
        glyphs: characters set upright and level, by how many quarter turns the page must be turned for it.
        strokes: straight lines.
        pictured: the share of the page that the largest picture covers.
        drawn: how many paths there are.
        skewed: how many characters are set aslant.
    """

    glyphs: dict[int, list[Glyph]] = field(default_factory=lambda: {0: []})
    strokes: list[tuple[Point, Point]] = field(default_factory=list)
    pictured: float = 0.0
    drawn: int = 0
    skewed: int = 0

    def turned_strokes(self, turns: int, size: Point) -> list[tuple[Point, Point]]:
        """Return the lines as they are once the page is turned back by quarters."""
        if not turns:
            return self.strokes
        return [(_turned(first, turns, size), _turned(last, turns, size)) for first, last in self.strokes]


class Taker:
    """Gathers what stands on one page.

    Args:
        size: the page's width and height, in points.
        composite: finds the content of composite objects.
        budget: what the file may still hold.
    """

    def __init__(self, size: Point, composite: Composite, budget: Budget) -> None:
        self.marks = Marks()
        self._size = size
        self._composite = composite
        self._budget = budget
        self._page_left = MOST_ON_PAGE
        self._order = 0

    def take(self, page: _Element) -> None:
        """Add what a page or template holds.

        Raises:
            ReadError: there is far more than a page of a report holds.
        """
        stack: list[tuple[_Element, Matrix, int]] = [
            (layer, TO_POINTS, 0) for layer in [*children(child(page, "Content"), "Layer", "PageBlock")][::-1]
        ]
        while stack:
            holder, matrix, depth = stack.pop()
            self._spend(1)
            for element in holder:
                self._spend(1)
                if element.get("Visible", "").lower() in ("false", "0"):
                    continue
                self._take_object(element, matrix, depth, stack)

    def _take_object(
        self, element: _Element, outer: Matrix, depth: int, stack: list[tuple[_Element, Matrix, int]]
    ) -> None:
        kind = local(element)
        if kind in ("PageBlock", "Layer"):
            stack.append((element, outer, depth))
            return
        matrix = matrix_of(element, outer)
        if not is_sound(matrix):
            return
        if kind == "TextObject":
            self._take_text(element, outer, matrix)
        elif kind == "PathObject":
            self.marks.drawn += 1
            data = text_of(child(element, "AbbreviatedData"))
            for stroke in segments(data, matrix):
                self._spend(1)
                self.marks.strokes.append(stroke)
        elif kind == "ImageObject":
            self._take_image(element, outer)
        elif kind == "CompositeObject" and depth < _DEEPEST:
            content = self._composite(element.get("ResourceID", ""))
            if content is not None:
                stack.append((content, matrix, depth + 1))

    def _spend(self, amount: int) -> None:
        self._budget.left -= amount
        self._page_left -= amount
        if self._budget.left < 0 or self._page_left < 0:
            raise ReadError("OFD 文件里的内容多得异常，已拒绝读取")

    def _take_image(self, element: _Element, outer: Matrix) -> None:
        _, _, width, height = boundary_of(element)
        covered = abs(width * outer[0] * height * outer[3]) / (self._size[0] * self._size[1])
        self.marks.pictured = max(self.marks.pictured, covered)

    def _take_text(self, element: _Element, outer: Matrix, matrix: Matrix) -> None:
        size = number(element.get("Size"))
        if size is None or size <= 0:
            return
        face = _face(element, matrix, size)
        left, _, width, _ = boundary_of(element)
        limit = applied(outer, left + width, 0.0)[0]
        place = (0.0, 0.0)
        for code in children(element, "TextCode"):
            text = _content(code)
            self._spend(len(text) + 1)
            own_x, own_y = number(code.get("X")), number(code.get("Y"))
            place = (place[0] if own_x is None else own_x, place[1] if own_y is None else own_y)
            if face is None:
                self.marks.skewed += len(text.strip())
                continue
            self._order += 1
            spots = _spots(code, text, place, size, element.get("ReadDirection", "0"))
            placed = [applied(matrix, x, y) for x, y in spots]
            if not all(map(math.isfinite, (part for spot in placed for part in spot))):
                continue
            bound = limit if len(text) and face.turns == 0 else None
            exact = bool(code.get("DeltaX")) or len(text) == 1
            self._add(text, placed, face, bound, exact=exact)

    def _add(
        self, text: str, places: Sequence[Point], face: _Face, bound: float | None, *, exact: bool
    ) -> None:
        """Add the characters of one text, turned so that they stand upright."""
        turned = [_turned(place, face.turns, self._size) for place in places]
        if not exact and bound is not None:
            turned = _fitted(turned, text, bound, face.width)
        glyphs = self.marks.glyphs.setdefault(face.turns, [])
        page = self._size if face.turns % 2 == 0 else self._size[::-1]
        for index, (character, (left, base)) in enumerate(zip(text, turned, strict=True)):
            following = turned[index + 1] if index + 1 < len(turned) else None
            right = left + _width(character, left, base, following, bound, face.width)
            glyph = Glyph(character, left, right, base, face.height, self._order)
            if -face.height < left < page[0] and 0 <= glyph.middle <= page[1]:
                glyphs.append(glyph)


@dataclass(frozen=True, slots=True)
class _Face:
    """How characters are set: the width and height of a full one in points, and by how many quarters turned."""

    width: float
    height: float
    turns: int


def _face(element: _Element, matrix: Matrix, size: float) -> _Face | None:
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
            return _Face(width, height, turns)
    return None


def _turned(place: Point, turns: int, size: Point) -> Point:
    """Return where a place is once the page is turned back, so that what was turned stands upright."""
    x, y = place
    width, height = size
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turns]


def _content(code: _Element) -> str:
    """Return a text; line breaks are those of a printed XML, and no characters."""
    text = code.text or ""
    return "".join(line.strip() for line in text.split("\n")) if "\n" in text else text


def _spots(code: _Element, text: str, place: Point, size: float, direction: str) -> Iterator[Point]:
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
        repeat = 1
        if part.lower() == "g":
            count, part = number(next(parts, None)), next(parts, "")
            repeat = int(count) if count is not None else 0
        value = number(part)
        if value is None:
            break
        values += [value] * min(max(repeat, 0), most - len(values))
    return values


def _fitted(places: list[Point], text: str, bound: float, width: float) -> list[Point]:
    """Stretch places that rest on guessed widths so that the text fills its object, where that is near."""
    start = places[0][0] if places else 0.0
    guessed = places[-1][0] + natural_width(text[-1]) * width - start if places else 0.0
    if guessed <= 0 or not 0.6 <= (bound - start) / guessed <= 1.6:
        return places
    ratio = (bound - start) / guessed
    return [(start + (x - start) * ratio, y) for x, y in places]


def _width(
    character: str, left: float, base: float, following: Point | None, bound: float | None, em: float
) -> float:
    """Return how wide a character is: up to the next one, or to its object's edge, where that can be."""
    most = (_LATIN_ADVANCE if character < _HALF_WIDTH else _ADVANCE) * em
    natural = natural_width(character) * em
    if following is not None and abs(following[1] - base) < ASCENT / 4 * em:
        return following[0] - left if 0 < following[0] - left <= max(most, 1.3 * natural) else natural
    if following is None and bound is not None and 0.2 * em <= bound - left <= 1.1 * natural:
        return bound - left
    return natural
