"""The year reported on: title, headings, opening, the body's majority, the year before publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nianbao import FactName, Rival
from nianbao.grammar.dates import YearMention, dates_in, years_in
from nianbao.grammar.text import fold
from plugins.extractors.identity.page import HEADING, Page, flat

FIRST_YEAR = 2004  # 《全面推进依法行政实施纲要》 first asked for such reports
_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# The name of a plan or a law, whose years are its own; and the years of a plan (2021-2025年).
_QUOTED = re.compile(r"《[^》]*》|\([^()]*[-~至][^()]*\)")
# A report on two years or three; a year's report and the next year's plan are not told in one breath.
_BOTH = re.compile(
    r"(?<!\d)(20\d\d)\s*年?度?\s*(?:[-~至到、和及与]|以及)\s*(20\d\d)\s*年?度?"
    r"(?![^,;。报总情]{0,12}(?:计划|打算|安排|要点|思路|规划|纲要))"
)
_MOST_YEARS = 2
_SPACED = re.compile(r"(?<=\d) +(?=\d)")
_LAST_MONTHS = 10
_AHEAD = re.compile(r"计划|安排|打算|下一步|展望|下年")
_PLAN = re.compile(
    r"\n\s*(?:[一二三四五六七八九][、.,])[^\n]{0,30}?(?:下一步|打算|计划|主要安排|工作安排|工作思路)"
)
_OPENING_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Year:
    """The year, where it is told, and other years that were told there."""

    value: int
    start: int | None
    end: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A year that a place of the document tells."""

    value: int
    reason: str
    confidence: Decimal
    start: int | None = None
    end: int | None = None


def find_year(
    page: Page,
    title: str,
    title_span: tuple[int, int] | None,
    published: date | None,
    today: date,
    *,
    other_titles: Sequence[str] = (),
) -> Year | None:
    """Return the year reported on.

    Args:
        page: the document.
        title: its title, or an empty string.
        title_span: where the title stands in the text.
        published: when it was published, if that is known.
        today: a year to come is none.
        other_titles: what the page, the file or an attachment is called besides.
    """
    latest = today.year
    by_text = list(_told_by_text(page, latest))
    told = [*_told_by_title(page, title, title_span, latest, {each.value for each in by_text}), *by_text]
    listed = (int(value) for value in page.facts(FactName.YEAR) if value.isdecimal())
    told += [_Told(year, "名录写明的年度", Decimal("0.8")) for year in listed if year <= latest]
    for other in other_titles:
        years = _years_of_title(flat(other), latest)
        told += [_Told(year, f"另一标题“{other}”中的年份", Decimal("0.6")) for year in years]
    if not told and published:
        told.append(_told_by_day(published))
    if not told:
        return None
    best = told[0]
    return Year(best.value, best.start, best.end, best.reason, best.confidence, _rivals(best, told))


def _told_by_title(
    page: Page, title: str, span: tuple[int, int] | None, latest: int, in_text: AbstractSet[int]
) -> Iterator[_Told]:
    """The years of the title; that the text tells another year makes the first less sure."""
    years = _years_of_title(title, latest)
    for position, year in enumerate(years):
        start = _locate(page, year, span)
        sure = "0.98" if year in in_text or not in_text else "0.85"
        reason = "标题中的年份" if not position else "标题中的另一年份"
        yield _Told(year, reason, Decimal(sure), start, start + 4 if start is not None else None)


def _told_by_day(published: date) -> _Told:
    """A report that tells no year is on the year before, but for one of the last months."""
    if published.month >= _LAST_MONTHS:
        return _Told(published.year, f"由发布日期推定：{published.month}月发布的报告写当年", Decimal("0.5"))
    return _Told(published.year - 1, f"由发布日期推定：{published.month}月发布的报告写上年", Decimal("0.5"))


def _told_by_text(page: Page, latest: int) -> Iterator[_Told]:
    for mention, reason, confidence in (
        (_opening_year(page, latest), "开头写明的年份", "0.9"),
        (_heading_years(page, latest), "一级标题中的年份", "0.85"),
        (_majority(page, latest), "正文中最常见的年份", "0.7"),
    ):
        if mention:
            yield _Told(mention.year, reason, Decimal(confidence), mention.start, mention.end)


def _rivals(best: _Told, told: Iterable[_Told]) -> tuple[Rival, ...]:
    """The other years, each with the first place that tells it."""
    others: dict[int, Rival] = {}
    for other in told:
        if other.value != best.value:
            others.setdefault(other.value, Rival(str(other.value), other.reason, other.start, other.end))
    return tuple(others.values())


def _years_of_title(title: str, latest: int) -> list[int]:
    """The years of a title; the first is the one reported on (2023年…情况及2024年工作打算).

    Of a report on two years (2021—2022年度) the later comes first.
    """
    outside = _QUOTED.sub(_blanked, _SPACED.sub("", fold(title)))
    years = [mention.year for mention in years_in(outside)]
    years = years or [int(match[1]) for match in _BARE.finditer(outside)]
    years = years or [int(match[1]) for match in _BARE.finditer(title)]
    both = _BOTH.search(outside)
    if both and 0 < int(both[2]) - int(both[1]) <= _MOST_YEARS:
        years = [int(both[2]), int(both[1]), *years]
    return [year for year in dict.fromkeys(years) if FIRST_YEAR <= year <= latest]


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _locate(page: Page, year: int, span: tuple[int, int] | None) -> int | None:
    if span is None:
        return None
    at = page.folded.find(str(year), *span)
    return at if at >= 0 else None


def _heading_years(page: Page, latest: int) -> YearMention | None:
    """The year in the first numbered headings that have one, the plan's left out."""
    for line in re.finditer(r"[^\n]+", page.folded[page.body :]):
        text = line.group().strip()
        if len(text) > 60 or not HEADING.match(text) or _AHEAD.search(text):
            continue
        for mention in years_in(text):
            if FIRST_YEAR <= mention.year <= latest and not mention.in_range:
                start = page.body + line.start() + line.group().index(text) + mention.start
                return YearMention(start, start + mention.end - mention.start, mention.year)
    return None


def _opening_year(page: Page, latest: int) -> YearMention | None:
    """The year that the opening names: 现将2023年度…报告如下, or its first 2023年."""
    start = page.body
    opening = page.folded[start : start + _OPENING_LENGTH]
    end = opening.find("如下")
    opening = opening[: end + 2] if end >= 0 else opening.split("\n", 1)[0]
    days = {mention.start for mention in dates_in(opening)}
    mentions = [m for m in years_in(opening) if not m.in_range and m.start not in days]
    mentions = [m for m in mentions if FIRST_YEAR <= m.year <= latest and not _in_title(opening, m)]
    if not mentions:
        return None
    after = max((match.start() for match in re.finditer("现将|现就", opening)), default=-1)
    chosen = next((m for m in mentions if after >= 0 and m.start > after), None) or mentions[0]
    return YearMention(start + chosen.start, start + chosen.end, chosen.year)


def _in_title(text: str, mention: YearMention) -> bool:
    """Tell whether a year stands within 《》, the name of a plan or a law."""
    return text.rfind("《", 0, mention.start) > text.rfind("》", 0, mention.start)


def _majority(page: Page, latest: int) -> YearMention | None:
    plan = _PLAN.search(page.folded, page.body + (len(page.folded) - page.body) // 2)
    text = page.folded[page.body : plan.start() if plan else len(page.folded)]
    mentions = [m for m in years_in(text) if not m.in_range and FIRST_YEAR <= m.year <= latest]
    mentions = [m for m in mentions if not _in_title(text, m)]
    counts = Counter(m.year for m in mentions)
    if not counts:
        return None
    best = max(counts, key=lambda year: (counts[year], year))
    chosen = next(m for m in mentions if m.year == best)
    return YearMention(page.body + chosen.start, page.body + chosen.end, best)
