"""When the page was published: its own date, never a widget's, a neighbour's or one to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nianbao import FactName, Rival
from nianbao.grammar.dates import dates_in, parse_date, url_date
from plugins.extractors.identity.page import LABEL, Line, Page

PAPERS = frozenset({"docx", "pdf", "legacy", "ofd", "scan"})
_PUBLISHED = re.compile(r"(?:发布|发文|公开|信息)(?:时间|日期)")
_PUBLISHED_PERHAPS = re.compile(r"(?:更新)?时间|日期")
_WRITTEN = re.compile(r"(?:成文|公?文?生成|印发)(?:时间|日期)")
_NOT_PUBLISHED = re.compile(r"成文|生成|印发|有效")
_WIDGET = re.compile(r"今天|星期|周[一二三四五六日]|农历")
_DIGITS = re.compile(r"20\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}")
_BUTTONS = re.compile(r"[\[(|]?\s*(?:打印|关闭|分享|收藏|字[号体]|浏览|点击|阅读|来源|作者|编辑|语音)")
_LONGEST_SIGNED = 30
_CLOCK = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?")


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication, where it is told, and other days that were told."""

    value: date
    start: int | None
    end: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[Rival, ...] = ()


def find_published(told: Sequence[Published], year: int | None, today: date) -> Published | None:
    """Return the day of publication.

    Args:
        told: the days that a document tells, as `days_told` returns them.
        year: the year reported on; a day before it can't be true.
        today: a day to come can't be true.
    """
    candidates = [c for c in told if c.value <= today and (year is None or c.value.year >= year)]
    if not candidates:
        return None
    best = candidates[0]
    others: dict[date, Rival] = {}
    for other in candidates:
        if other.value != best.value:
            rival = Rival(other.value.isoformat(), other.reason, other.start, other.end)
            others.setdefault(other.value, rival)
    return Published(best.value, best.start, best.end, best.reason, best.confidence, tuple(others.values()))


def days_told(page: Page) -> tuple[Published, ...]:
    """Return all days of a document that may be that of its publication, the surest first."""
    return tuple(_candidates(page))


def _candidates(page: Page) -> Iterator[Published]:
    for fact in page.document.facts:
        is_from_page = fact.name is FactName.PUBLISHED and fact.origin != "url"
        if is_from_page and (day := parse_date(fact.value)):
            yield _with_place(
                page, Published(day, None, None, f"页面注明的日期（{fact.origin}）", Decimal("0.95"))
            )
    yield from _labelled(page, _PUBLISHED, "0.95")
    yield from _labelled(page, _PUBLISHED_PERHAPS, "0.85")
    yield from _bare(page)
    for url in page.facts(FactName.URL):
        if day := url_date(url):
            yield Published(day, None, None, "网址中的日期", Decimal("0.7"))
    if page.document.reader in PAPERS or not (page.furnished or page.facts(FactName.URL)):
        yield from _written(page)


def _with_place(page: Page, published: Published) -> Published:
    """Point to the date where the head of the text prints it too."""
    for mention in dates_in(page.folded[: page.body]):
        if mention.date() == published.value:
            return Published(
                published.value, mention.start, mention.end, published.reason, published.confidence
            )
    return published


def _labelled(page: Page, names: re.Pattern[str], confidence: str) -> Iterator[Published]:
    for label in page.labels:
        if names.fullmatch(label.label):
            for mention in dates_in(page.folded[label.start : label.end]):
                if day := mention.date():
                    start, end = label.start + mention.start, label.start + mention.end
                    yield Published(day, start, end, f"“{label.label}”一栏", Decimal(confidence))
                    break


def _bare(page: Page) -> Iterator[Published]:
    """A date without a label above the body: alone or beside the source, or with a time of day."""
    for line in _head_lines(page):
        mention = next(dates_in(line.text), None)
        day = mention.date() if mention else None
        if mention is None or day is None or _WIDGET.search(line.text) or _NOT_PUBLISHED.search(line.text):
            continue
        digits = _DIGITS.match(line.text, mention.start)
        rest = line.text[mention.end :].strip()
        alone = not rest or bool(LABEL.match(line.text, mention.end) or _BUTTONS.match(rest))
        if _CLOCK.match(line.text, mention.end) or (digits and alone):
            yield Published(
                day, line.start + mention.start, line.start + mention.end, "标题下的日期", Decimal("0.75")
            )


def _head_lines(page: Page) -> Iterator[Line]:
    yield from page.head
    yield from page.labelled


def _written(page: Page) -> Iterator[Published]:
    """Of a paper without any other date: when it was written or signed."""
    for fact in page.document.facts:
        if fact.name is FactName.WRITTEN and (day := parse_date(fact.value)):
            yield Published(day, None, None, f"成文日期（{fact.origin}）", Decimal("0.6"))
    yield from _labelled(page, _WRITTEN, "0.6")
    yield from _alone(page.head[-3:], "标题下的日期")
    yield from _alone(page.tail, "落款日期")


def _alone(lines: Sequence[Line], reason: str) -> Iterator[Published]:
    """Dates that end a short line, alone or behind the name of who signs; the last line first."""
    for line in reversed(lines):
        if len(line.text) > _LONGEST_SIGNED:
            continue
        mention = next(dates_in(line.text), None)
        if mention and line.text[mention.end :].strip(" )。") == "" and (day := mention.date()):
            start = line.start + mention.start
            yield Published(day, start, line.start + mention.end, reason, Decimal("0.5"))
