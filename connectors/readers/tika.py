"""Restores the numbers that Apache Tika wrote in digits on its way from a Word document to plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from connectors.readers.labels import counting
from connectors.readers.plainlines import TextLine

# Tika prints the label of an automatic number, with Arabic digits, and one blank.
_AUTOMATIC = re.compile(r"^\s*(?:(?P<first>\d{1,2})、|[（(](?P<second>\d{1,2})[）)]) (?! )")
_TYPED = {
    "first": re.compile(r"^\s*([一二三四五六七八九十]{1,3})、"),
    "second": re.compile(r"^\s*[（(]([一二三四五六七八九十]{1,3})[）)]"),
}
_TYPED_THIRD = re.compile(r"^\s*\d{1,2}(?:[.．](?!\d)|、(?! ))")
_NUMBER = re.compile(r"\d+")
_TYPED_DIGITS = re.compile(r"^\s*(?:\d{1,2}、|[（(]\d{1,2}[）)])(?! \S)")
_TENS = "十"
_DIGITS = "零一二三四五六七八九"


def restore_numbers(lines: Sequence[TextLine], *, marked: bool) -> tuple[list[TextLine], int]:
    """Turn `1、 ` back into `一、` and `（1） ` into `（一）` where the text shows that it came through Tika.

    It shows it by bookmark marks; by automatic labels that a typed Han label goes on with (`（2） ` and then
    `（三）`), or that go on with one; or by an outline whose first level is all `1、 ` above （一） or
    `（1） `, which nobody types with those blanks. Digits that begin anew below a typed Han label, or that
    stand below a third-level heading (`1.`), are what they say and stay.

    Args:
        lines: the lines of the text.
        marked: whether it held bookmark marks.

    Returns:
        The lines, and how many labels were restored.
    """
    labels, shows = _labels(lines)
    if not (marked or shows):
        return list(lines), 0
    restored = [
        replace(line, text=labels[index]) if index in labels else line for index, line in enumerate(lines)
    ]
    return restored, len(labels)


@dataclass(slots=True)
class _Level:
    """How far the numbers of a level have come.

    Args:
        reached: the last number; 0 at the beginning.
        typed: whether it was typed, in Han numerals.
        below: the last of the digits that began anew below it; 0 where none did.
    """

    reached: int = 0
    typed: bool = False
    below: int = 0


def _labels(lines: Iterable[TextLine]) -> tuple[dict[int, str], bool]:
    """Find the automatic labels.

    Returns:
        The lines as they were, by index; and whether they show that they were automatic.
    """
    levels = {"first": _Level(), "second": _Level()}
    found: dict[int, str] = {}
    firsts = seconds = 0
    goes_on = below_third = is_typed = False
    for index, line in enumerate(lines):
        style, number, automatic = _label(line.text)
        if not style:
            is_typed |= _TYPED_DIGITS.match(line.text) is not None
            if _TYPED_THIRD.match(line.text):
                below_third, levels["second"].below = True, 0
            continue
        if automatic and _is_below(style, number, levels, below_third=below_third):
            below_third = below_third or style == "first"
            continue
        if automatic:
            found[index] = _restored(line.text, counting(number))
        before = levels[style]
        goes_on |= before.reached > 0 and before.typed is automatic and number == before.reached + 1
        levels[style] = _Level(number, typed=not automatic)
        if style == "first":
            levels["second"] = _Level()
            firsts += 1
            is_typed |= not automatic
        else:
            levels["first"].below = 0
            seconds += firsts > 0
        below_third = False
    return found, goes_on or (firsts > 1 and seconds > 1 and not is_typed)


def _is_below(style: str, number: int, levels: dict[str, _Level], *, below_third: bool) -> bool:
    """Whether digits stand below the level that they seem to be of: they begin anew there, or go on."""
    level = levels[style]
    under_second = style == "first" and level.reached > 0 and levels["second"].reached > 0
    under_third = style == "second" and below_third
    begins = number == 1 and (level.typed or under_second or under_third)
    if begins or 0 < level.below == number - 1:
        level.below = number
        return True
    return under_third and number != level.reached + 1


def _label(text: str) -> tuple[str, int, bool]:
    """Return the style of a line's label (empty where it has none), its number, whether it is in digits."""
    if match := _AUTOMATIC.match(text):
        style = "first" if match["first"] else "second"
        return style, int(match[style]), True
    for style, pattern in _TYPED.items():
        if match := pattern.match(text):
            return style, _number(match[1]), False
    return "", 0, False


def _restored(text: str, han: str) -> str:
    """Return a line with its label in Han numerals, and without the blank behind it."""
    match = _AUTOMATIC.match(text)
    if match is None:
        return text
    label = _NUMBER.sub(han, match[0].strip(), count=1)
    return label + text[match.end() :]


def _number(text: str) -> int:
    tens, mark, ones = text.rpartition(_TENS)
    if not mark:
        return _DIGITS.find(text)
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)
