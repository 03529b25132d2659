"""The numbers that stand before headings: 一、 （一） 1. （1） ① 第一部分 壹、 and their typists' variants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.grammar.numerals import NumeralError, value_of

BLANKS = " \t\u00a0\u2000-\u200d\u3000\ufeff"
_HAN = "[一二三四五六七八九十〇零]"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]"
_ROMAN = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]"
_RINGED = "[①-⑳❶-❿]"
_PRINTED_HAN = "[㈠-㈩]"
_PRINTED_BRACKET = "[⑴-⒇]"
_PRINTED_STOP = "[⒈-⒛]"
_STOP = "[、.．，,﹑：:·]"
_B = f"[{BLANKS}]*"
# 第一责任人 and 第一季度 are words; 第一部分是 is a sentence about the outline.
_PART = rf"第{_B}(?:{_HAN}{{1,3}}|\d{{1,2}}){_B}(?:部分|篇章|章|编|篇)(?![是为由主]){_B}{_STOP}?"

# Styles in their usual order, outermost first. The value of each is found in its named group.
_STYLES: tuple[tuple[str, str, str], ...] = (
    ("第一部分", "part", _PART),
    ("第一节", "node", rf"第{_B}(?:{_HAN}{{1,3}}|\d{{1,2}}){_B}节(?![约能])"),
    ("壹、", "formal", rf"{_FORMAL}{{1,3}}{_B}{_STOP}"),
    ("I.", "roman", rf"(?:{_ROMAN}{{1,2}}|[IVX]{{1,5}}){_B}[、.．，,]"),
    ("一、", "han", rf"{_HAN}{{1,3}}(?:{_B}{_STOP}(?!{_B}[一二三四五六七八九十\d]{{1,3}}[、.．，,月日季])|[ \u3000]+(?![是方要]))"),
    ("（一）", "bracket", rf"(?:[（(【\[]{_B}{_HAN}{{1,3}}{_B}[)）】\]]|{_HAN}{{1,3}}[)）]|{_PRINTED_HAN}){_B}{_STOP}?"),
    ("1.", "digit", rf"(?:\d{{1,2}}{_B}(?:[、﹑]|[.．，,](?!\d)|[.．](?=20\d\d年))|{_PRINTED_STOP})"),
    ("（1）", "bracketdigit", rf"(?:[（(]{_B}\d{{1,2}}{_B}[)）]|\d{{1,2}}[)）]|{_PRINTED_BRACKET}){_B}{_STOP}?"),
    ("第一、", "nth", rf"第{_HAN}{{1,2}}{_B}[、，,：:.．]"),
    ("①", "ringed", rf"{_RINGED}{_B}{_STOP}?"),
)
STYLES = tuple(style for style, _, _ in _STYLES)
RANK = {style: rank for rank, style in enumerate(STYLES)}
# Styles that are first-level wherever they stand at all.
FIRST = frozenset(STYLES[:5])
# A word processor's automatic number and the number typed on by hand.
TWIN = {"一、": "1.", "1.": "一、", "（一）": "（1）", "（1）": "（一）"}
_STYLE_OF = {group: style for style, group, _ in _STYLES}
_ANY = "|".join(f"(?P<{group}>{pattern})" for _, group, pattern in _STYLES)
_RESIDUE = rf"(?:\[bookmark:[^\]\n]*\][{BLANKS}]*)*"
_AT_LINE = re.compile(rf"^[{BLANKS}]*{_RESIDUE}(?:{_ANY})[{BLANKS}]*", re.MULTILINE)
_INSIDE = re.compile(
    rf"(?:(?<=[。！？：；!?:;”）)\s])(?P<han>{_HAN}{{1,3}}{_B}[、.．](?!{_HAN}{{1,3}}[、.．，,月日季]))"
    rf"|(?P<bracket>[（(]{_B}{_HAN}{{1,3}}{_B}[)）]))[{BLANKS}]*"
)
_NUMBER = re.compile(rf"{_HAN}+|{_FORMAL}+|\d+|{_ROMAN}+|[IVX]+|{_RINGED}|{_PRINTED_HAN}|{_PRINTED_BRACKET}|{_PRINTED_STOP}")
_PRINTED = {
    **{chr(0x2460 + i): i + 1 for i in range(20)},
    **{chr(0x2776 + i): i + 1 for i in range(10)},
    **{chr(0x3220 + i): i + 1 for i in range(10)},
    **{chr(0x2474 + i): i + 1 for i in range(20)},
    **{chr(0x2488 + i): i + 1 for i in range(20)},
    **{chr(0x2160 + i): i + 1 for i in range(12)},
}
_ROMANS = {numeral: i + 1 for i, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split())}


@dataclass(frozen=True, slots=True)
class Label:
    """A heading's number: `text[start:end]`, blanks after it included.

    Args:
        start, end: its span.
        style: one of `STYLES`.
        number: its ordinal value.
    """

    start: int
    end: int
    style: str
    number: int


def find_labels(text: str) -> list[Label]:
    """Return the labels at the beginnings of lines, in order."""
    labels = []
    for match in _AT_LINE.finditer(text):
        label = _label(match)
        if label is not None:
            labels.append(label)
    return labels


def find_inner_labels(text: str, start: int, end: int) -> list[Label]:
    """Return the 一、 labels that follow a stop or a blank, and all （一） labels, within a span."""
    found = (_label(match) for match in _INSIDE.finditer(text, start, end))
    return [label for label in found if label is not None]


def ordinal(numeral: str) -> int | None:
    """Return the value of an ordinal in any set of numerals (十一, 壹, 11, ⑪, Ⅺ, XI), or None."""
    if numeral in _PRINTED:
        return _PRINTED[numeral]
    if numeral in _ROMANS:
        return _ROMANS[numeral]
    try:
        return int(value_of(numeral))
    except NumeralError:
        return None


def _label(match: re.Match[str]) -> Label | None:
    group = match.lastgroup
    if group is None:
        return None
    numeral = _NUMBER.search(match[group])
    number = ordinal(numeral[0]) if numeral else None
    return Label(match.start(group), match.end(), _STYLE_OF[group], number) if number else None
