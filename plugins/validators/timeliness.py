"""Whether a report was published by the day that its year's reports are due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nianbao import (
    Attribute,
    Context,
    Field,
    Finding,
    IssuerLevel,
    Quote,
    Report,
    Severity,
)
from plugins.validators.outcomes import Ruling, judged, unclear

_BASIS = (
    "《法治政府建设与责任落实督察工作规定》第二十四条：每年4月1日之前，地方各级政府和县级以上政府部门的法治政府建设年度报告"
    "应当通过报刊、网站等新闻媒体向社会公开"
)
# 1 March is a date for reporting upward and is never tested against publication.
DEADLINE = (4, 1)
# In force since 15 April 2019: the reports of 2019 were the first to be due.
FIRST_YEAR = 2019
_SIGNED = re.compile(r"落款|成文")
_UPDATED = re.compile(r"更新")
_REPORT = (
    r"(?<!\d)(?P<of>20\d\d)年?度?的?[^，,。;；《》\d]{0,16}"
    r"法治(?:政府)?建设(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?报告[》”\"]?"
)
_ON = r"(?:(?P<y>20\d\d)年|当年|今年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_PUBLIC = r"(?:公开|公布|公示|发布|刊登|刊发|刊载|挂网|上网)(?!征求|征集)"
# 2022年度法治政府建设报告已于2023年8月24日在县政府网站公开; 2023年8月24日，在网站公开2022年度….
_PUBLIC_ON = re.compile(rf"{_REPORT}[^。;；\d]{{0,12}}?[于在，,]{_ON}[^。;；《》\d]{{0,40}}?{_PUBLIC}")
_ON_PUBLIC = re.compile(rf"{_ON}[，,]?[^。;；\d]{{0,30}}?{_PUBLIC}了?[^。;；\d]{{0,16}}?《?{_REPORT}")
_NAMED = re.compile(
    r"法治(?:政府)?建设[^，。；;\n]{0,12}报告[^。；;\n]{0,30}日"
    r"|日[^。；;\n]{0,60}法治(?:政府)?建设[^，。；;\n]{0,12}报告"
)
_BEFORE, _BEHIND = 40, 60
_WEAKEST = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that the document tells, and what it is of."""

    day: date
    reason: str

    @property
    def is_signature(self) -> bool:
        """Whether it is the day of writing: publication came no sooner."""
        return _SIGNED.search(self.reason) is not None


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report was published in time, or tells of one that wasn't."""
    told = tuple(_told_late(report, context))
    return judged(told) if told else _judge(report, context)


def _told_late(report: Report, context: Context) -> Iterator[Finding]:
    """Yield an earlier year's report that by this one's own words was made public too late."""
    if context.reading is None or report.year is None:
        return
    text = context.reading.shadow.text
    # A report names itself once or twice: only around that is a day looked for.
    near = [(max(at.start() - _BEFORE, 0), at.end() + _BEHIND) for at in _NAMED.finditer(text)]
    ways = (_PUBLIC_ON, _ON_PUBLIC)
    for match in (match for span in near for way in ways for match in way.finditer(text, *span)):
        of = int(match["of"])
        try:
            day = date(int(match["y"] or report.year), int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        due = date(of + 1, *_deadline(report, context))
        # A day without its year is of the report's.
        if (
            of < FIRST_YEAR
            or day <= due
            or day.year != due.year
            or (not match["y"] and of + 1 != report.year)
        ):
            continue
        yield Finding(
            "late",
            "timeliness.late",
            Severity.WARNING,
            f"正文写{of}年度报告{day.year}年{day.month}月{day.day}日才公开，晚于应当公开的期限{due.year}年{due.month}月{due.day}日。",
            (Quote(*context.reading.quote(*match.span())),),
            "请核对公开日期；确已逾期的，请说明原因。",
            basis=_BASIS,
        )


def _judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report was published in time, where its day of publication is certain enough."""
    published = report.attribute(Field.PUBLISHED)
    if report.year is None or published is None:
        return unclear("不知道报告年度或者公开日期")
    if report.year < FIRST_YEAR:
        return unclear("规定自2019年4月15日起施行，此前的报告不适用")
    told = _Day(date.fromisoformat(published.value), published.reason)
    due = date(report.year + 1, *_deadline(report, context))
    if told.day <= due:
        return judged(())
    if doubt := _doubt(published, told, due):
        return unclear(doubt)
    return judged([_finding(report, context, published, told, due)])


def _doubt(published: Attribute, told: _Day, due: date) -> str:
    """Return why a late day proves nothing, or an empty string."""
    if told.day.year > due.year:
        return "公开日期晚了一年以上，可能是网站迁移后的日期"
    if _UPDATED.search(told.reason) or published.confidence < _WEAKEST:
        return "页面只写明更新日期"
    if any(day.day <= due for day in _others(published, told)):
        return "页面上的几个日期互相矛盾，有的在期限以内"
    return ""


def _deadline(report: Report, context: Context) -> tuple[int, int]:
    level = report.value(Field.ISSUER_LEVEL)
    is_town = level in (IssuerLevel.TOWN, IssuerLevel.OTHER)
    return context.region.town_deadline if is_town and context.region else DEADLINE


def _others(published: Attribute, told: _Day) -> Iterator[_Day]:
    """Yield the other days of publication; a report is signed before it is published."""
    for rival in published.rivals:
        day = _Day(date.fromisoformat(rival.value), rival.reason)
        if not day.is_signature or told.is_signature:
            yield day


def _finding(report: Report, context: Context, published: Attribute, told: _Day, due: date) -> Finding:
    day = f"{told.day.year}年{told.day.month}月{told.day.day}日"
    what = (
        f"报告的{'落款' if '落款' in told.reason else '成文'}日期" if told.is_signature else "报告的公开日期"
    )
    # What stands in brackets is for who reads the page's markup.
    source = told.reason.partition("（")[0]
    start, end = published.start, published.end
    quotes: tuple[Quote, ...] = ()
    if context.reading is not None and start is not None and end is not None:
        quotes = (Quote(start, end, context.reading.text[start:end]),)
    return Finding(
        "late",
        "timeliness.late",
        Severity.WARNING,
        f"{what}是{day}（{source}），晚于{report.year}年度报告应当公开的期限{due.year}年{due.month}月{due.day}日。",
        quotes,
        "请核对公开日期；确已逾期的，请说明原因，下一年度按期公开。",
        basis=_BASIS,
    )
