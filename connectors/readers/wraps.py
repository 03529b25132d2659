"""Joins lines that a converter broke at one width into the paragraphs that they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from connectors.readers.plainlines import TextLine

# Widths in cells: a Han character takes two. Prints and converters break at 25 to 45 characters.
_NARROWEST, _WIDEST = 50, 92
# No stop may begin a line and no number be parted, so a full line may lack as much; a paragraph's first line
# lacks its indent as well, where the converter dropped that.
_SLACK = 6
_INDENT_WIDTH = 4
# How many full lines show that a text is broken, which share of its longer lines they are, and which share
# of them ends amid a sentence. Paragraphs that happen to be that long end with a stop.
_FEWEST_FULL = 8
_FULL_SHARE = 0.5
_AMID_SHARE = 0.7
_SENTENCE = re.compile(r"[。；！？，]")
_STOP = re.compile(r"[。！？!?；;：:][”’』」）)]?$")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]"
    r"|\d{1,2}(?:[.．](?!\d)|、)|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节条部]|[•●■◆▪➢]"
)
_LABEL = re.compile(rf"{_HEADING.pattern}|[一二三四五六七八九十]{{1,3}}是[^\d一二三四五六七八九十]")
_UNPARTED = re.compile(r"[!-~]{1,12}")
_INDENT = re.compile(r"[ \u3000\u00a0]{2,}|\u3000")


def joined(lines: Sequence[TextLine]) -> tuple[list[TextLine], int]:
    """Return the paragraphs, and how many lines were joined to the one before: none unless all are broken."""
    width = _full_width(lines)
    if not width:
        return list(lines), 0
    indented = _are_indented(lines)
    found: list[TextLine] = []
    last = TextLine("", 0)
    for line in lines:
        if _is_full(last, line, width, indented=indented) and _goes_on(last, line, indented=indented):
            found[-1] = replace(found[-1], text=_join(found[-1].text, line.text))
        else:
            found.append(line)
        last = line
    return found, len(lines) - len(found)


def _is_full(line: TextLine, following: TextLine, width: int, *, indented: bool) -> bool:
    """Whether a line is as long as it could be, seeing what follows it."""
    if not _is_prose(line):
        return False
    word = _UNPARTED.match(following.text.strip())
    lacks = width - _width(line.text) - (len(word[0]) if word else 0)
    if lacks <= _SLACK:
        return True
    if indented:
        # The indent tells where a paragraph begins; blanks around figures make the width unsure.
        return lacks <= 2 * _SLACK and not _STOP.search(line.text.rstrip())
    if _HEADING.match(line.text.strip()):
        # It may be whole, and about as long; the rest of a heading is short and no sentence.
        short = _width(following.text) < width // 2 and not _SENTENCE.search(following.text)
        return short and lacks <= _SLACK + _INDENT_WIDTH
    return lacks <= _SLACK + _INDENT_WIDTH


def _full_width(lines: Sequence[TextLine]) -> int:
    """Return the width at which the lines were broken; 0 where they were not, or not surely."""
    prose = [line.text.rstrip() for line in lines if _is_prose(line)]
    widths = [_width(text) for text in prose]
    full = max(widths, default=0)
    if not _NARROWEST <= full <= _WIDEST:
        return 0
    ends = [text for text, width in zip(prose, widths, strict=True) if width >= full - _SLACK]
    longer = sum(width > full // 2 for width in widths)
    amid = sum(not _STOP.search(text) for text in ends)
    if len(ends) < _FEWEST_FULL or len(ends) < longer * _FULL_SHARE or amid < len(ends) * _AMID_SHARE:
        return 0
    return full


def _is_prose(line: TextLine) -> bool:
    """Rows of tables keep their lines."""
    return not (line.is_blank or "\t" in line.text or line.text.lstrip().startswith("|"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text.rstrip())


def _are_indented(lines: Sequence[TextLine]) -> bool:
    """Whether paragraphs begin with an indent, and other lines do not."""
    prose = [line for line in lines if _is_prose(line)]
    indented = sum(_INDENT.match(line.text) is not None for line in prose)
    return 0 < indented <= len(prose) * 0.6


def _goes_on(before: TextLine, line: TextLine, *, indented: bool) -> bool:
    if not _is_prose(line) or line.level is not None:
        return False
    ended = _STOP.search(before.text.rstrip()) is not None
    labelled = _LABEL.match(line.text.strip()) is not None
    if indented:
        return _INDENT.match(line.text) is None and not (ended and labelled)
    return not (ended or labelled)


def _join(before: str, after: str) -> str:
    before, after = before.rstrip(), after.lstrip()
    words = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return f"{before} {after}" if words else before + after
