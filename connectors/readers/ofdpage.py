"""Takes what stands on an OFD page: characters, lines and pictures (GB/T 33190-2016, chapters 8 to 13)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.glyphs import Glyph
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
from connectors.readers.ofdtext import Face, content_of, face_of, guessed, rights_of, spots_of, turned
from nianbao import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

# How many objects and characters a page, and a file, may hold: far more than any report does.
MOST_ON_PAGE = 300_000
MOST_IN_FILE = 6_000_000
_DEEPEST = 8


# Returns the content of a composite object, given its resource's ID.
Composite = Callable[[str], "_Element | None"]


@dataclass(slots=True)
class Budget:
    """How many more objects and characters a file may hold."""

    left: int = MOST_IN_FILE


@dataclass(slots=True)
class Marks:
    """What stands on a page, in points from its upper left corner.

    Args:
        glyphs: characters set upright and level, by how many quarter turns the page must be turned for it.
        strokes: straight lines.
        pictured: the share of the page that pictures cover.
        drawn: how many paths there are.
        skewed: how many characters are set aslant.
        hidden: how many characters are drawn invisibly, as recognisers put them over the picture of a page.
    """

    glyphs: dict[int, list[Glyph]] = field(default_factory=lambda: {0: []})
    strokes: list[tuple[Point, Point]] = field(default_factory=list)
    pictured: float = 0.0
    drawn: int = 0
    skewed: int = 0
    hidden: int = 0

    def turned_strokes(self, turns: int, size: Point) -> list[tuple[Point, Point]]:
        """Return the lines as they are once the page is turned back by quarters."""
        if not turns:
            return self.strokes
        return [(turned(first, turns, size), turned(last, turns, size)) for first, last in self.strokes]


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
        self.marks.pictured += covered

    def _take_text(self, element: _Element, outer: Matrix, matrix: Matrix) -> None:
        size = number(element.get("Size"))
        if size is None or size <= 0:
            return
        face = face_of(element, matrix, size)
        left, _, width, _ = boundary_of(element)
        edge = applied(outer, left + width, 0.0)[0]
        codes = list(children(element, "TextCode"))
        place = (0.0, 0.0)
        for code in codes:
            text = content_of(code)
            self._spend(len(text) + 1)
            own_x, own_y = number(code.get("X")), number(code.get("Y"))
            place = (place[0] if own_x is None else own_x, place[1] if own_y is None else own_y)
            if face is None:
                self.marks.skewed += len(text.strip())
                continue
            self.marks.hidden += len(text.strip()) if _is_clear(element) else 0
            self._order += 1
            spots = spots_of(code, text, place, size, element.get("ReadDirection", "0"))
            placed = [applied(matrix, x, y) for x, y in spots]
            if not all(map(math.isfinite, (part for spot in placed for part in spot))):
                continue
            upright = [turned(spot, face.turns, self._size) for spot in placed]
            bound = edge if face.turns == 0 and len(codes) == 1 else None
            if len(text) > 1 and not code.get("DeltaX") and not code.get("DeltaY"):
                self._add(text, *guessed(upright, text, bound, face.width), face)
            else:
                self._add(text, upright, rights_of(upright, text, bound, face.width), face)

    def _add(self, text: str, places: Sequence[Point], rights: Sequence[float], face: Face) -> None:
        """Add the characters of one text, if any of it is on the page."""
        page = self._size if face.turns % 2 == 0 else self._size[::-1]
        glyphs = [
            Glyph(character, left, right, base, face.height, self._order)
            for character, (left, base), right in zip(text, places, rights, strict=True)
        ]
        if any(-face.width < glyph.left < page[0] and 0 <= glyph.middle <= page[1] for glyph in glyphs):
            self.marks.glyphs.setdefault(face.turns, []).extend(glyphs)


def _is_clear(element: _Element) -> bool:
    """Whether a text is drawn so that nothing of it is seen."""
    fill = child(element, "FillColor")
    return "0" in (element.get("Alpha"), fill.get("Alpha") if fill is not None else None) or (
        element.get("Fill", "true").lower() == "false" and element.get("Stroke", "false").lower() != "true"
    )
