"""Repairs what Apache Tika does to a Word document on its way to plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.readers.labels import counting

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,80}\]")
# Tika prints the label of an automatic number, with Arabic digits, and one blank.
_AUTOMATIC = re.compile(r"^\s*(?:(?P<first>\d{1,2})、|（(?P<second>\d{1,2})）) (?! )")
_TYPED_FIRST = re.compile(r"^\s*([一二三四五六七八九十]{1,3})、")
_TYPED_SECOND = re.compile(r"^\s*（([一二三四五六七八九十]{1,3})）")
_TYPED_THIRD = re.compile(r"^\s*\d{1,2}(?:[.．](?!\d)|、(?! ))")
_TENS = "十"
_DIGITS = "零一二三四五六七八九"


def strip_bookmarks(text: str) -> tuple[str, bool]:
    """Return the text without Tika's bookmark marks, and whether there were any."""
    stripped, count = _BOOKMARK.subn("", text)
    return stripped, count > 0


def restore_numbers(lines: list[str], *, marked: bool) -> tuple[list[str], int]:
    """Turn `1、 ` back into `一、` and `（1） ` into `（一）` where the text shows that it came through Tika.

    It shows it by bookmark marks, or by automatic labels that a typed Han label goes on with (`（2） ` and
    then `（三）`). A `（1） ` below a third-level heading (`1.`) is what it says and stays.

    Args:
        lines: the lines of the text.
        marked: whether it held bookmark marks.

    Returns:
        The lines, and how many labels were restored.
    """
    if not marked and not _continued(lines):
        return lines, 0
    restored: list[str] = []
    count = 0
    below_third = False
    for line in lines:
        match = _AUTOMATIC.match(line)
        number = _han_label(match, below_third) if match else ""
        if match and number:
            restored.append(number + line[match.end() :])
            count += 1
        else:
            restored.append(line)
        below_third = _depth_after(restored[-1], below_third)
    return restored, count


def _han_label(match: re.Match[str], below_third: bool) -> str:
    if match["first"]:
        return counting(int(match["first"])) + "、"
    return "" if below_third else f"（{counting(int(match['second']))}）"


def _depth_after(line: str, below_third: bool) -> bool:
    if _TYPED_FIRST.match(line) or _TYPED_SECOND.match(line):
        return False
    return below_third or _TYPED_THIRD.match(line) is not None


def _continued(lines: Iterable[str]) -> bool:
    """Whether a typed Han label goes on where automatic digits stopped, or the other way round."""
    last: dict[str, tuple[int, bool]] = {}
    for line in lines:
        found = _label(line)
        if found is None:
            continue
        style, number, automatic = found
        before = last.get(style)
        if before is not None and before[1] is not automatic and number == before[0] + 1:
            return True
        last[style] = (number, automatic)
    return False


def _label(line: str) -> tuple[str, int, bool] | None:
    if match := _AUTOMATIC.match(line):
        style = "first" if match["first"] else "second"
        return style, int(match[style]), True
    for style, pattern in (("first", _TYPED_FIRST), ("second", _TYPED_SECOND)):
        if match := pattern.match(line):
            return style, _number(match.group(1)), False
    return None


def _number(text: str) -> int:
    tens, mark, ones = text.rpartition(_TENS)
    if not mark:
        return _DIGITS.find(text)
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)
