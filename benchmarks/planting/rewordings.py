"""Rewordings that leave true what a text says: what is raised of it after must be what was raised before.

A report's writer may end a sentence where another goes on, write small figures in characters, leave a
sentence out. A rule that hangs on such things alone shows itself by an alarm that was not there before.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+[、，章节部]|[（(][一二三四五六七八九十]+[)）]|\d+[.、．])"
)
_SMALL = re.compile(r"(?<![\d.．%/年月第十百-])([3-9])(?=(?:次|场|份|名)[，。；、])")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# What a sentence begins with that leans on the one before.
_LEANS = re.compile(
    r"其中|这些|上述|从|按|另|剩|其余|较|同比|比|以上|同时|此外|通过|已|成功|对|为此|因此|[（(]?[一二三四五六七八九\d]+[、)）.．是]"
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
_HAN = "零一二三四五六七八九"
_LONG = 60
_WORDS = (
    ("调解成功", "成功调解"),
    ("共计", "总计"),
    ("其中，", "其中："),
    ("分别为", "分别是"),
    ("审结", "审理完结"),
    ("同比", "较上年同期"),
    ("比上年", "较去年"),
    ("较上年", "比上年同期"),
    ("另有", "还有"),
    ("其余", "剩余"),
)


def joined(text: str) -> str:
    """Make one paragraph of those that follow each other without a heading."""
    lines: list[str] = []
    for line in text.split("\n"):
        goes_on = bool(lines) and not _HEADING.match(line) and not _HEADING.match(lines[-1])
        if goes_on and lines[-1].endswith("。") and line.endswith("。"):
            lines[-1] += line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


def stopped(text: str) -> str:
    """End a sentence at each semicolon."""
    return text.replace("；", "。")


def in_characters(text: str) -> str:
    """Write figures of one digit in characters where nothing is near that they are compared with."""
    return _SMALL.sub(lambda found: _HAN[int(found[1])], text)


def full_width(text: str) -> str:
    """Write all digits in their full width."""
    return text.translate(_FULL_WIDTH)


def half_width(text: str) -> str:
    """Write commas, semicolons, colons and brackets as in English."""
    return text.translate(_HALF_WIDTH)


def spaced(text: str) -> str:
    """Put blanks round the figures of long lines, as some programs do when they save a text."""
    return _long_lines(text, lambda line: _FIGURE.sub(r" \g<0> ", line))


def reworded(text: str) -> str:
    """Say some words by others that mean the same."""
    for old, new in _WORDS:
        text = text.replace(old, new)
    return text


def shortened(text: str) -> str:
    """Leave out of each long paragraph one sentence with figures, and what leans on it."""
    draw = random.Random(len(text))
    return _long_lines(text, lambda line: _without_one(line, draw))


def _without_one(line: str, draw: random.Random) -> str:
    parts = line.split("。")
    found = [
        place
        for place, part in enumerate(parts[:-1])
        if _FIGURE.search(part) and not _LEANS.match(part.strip())
    ]
    if not found:
        return line
    start = draw.choice(found)
    end = start + 1
    while end < len(parts) - 1 and _LEANS.match(parts[end].strip()):
        end += 1
    return "。".join(parts[:start] + parts[end:])


def _long_lines(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(change(line) if len(line) > _LONG else line for line in text.split("\n"))


REWORDINGS: tuple[Callable[[str], str], ...] = (
    joined,
    stopped,
    in_characters,
    full_width,
    half_width,
    spaced,
    reworded,
    shortened,
)
