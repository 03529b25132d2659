"""Finds the notes at the foot of a page among its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from connectors.readers.pdflines import Line

# Notes stand in the lower part of a page, in smaller characters than its text.
_LOWER = 0.6
_SMALLER = 0.93
_MARK = re.compile(r"^[\[〔［]?([\d①-⑳]{1,3}|[*＊†‡])[\]〕］]? *(?=\S)")


def with_notes(lines: Sequence[Line], marks: Sequence[str]) -> list[Line]:
    """Return the lines of a page; those of the notes at its foot are told, their marks taken off.

    Args:
        lines: in reading order; those that begin with a raised mark are told already.
        marks: the raised marks that its text refers to notes with.
    """
    if not lines or (not marks and not any(line.is_note for line in lines)):
        return list(lines)
    usual = _usual_height(lines)
    known = set("".join(marks))
    beginning = next(
        (index for index, line in enumerate(lines) if _begins_notes(line, known, usual)), len(lines)
    )
    made: list[Line] = [_running(line) for line in lines[:beginning]]
    for line in lines[beginning:]:
        if not _is_small(line, usual):
            made.append(_running(line))
        elif line.is_note:
            made.append(line)
        else:
            mark = _MARK.match(line.text)
            is_marked = mark is not None and set(mark.group(1)) <= known
            text = line.text[mark.end() :] if mark is not None and is_marked else line.text
            made.append(replace(line, text=text, is_note=True, begins=is_marked))
    return made


def _running(line: Line) -> Line:
    return replace(line, is_note=False, begins=False) if line.is_note else line


def _usual_height(lines: Sequence[Line]) -> float:
    """Return how high the lines are that hold most of the text."""
    heights: Counter[float] = Counter()
    for line in lines:
        heights[round(line.bottom - line.top, 1)] += len(line.text)
    return max(heights, key=lambda height: (heights[height], height))


def _is_small(line: Line, usual: float) -> bool:
    return line.y < _LOWER and line.bottom - line.top < _SMALLER * usual


def _begins_notes(line: Line, known: set[str], usual: float) -> bool:
    if not _is_small(line, usual):
        return False
    mark = _MARK.match(line.text)
    return line.is_note or (mark is not None and set(mark.group(1)) <= known)
