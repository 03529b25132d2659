"""The numbers before headings, such as 一、 （一） 1. ① 第一部分 壹、, and their typists' variants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nianbao.grammar.numerals import NumeralError, value_of

BLANKS = " \t\u00a0\u2000-\u200d\u3000\ufeff"
_B = f"[{BLANKS}]*"
_HAN = "[一二三四五六七八九十〇零]{1,3}"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_DIGITS = r"\d{1,2}"
_ROMAN = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]{1,2}|[IVX]{1,5}"
_RINGED = "[①-⑳❶-❿]"
_PRINTED_HAN = "[㈠-㈩]"
_PRINTED_BRACKET = "[⑴-⒇]"
_PRINTED_STOP = "[⒈-⒛]"
_STOP = "[、.．，,﹑：:·]"
_OPEN = "[（(【\\[]"
_CLOSE = "[)）】\\]]"
_NTH = rf"第{_B}(?:{_HAN}|{_DIGITS}){_B}"
# 一、二季度 and 一、二、三产业 count things; 一 是 begins a sentence.
_NO_LIST = rf"(?!{_B}(?:{_HAN}|{_DIGITS})[、.．，,月日季])"
_HAN_LABEL = rf"{_HAN}(?:{_B}{_STOP}{_NO_LIST}|[ \u3000]+(?:(?![是方要\d一二三四五六七八九十])|(?=20\d\d年)))"
_BRACKETED_HAN = rf"(?:{_OPEN}{_B}{_HAN}{_B}{_CLOSE}|{_HAN}[)）]|{_PRINTED_HAN}){_B}{_STOP}?"
_BRACKETED_DIGITS = rf"(?:[（(]{_B}{_DIGITS}{_B}[)）]|{_DIGITS}[)）]|{_PRINTED_BRACKET}){_B}{_STOP}?"
# 1.2万 is a figure, 12.4 and 3、4月 are dates, but 1.2023年 is a heading about 2023.
# 2.14个基层所之间: what is counted one by one has no decimals.
_STOP_OF_DIGITS = (
    r"(?:[、﹑]|[.．，,](?!\d)|[.．](?=20\d\d年)|[.．](?=[1-9]\d{0,3}(?:个(?!百分点|月|多?小时|工时)|[名家所件起户处项份次场]))"
    r")"
)
_NO_DATE = rf"(?!{_B}\d{{1,2}}(?:[月日前、.．]))"
_DIGIT_LABEL = rf"(?:{_DIGITS}{_B}{_STOP_OF_DIGITS}{_NO_DATE}|{_PRINTED_STOP})"

# Styles in their usual order, outermost first, each with the name of its group in the expression.
# 第一部分是 is a sentence about the outline.
_STYLES = (
    ("第一部分", "part", rf"{_NTH}(?:部分|篇章|章|编|篇)(?![是为由主]){_B}{_STOP}?"),
    ("第一节", "node", rf"{_NTH}(?:节(?![约能])|条(?=[ \u3000]))"),
    ("壹、", "formal", rf"{_FORMAL}{_B}{_STOP}"),
    ("I.", "roman", rf"(?:{_ROMAN}){_B}[、.．，,]"),
    ("一、", "han", _HAN_LABEL),
    ("（一）", "bracket", _BRACKETED_HAN),
    ("1.", "digit", _DIGIT_LABEL),
    ("（1）", "bracketdigit", _BRACKETED_DIGITS),
    ("第一、", "nth", rf"第{_HAN}{_B}[、，,：:.．]"),
    ("①", "ringed", rf"{_RINGED}{_B}{_STOP}?"),
)
RANK = {style: rank for rank, (style, _, _) in enumerate(_STYLES)}
# Styles that are first-level in nearly every report that has them at all.
FIRST = frozenset({"第一部分", "第一节", "壹、", "I.", "一、"})
# A word processor's automatic number, once it is lost, and the number typed on by hand.
TWIN = {"一、": "1.", "1.": "一、", "（一）": "（1）", "（1）": "（一）"}

_STYLE_OF = {group: style for style, group, _ in _STYLES}
_ANY = "|".join(f"(?P<{group}>{pattern})" for _, group, pattern in _STYLES)
_LEAD = rf"(?:[{BLANKS}#*◆●■▲★◇□※►▶•]|\[bookmark:[^\]\n]{{0,80}}\])*+"
# The newline stands in front, not `^`: the engine skips to it.
_AT_LINE = re.compile(rf"\n{_LEAD}(?:{_ANY})[{BLANKS}]*")
# The first character stands alone in front: the engine skips to the next of its class.
_INSIDE = re.compile(
    rf"[一二三四五六七八九十（(【\[](?:(?<=[（(【\[]){_B}{_HAN}{_B}{_CLOSE}"
    rf"|(?<=[。！？：；!?:;”）)\s][^（(【\[])[一二三四五六七八九十]{{0,2}}{_B}[、.．]{_NO_LIST})[{BLANKS}]*"
)
_NUMBER = re.compile(
    f"{_HAN}|{_FORMAL}|{_DIGITS}|{_ROMAN}|{_RINGED}|{_PRINTED_HAN}|{_PRINTED_BRACKET}|{_PRINTED_STOP}"
)
_PRINTED_SETS = (("①", "⑳"), ("❶", "❿"), ("㈠", "㈩"), ("⑴", "⒇"), ("⒈", "⒛"), ("Ⅰ", "Ⅻ"))
_PRINTED = {
    chr(code): code - ord(first) + 1
    for first, last in _PRINTED_SETS
    for code in range(ord(first), ord(last) + 1)
}
_ROMANS = {
    numeral: value
    for value, numeral in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1
    )
}


@dataclass(frozen=True, slots=True)
class Label:
    """A heading's number: `text[start:end]`, the blanks after it included.

    Args:
        start, end: its span.
        style: one of the keys of `RANK`.
        number: its ordinal value.
    """

    start: int
    end: int
    style: str
    number: int


def find_labels(text: str) -> list[Label]:
    """Return the labels at the beginnings of lines, in order."""
    labels = []
    for match in _AT_LINE.finditer("\n" + text):
        group = match.lastgroup or ""
        number = _number(match[group])
        if number:
            labels.append(Label(match.start(group) - 1, match.end() - 1, _STYLE_OF[group], number))
    return labels


def find_inner_labels(text: str, start: int, end: int) -> list[Label]:
    """Return the 一、 labels that follow a stop or a blank, and all （一） labels, within a span."""
    labels = []
    for match in _INSIDE.finditer(text, start, end):
        style = "（一）" if match[0][0] in "（(【[" else "一、"
        number = _number(match[0])
        if number:
            labels.append(Label(match.start(), match.end(), style, number))
    return labels


@lru_cache(maxsize=1024)
def _number(label: str) -> int | None:
    numeral = _NUMBER.search(label)
    return ordinal(numeral[0]) if numeral else None


def ordinal(numeral: str) -> int | None:
    """Return the value of an ordinal in any set of numerals (十一, 壹, 11, １１, ⑪, Ⅺ, XI), or None."""
    if numeral in _PRINTED:
        return _PRINTED[numeral]
    if numeral in _ROMANS:
        return _ROMANS[numeral]
    if numeral.isdecimal():
        return int(numeral)  # full-width ones, too
    try:
        return int(value_of(numeral))
    except NumeralError:
        return None
