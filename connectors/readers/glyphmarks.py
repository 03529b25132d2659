"""Finds the raised marks in a row of characters: they refer to notes and are no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.readers.glyphs import Glyph, Row
from connectors.readers.pdfrows import MARK, POWERS, RAISED, SMALLER, UNIT

# How far a mark stands above its line at least, in points.
_ABOVE = 1.0


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A row without its marks.

    Args:
        row: the other characters; raised figures behind a unit are powers.
        marks: what was taken out.
        begins: whether it begins with a mark.
    """

    row: Row
    marks: list[str] = field(default_factory=list)
    begins: bool = False


def unmarked(row: Row) -> Unmarked:
    """Take the marks out of a row, as they are taken out of the text of a PDF."""
    if len(row) < 2 or min(glyph.base for glyph in row) > max(glyph.base for glyph in row) - _ABOVE:
        return Unmarked(row)
    text = "".join(glyph.text for glyph in row)
    put: dict[int, str] = {}
    for run in MARK.finditer(text):
        beside = _beside(row, run.start(), run.end())
        if beside is None:
            continue
        for index in _raised(row, run.start(), run.end(), beside):
            is_power = text[index] in POWERS and UNIT.search(text, max(0, run.start() - 3), run.start())
            put[index] = POWERS[text[index]] if is_power else ""
    marks = [text[index] for index, instead in put.items() if not instead]
    kept = [
        glyph._replace(text=put.get(index, glyph.text))
        for index, glyph in enumerate(row)
        if put.get(index) != ""
    ]
    first = next((index for index, glyph in enumerate(row) if not glyph.text.isspace()), 0)
    return Unmarked(kept, marks, put.get(first) == "")


def _beside(row: Row, start: int, end: int) -> Glyph | None:
    """Return the nearest character before a run, else after it."""
    before = (row[index] for index in range(start - 1, -1, -1) if not row[index].text.isspace())
    after = (row[index] for index in range(end, len(row)) if not row[index].text.isspace())
    return next(before, None) or next(after, None)


def _raised(row: Row, start: int, end: int, beside: Glyph) -> Sequence[int]:
    """Return which of a run's characters are raised: its last ones, or where it begins the row its first."""

    def is_raised(index: int) -> bool:
        above = beside.base - row[index].base
        return above > max(_ABOVE, RAISED * beside.size) and row[index].size < SMALLER * beside.size

    backwards = range(end - 1, start - 1, -1)
    order = backwards if is_raised(end - 1) or start else range(start, end)
    raised: list[int] = []
    for index in order:
        if not is_raised(index):
            break
        raised.append(index)
    return raised
