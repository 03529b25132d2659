"""The day at a report's foot against what the report tells: nobody signs what has not happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import regex

from nianbao import Field, Finding, Report, SectionKind, Severity
from nianbao.grammar.text import plain
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_BASIS = "报告在所写的工作完成以后落款"
_SIGNED = regex.compile(
    r"(?:^|\n)[^\n。，,;；:：]{0,30}?(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日[)\s]*$"
)
_EVENT = regex.compile(
    r"(?<![\d.至到~\-])(?:(?P<y>20\d\d)年)?(?P<m>1[0-2]|[1-9])月(?:(?P<d>\d{1,2})日)?"
    r"(?![^,，。;；]{0,8}(?:之?前|为?止|起|以后|届满|[-~至到]|到期))"
)
_PENDING = regex.compile(
    r"将|拟|定于|安排[在于]|排期|待|计划|预计|有效期|施行|实施|截[至止]|到期|期限|时限|节点|力争|确保|规划|聘期|任期|合同|次年|去年|上年|每年|历年|往年|每月|翌年|期"
)
_DONE = regex.compile(
    r"[开举]|组织|办理|化解|调解|受理|立案|查处|印发|发放|审[查议]|评查|检查|培训|完成|出台|建成|公布|学习|成立|组建|建立|解决|揭牌|挂牌|签[订署约]|通过|获得|荣获|评为|启用|上线|竣工|移交|处[置理]|累计"
)
_TAIL = 5
_LAST_SIGN_OF_YEAR = 6


def signed(told: Sequence[Passage], report: Report, year: int) -> Iterator[Finding]:
    """Yield a signature of a day on which the year, or what is told of it, was still to come.

    Args:
        told: the report's passages, in order.
        year: its year, which its title must tell.
    """
    foot = _foot(told)
    title = plain(report.value(Field.TITLE) or "")
    if foot is None or str(year) not in title or regex.search("上半年|季度", title):
        return
    place, match, day = foot
    shown = f"{day.year}年{day.month}月{day.day}日"
    if day < date(year, _LAST_SIGN_OF_YEAR + 1, 1):
        message = f"落款日期是{shown}，而报告写的是{year}年全年的工作。"
        repair = "请核对落款日期的年份。"
        yield finding(place, match.span("y"), message, repair, Severity.ERROR, basis=_BASIS)
        return
    for passage in told:
        if passage is place or passage.is_plan or SectionKind.PROBLEMS in passage.kinds:
            continue
        for event in _EVENT.finditer(passage.text) if "月" in passage.text else ():
            if _after(event, day, year) and _is_done(passage.text, event):
                message = f"正文写“{event[0]}”已做的工作，而落款日期是{shown}。"
                repair = "请核对落款日期和正文的日期，改正其中一处。"
                yield finding(passage, event.span(), message, repair, Severity.ERROR, basis=_BASIS)
                return


def _foot(told: Sequence[Passage]) -> tuple[Passage, regex.Match[str], date] | None:
    for passage in reversed(told[-_TAIL:]):
        if match := _SIGNED.search(passage.text.rstrip()):
            try:
                return passage, match, date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None


def _after(event: regex.Match[str], day: date, year: int) -> bool:
    told = int(event["y"] or year)
    # What is told without its year is of the report's, and of years further on others speak.
    if (event["y"] is None and day.year != year) or not year <= told <= year + 1:
        return False
    if event["d"] is None:
        return (told, int(event["m"])) > (day.year, day.month)
    return (told, int(event["m"]), int(event["d"])) > (day.year, day.month, day.day)


def _is_done(text: str, event: regex.Match[str]) -> bool:
    start = max(text.rfind(stop, 0, event.start()) for stop in "。;；\n") + 1
    ends = [end for stop in "。;；\n" if (end := text.find(stop, event.end())) >= 0]
    clause = text[start : min(ends, default=len(text))]
    if quoted(text, event.start()) or _PENDING.search(clause) or _is_span(text, event):
        return False
    return _DONE.search(clause) is not None


def _is_span(text: str, event: regex.Match[str]) -> bool:
    return text[event.end() : event.end() + 1] in tuple("-~至到") or "月-" in event[0]
