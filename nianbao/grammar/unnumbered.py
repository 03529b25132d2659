"""Lines that may be headings without a number: by their form, their style in the original, their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from nianbao.grammar.labels import find_labels
from nianbao.grammar.paragraphs import Lines, is_bare, is_furniture, is_title

_SHORTEST = 4
_LONGEST = 45
# 存在的问题： opens a part; 存在的问题是： and 主要做法如下： begin a sentence.
_OPENS = re.compile(r"[^\n，,。；;：:]{4,24}(?<![是为有下])(?=[：:。].)")
_SURELY_NO_TITLE = 16
_YEAR = re.compile(r"\d{4}")


def bare_lines(lines: Lines, labelled: AbstractSet[int], end: int) -> list[int]:
    """Return the indexes of short lines without a stop or number, below the title and above some text.

    Args:
        lines: the text's lines.
        labelled: where headings are known to begin.
        end: where the body ends.
    """
    found = []
    for index in lines.between(0, end):
        if not _SHORTEST <= lines.length(index) <= _LONGEST or lines.starts[index] in labelled:
            continue
        if index < lines.opening and not _follows_title(lines, index):
            continue
        if _stands_over_text(lines, index, labelled, end) and _reads_as_heading(lines[index]):
            found.append(index)
    return found


def _follows_title(lines: Lines, index: int) -> bool:
    """Whether a line above the first paragraph is a heading: the title is the line before it, not itself."""
    if index == 0:
        return lines.opening == 1 and lines.length(0) <= _SURELY_NO_TITLE and not _YEAR.search(lines[0])
    return index == lines.opening - 1 and is_title(lines[index - 1])


def _stands_over_text(lines: Lines, index: int, labelled: AbstractSet[int], end: int) -> bool:
    if index + 1 >= len(lines.starts) or lines.starts[index + 1] >= end:
        return False
    below = index + 1
    return (
        lines.length(below) > lines.length(index)
        or lines.starts[below] in labelled
        or lines.text[lines.ends[below] - 1] == "。"
    )


def _reads_as_heading(line: str) -> bool:
    return is_bare(line) and not is_title(line) and not is_furniture(line) and not find_labels(line)


def by_style(
    lines: Lines, bare: Sequence[int], style_levels: Mapping[int, int], tops: Sequence[int]
) -> list[int]:
    """Return the bare lines that the original styles as it styles the first-level headings.

    Args:
        lines: the text's lines.
        bare: indexes of the lines in question.
        style_levels: the outline level that a style gives the line starting at an offset.
        tops: where the numbered first-level headings begin; empty where there are none.
    """
    styled = [i for i in bare if lines.starts[i] in style_levels]
    levels = [style_levels[start] for start in tops if start in style_levels]
    if tops:
        level = max(set(levels), key=levels.count, default=None)
    else:
        level = min((style_levels[lines.starts[i]] for i in styled), default=None)
    return [i for i in styled if style_levels[lines.starts[i]] == level]


def openings(lines: Lines, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines that open with some words and a stop, with where those words end."""
    for index in lines.between(0, end):
        match = _OPENS.match(lines.text, lines.starts[index], lines.ends[index])
        if match is not None:
            yield index, match.end()


def slogans(lines: Lines, bare: Sequence[int]) -> list[int]:
    """Return the bare lines that stand over paragraphs, where there are two or more (高位统筹强引领 …)."""
    found = [i for i in bare if i > lines.opening and lines.length(i + 1) > _LONGEST]
    return found if len(found) > 1 else []
