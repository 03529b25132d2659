"""Finds a place of the text that was read again in its original, whose blanks and widths may differ."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nianbao.grammar.text import fold

_RUN: Final = re.compile(r"[^\s\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
# How much of what stands on both sides of a place tells it from others like it; less where that is not found,
# as the original may have a page's end or a number of another kind there.
_AROUND: Final = (30, 12, 5, 0)
# Fewer characters than this are found by chance.
_FEWEST: Final = 3


class Folded:
    """A text without its blanks and with its widths folded, and where each of its characters stood."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        runs = [found.span() for found in _RUN.finditer(folded)]
        self.text = "".join(folded[start:end] for start, end in runs)
        self._from = [start for start, _ in runs]
        self._at: list[int] = []
        length = 0
        for start, end in runs:
            self._at.append(length)
            length += end - start

    def place(self, index: int) -> int:
        """Return where a character stood."""
        run = bisect_right(self._at, index) - 1
        return self._from[run] + index - self._at[run]

    def index(self, place: int) -> int:
        """Return which character stood at a place; the next one where there was a blank."""
        run = bisect_right(self._from, place) - 1
        if run < 0:
            return 0
        end = self._at[run + 1] if run + 1 < len(self._at) else len(self.text)
        return min(self._at[run] + place - self._from[run], end)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for, and how to tell it from others like it.

    Args:
        words: the place with what stands around it, folded.
        start, end: the place in them.
        before, among: how often the same words stand in the text before it, and in all of it.
    """

    words: str
    start: int
    end: int
    before: int
    among: int


def wanted(text: Folded, start: int, end: int) -> tuple[Wanted, ...]:
    """Return what to look for to find a span of a text, the surest first."""
    first, last = text.index(start), text.index(end - 1) + 1
    return tuple(_wanted(text.text, first, last)) if first < last else ()


def _wanted(text: str, first: int, last: int) -> Iterator[Wanted]:
    for width in _AROUND:
        left = max(0, first - width)
        words = text[left : last + width]
        if len(words) >= _FEWEST:
            yield Wanted(words, first - left, last - left, text.count(words, 0, left), text.count(words))


def find(source: Folded, asked: tuple[Wanted, ...]) -> tuple[int, int] | None:
    """Return the span, first and last character, of what is looked for in a source; None where it is unsure.

    What stands there as often as in the text is told apart by its order.
    """
    for each in asked:
        found = source.text.count(each.words)
        if found in (1, each.among):
            at = _nth(source.text, each.words, each.before if found == each.among else 0)
            if at >= 0:
                return source.place(at + each.start), source.place(at + each.end - 1)
    return None


def _nth(text: str, words: str, before: int) -> int:
    """Return where words stand in a text after so many others of them; -1 for nowhere."""
    at = text.find(words)
    for _ in range(before):
        if at < 0:
            break
        at = text.find(words, at + len(words))
    return at
