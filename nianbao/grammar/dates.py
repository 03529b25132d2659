"""Dates and years in running text and addresses; a year that has lost a digit is no year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nianbao.grammar.text import fold

_HAN_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}
_HAN_DIGITS |= {"零": "0", "O": "0", "o": "0"}
_YEAR = r"(?:19|20)\d{2}"
_HAN_YEAR = r"[一二][九〇零Oo0][〇零Oo0一二三四五六七八九]{2}"
_NUMBERED = re.compile(
    rf"(?P<year>{_YEAR})(?<!\d{{5}}) ?(?:年 ?(?P<month>\d{{1,2}}) ?月(?: ?(?P<day>\d{{1,2}}) ?[日号])?"
    rf"|(?P<mark>[-/.]) ?(?P<month2>\d{{1,2}}) ?(?P=mark) ?(?P<day2>\d{{1,2}})(?!\d))"
)
_HAN_NUMBER = r"[一二三四五六七八九十〇零]{1,3}"
_HAN_DATE = re.compile(
    rf"(?P<year>{_HAN_YEAR}) ?年 ?(?P<month>{_HAN_NUMBER}) ?月(?: ?(?P<day>{_HAN_NUMBER}) ?[日号])?"
)
# Two classes at the head of an expression let it skip what can't match.
_YEAR_WORD = re.compile(
    r"[12一二][09九〇零Oo](?:(?<=19|20)(?<!\d\d\d)\d{2}"
    r"|(?<=[一二].)(?<!9)[〇零Oo0一二三四五六七八九]{2}) ?(?:年度?|度)"
)
_RANGE_BEFORE = re.compile(rf"(?:(?<!\d){_YEAR}|{_HAN_YEAR}) ?年? ?[-~至到] ?$")
_BEFORE_YEAR = frozenset("-~至到 ")
_RANGE_AFTER = re.compile(rf" ?[-~至到] ?(?:{_YEAR}|{_HAN_YEAR})")
_IN_URL = (
    re.compile(r"(?<![0-9a-zA-Z])t?(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?![0-9a-zA-Z])"),
    re.compile(r"/(?P<year>20\d{2})[/_-](?P<month>\d{1,2})[/_-](?P<day>\d{1,2})(?=[/_.]|$)"),
    re.compile(r"/(?P<year>20\d{2})-?(?P<month>\d{2})/(?P<day>\d{2})(?=/|$)"),
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `start:end` of the text; `day` is None where only the month is told."""

    start: int
    end: int
    year: int
    month: int
    day: int | None

    def date(self) -> date | None:
        """Return the day, or None where none is told or it is in no calendar."""
        return None if self.day is None else _date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year called 年, 年度 or 度 at `start:end`; `in_range` where it ends or begins a span of years."""

    start: int
    end: int
    year: int
    in_range: bool = False


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the dates of a text, in order: 2023年3月30日, 2023-03-30, 二〇二三年三月三十日, 2023年3月."""
    return dates_in(fold(text))


def dates_in(folded: str) -> Iterator[DateMention]:
    """Yield the dates of a text that is folded already."""
    found = [_numbered(match) for match in _NUMBERED.finditer(folded)]
    found += [_han(match) for match in _HAN_DATE.finditer(folded)]
    yield from sorted((m for m in found if 1 <= m.month <= 12), key=lambda mention: mention.start)


def parse_date(text: str) -> date | None:
    """Return the first full date of a text, or None; a bare 20230330 counts where it is all there is."""
    bare = text.strip()
    if re.fullmatch(r"20\d{6}", bare):
        return _date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    return next((day for mention in find_dates(text) if (day := mention.date())), None)


def find_years(text: str) -> Iterator[YearMention]:
    """Yield the years of a text, in order: 2023年, 2023年度, 2023度, 二〇二三年; dates hold years as well."""
    return years_in(fold(text))


def years_in(folded: str) -> Iterator[YearMention]:
    """Yield the years of a text that is folded already."""
    for match in _YEAR_WORD.finditer(folded):
        start, end = match.span()
        year = _han_year(folded[start : start + 4])
        in_range = _ends_range(folded, start) or _RANGE_AFTER.match(folded, end) is not None
        yield YearMention(start, end, year, in_range)


def _ends_range(folded: str, start: int) -> bool:
    if start == 0 or folded[start - 1] not in _BEFORE_YEAR:
        return False
    return _RANGE_BEFORE.search(folded, max(0, start - 10), start) is not None


def url_date(url: str) -> date | None:
    """Return the date that an address holds: t20230330_12.html, /2024/1/31/, /art/2024/1/31/art_1_2.html."""
    for pattern in _IN_URL:
        for match in pattern.finditer(url):
            if day := _date(int(match["year"]), int(match["month"]), int(match["day"])):
                return day
    return None


def _numbered(match: re.Match[str]) -> DateMention:
    day = match["day"] or match["day2"]
    month = match["month"] or match["month2"]
    return DateMention(match.start(), match.end(), int(match["year"]), int(month), int(day) if day else None)


def _han(match: re.Match[str]) -> DateMention:
    day = _han_number(match["day"]) if match["day"] else None
    return DateMention(match.start(), match.end(), _han_year(match["year"]), _han_number(match["month"]), day)


def _han_year(digits: str) -> int:
    return int(digits if digits.isdecimal() else "".join(_HAN_DIGITS.get(d, d) for d in digits))


def _han_number(digits: str) -> int:
    """Read 三, 十, 十二, 三十, 三十一 and 〇三."""
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return int("".join(_HAN_DIGITS[digit] for digit in digits))
    return int(_HAN_DIGITS[tens[-1]] if tens else 1) * 10 + int(_HAN_DIGITS[ones[-1]] if ones else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
