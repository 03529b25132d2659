"""The year reported on: title, headings, opening, the body's majority, the year before publication."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nianbao.grammar.dates import YearMention, find_dates, find_years
from plugins.extractors.identity.page import HEADING, Page

FIRST_YEAR = 2004  # 《全面推进依法行政实施纲要》 first asked for such reports
_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NEXT = re.compile(r"(?:及|和|与|暨|、)\s*$")
_OPENING = re.compile(r"现将|现就|如下")
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
    rivals: tuple[int, ...] = ()


def find_year(
    page: Page, title: str, title_span: tuple[int, int] | None, published: date | None, today: date
) -> Year | None:
    """Return the year reported on.

    Args:
        page: the document.
        title: its title, or an empty string.
        title_span: where the title stands in the text.
        published: when it was published, if that is known.
        today: a year to come is none.
    """
    latest = today.year
    titled = _years_of_title(title, latest)
    headed = _heading_years(page, latest)
    opened = _opening_year(page, latest)
    majority = _majority(page, latest)
    others = [mention.year for mention in (headed, opened, majority) if mention]
    if titled:
        start = _locate(page, titled[0], title_span)
        rivals = _rivals(titled[0], [*titled[1:], *others])
        sure = Decimal("0.98") if titled[0] in others or not others else Decimal("0.85")
        return Year(titled[0], start, start + 4 if start is not None else None, "标题中的年份", sure, rivals)
    for mention, reason, confidence in (
        (opened, "开头写明的年份", "0.9"),
        (headed, "一级标题中的年份", "0.85"),
        (majority, "正文中最常见的年份", "0.7"),
    ):
        if mention:
            rivals = _rivals(mention.year, others)
            return Year(mention.year, mention.start, mention.end, reason, Decimal(confidence), rivals)
    if published:
        year = published.year if published.month == 12 else published.year - 1
        return Year(year, None, None, "由发布日期推定", Decimal("0.5"))
    return None


def _rivals(year: int, others: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(other for other in others if other != year))


def _years_of_title(title: str, latest: int) -> list[int]:
    """The years of a title; the first is the one reported on (2023年…情况及2024年工作打算)."""
    years = [mention.year for mention in find_years(title)]
    years = years or [int(match[1]) for match in _BARE.finditer(title)]
    return [year for year in years if FIRST_YEAR <= year <= latest]


def _locate(page: Page, year: int, span: tuple[int, int] | None) -> int | None:
    if span is None:
        return None
    at = page.folded.find(str(year), *span)
    return at if at >= 0 else None


def _heading_years(page: Page, latest: int) -> YearMention | None:
    """The year in the first numbered headings that have one, the plan's left out."""
    for line in re.finditer(r"[^\n]+", page.folded[page.body :]):
        text = line.group().strip()
        if len(text) > 60 or not HEADING.match(text) or re.search(r"计划|安排|打算|下一步|展望|下年", text):
            continue
        for mention in find_years(text):
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
    days = {mention.start for mention in find_dates(opening)}
    mentions = [m for m in find_years(opening) if not m.in_range and m.start not in days]
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
    mentions = [m for m in find_years(text) if not m.in_range and FIRST_YEAR <= m.year <= latest]
    mentions = [m for m in mentions if not _in_title(text, m)]
    counts = Counter(m.year for m in mentions)
    if not counts:
        return None
    best = max(counts, key=lambda year: (counts[year], year))
    chosen = next(m for m in mentions if m.year == best)
    return YearMention(page.body + chosen.start, page.body + chosen.end, best)
