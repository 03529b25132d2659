"""When the page was published: its own date, never a widget's, a neighbour's or one to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nianbao import FactName
from nianbao.grammar.dates import find_dates, parse_date, url_date
from plugins.extractors.identity.page import Page

PAPERS = frozenset({"docx", "pdf", "legacy", "ofd", "scan"})
_PUBLISHED = frozenset("发布时间 发布日期 发文时间 发文日期 更新时间 公开日期 公开时间 信息时间 时间 日期".split())
_WRITTEN = frozenset("成文日期 成文时间 生成日期 生成时间 公文生成日期 印发日期".split())
_WEAK = frozenset({"时间", "日期", "更新时间"})
_WIDGET = re.compile(r"今天|星期|周[一二三四五六日]|农历")
_CLOCK = re.compile(r"20\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?:\s*\d{1,2}:\d\d(?::\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication, where it is told, and other days that were told."""

    value: date
    start: int | None
    end: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[date, ...] = ()


def find_published(page: Page, year: int | None, today: date) -> Published | None:
    """Return the day of publication.

    Args:
        page: the document.
        year: the year reported on; a day before it can't be true.
        today: a day to come can't be true.
    """
    candidates = [c for c in _candidates(page) if c.value <= today and (year is None or c.value.year >= year)]
    if not candidates:
        return None
    best = candidates[0]
    rivals = tuple(dict.fromkeys(c.value for c in candidates if c.value != best.value))
    return Published(best.value, best.start, best.end, best.reason, best.confidence, rivals)


def _candidates(page: Page) -> Iterator[Published]:
    """All days that may be it, the surest first."""
    for fact in page.document.facts:
        if fact.name is FactName.PUBLISHED and (day := parse_date(fact.value)):
            yield _with_place(page, Published(day, None, None, f"{fact.origin}", Decimal("0.95")))
    yield from _labelled(page, _PUBLISHED - _WEAK, "0.95")
    yield from _labelled(page, _WEAK, "0.85")
    yield from _bare(page)
    for url in page.facts(FactName.URL):
        if day := url_date(url):
            yield Published(day, None, None, "网址中的日期", Decimal("0.7"))
    if page.document.reader in PAPERS or not (page.furnished or page.facts(FactName.URL)):
        yield from _written(page)


def _with_place(page: Page, published: Published) -> Published:
    """Point to the date where the head of the text prints it too."""
    for mention in find_dates(page.folded[: page.body]):
        if mention.date() == published.value:
            return Published(
                published.value, mention.start, mention.end, published.reason, published.confidence
            )
    return published


def _labelled(page: Page, names: frozenset[str], confidence: str) -> Iterator[Published]:
    for label in page.labels:
        if label.label in names:
            for mention in find_dates(page.folded[label.start : label.end]):
                if day := mention.date():
                    start, end = label.start + mention.start, label.start + mention.end
                    yield Published(day, start, end, f"“{label.label}”一栏", Decimal(confidence))
                    break


def _bare(page: Page) -> Iterator[Published]:
    """A date alone on a line above the body, in digits: as pages print the time of publication."""
    for line in page.head:
        if _CLOCK.fullmatch(line.text) and not _WIDGET.search(line.text):
            mention = next(find_dates(line.text), None)
            if mention and (day := mention.date()):
                start = line.start + mention.start
                yield Published(day, start, line.start + mention.end, "标题下的日期", Decimal("0.75"))


def _written(page: Page) -> Iterator[Published]:
    """Of a paper without any other date: when it was written or signed."""
    for fact in page.document.facts:
        if fact.name is FactName.WRITTEN and (day := parse_date(fact.value)):
            yield Published(day, None, None, f"成文日期（{fact.origin}）", Decimal("0.6"))
    yield from _labelled(page, _WRITTEN, "0.6")
    for line in reversed(page.tail):
        mention = next(find_dates(line.text), None)
        if mention and len(line.text) <= 30 and line.text[mention.end :].strip(" )。") == "" and (day := mention.date()):
            start = line.start + mention.start
            yield Published(day, start, line.start + mention.end, "落款日期", Decimal("0.5"))
