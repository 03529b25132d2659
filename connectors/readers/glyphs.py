"""Characters that stand at places on a page."""

from __future__ import annotations

from typing import NamedTuple

# How far a character reaches above and below its base line, in its size.
ASCENT = 0.88
DESCENT = 0.12
# Where the characters begin that are as wide as high.
HALF_WIDTH = "\u2e80"

_NARROW = frozenset("!'()*,-./:;I[\\]`ijl|ft·")
_WIDE = frozenset("%&@MWmw")
_FULL = frozenset("—…“”‘’×÷±°①②③④⑤⑥⑦⑧⑨⑩")


class Glyph(NamedTuple):
    """A character on a page (a named tuple: there are hundreds of thousands of them).

    Args:
        text: one character.
        left, right: where it starts and ends, in points.
        base: its base line, in points from the upper edge.
        size: of the font, in points.
        order: the place in the file of the text that it belongs to.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int

    @property
    def middle(self) -> float:
        """How far below the page's upper edge its middle stands."""
        return self.base - (ASCENT - DESCENT) / 2 * self.size


Row = list[Glyph]


def natural_width(character: str) -> float:
    """Return about how wide a character is, in sizes, where the font is not known."""
    if character >= HALF_WIDTH or character in _FULL:
        return 1.0
    if character in _NARROW:
        return 0.3
    if character in _WIDE:
        return 0.85
    return 0.65 if character.isupper() else 0.5
