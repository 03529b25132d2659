"""Years in a report's sentences: of another year's report, in the plan, of no calendar, told as last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nianbao import Context, Field, Finding, Report, SectionKind, Severity
from plugins.validators.anniversaries import dated
from plugins.validators.beginnings import ANY_YEAR, NUMBER, RANGE, STARTS, YEAR, announced, begun
from plugins.validators.durations import lasted
from plugins.validators.nodays import impossible
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.passages import Passage, passages
from plugins.validators.plannedyears import planned
from plugins.validators.sameyears import same
from plugins.validators.signatures import signed
from plugins.validators.stalesentences import stale
from plugins.validators.statutes import foreseen, in_force
from plugins.validators.thisyear import of_this_year
from plugins.validators.twinpapers import last_years_papers
from plugins.validators.yearspans import (
    counted_days,
    finding,
    granted,
    plans,
    quoted,
    sessions,
    spans,
    welcomed,
)

_SEVERAL = re.compile(r"[两三四五]年(?:来|法治|工作|规划|行动)|十[二三四五]五|期间")
_ITSELF = re.compile(
    rf"(?:较|比|相比于?|相较于?|同比)(?:于)?{YEAR}年(?:度|同期|底|末)?(?:相比|有?所?[增减下上提降升多少]|\d)"
)
_IN_CLAUSE = re.compile(
    rf"[，,;；]{YEAR}年度?(?:[\u4e00-\u9fff]{{0,6}}?)(?:共计?|累计|全年|没有制定|未(?:制定|发生))"
)
_PAIR_OF_YEARS = re.compile(
    rf"(?:^|[。;；\n]){NUMBER}{YEAR}年度?[^。;；]{{0,60}}(?:比|较|相比于?|相较于?){YEAR}年"
)
_AHEAD = re.compile(r"将|力争|争取|目标|确保|预计|计划|明年|下一年")
_GLOSS = re.compile(r"(今年|本年度?|去年|上年度?|上一年度?|明年|下一?年度?|来年)[(](20\d\d)年?度?[)]")
_OFFSETS = {"今": (0, 1), "本": (0, 1), "去": (-1, 0), "上": (-1, 0), "明": (1, 2), "下": (1,), "来": (1, 2)}
_WHOLE_YEAR = re.compile(rf"{STARTS}{YEAR}年度?[，,]?(?!以[来前]|[初底末]|\d{{1,2}}月)")
_WORK = re.compile(r"(?:共计?|累计|全年|总计|合计)[^，,。;\d]{0,24}\d|^[^。]{0,40}?(?:共计?|累计|总计|合计)")
_COMPARED = re.compile(
    r"同比|相比|较(?![高好大多强为低少快慢长小远轻重])|比上|增长|下降|上升|增加了?\d|减少了?\d|对比|由.{1,20}(?:升|降|增|减)"
    r"|[从由自](?:\d|去年|上年)|以来|截至|获|评为|成立|印发"
)
_UNTIL = re.compile(rf"截[至止]{{1,2}}(?:到|于)?{YEAR}年(?:1[0-2]月(?:\d{{1,2}}日|底|末)?|年?[底末])")
# 截至2022年12月31日，镇政府2023年主动公开信息188条.
_OWN_FIGURE = re.compile(
    r"[，,]?(?:[^，,。;；\d]{0,12}[，,])?(?![^。;；]{0,40}(?:到期|计划|预算|目标|任务|拟|预计|将|下达|提前|安排|征集|列入))"
    r"[^，,。;；\d]{0,16}(?<!\d)(?P<year>20\d\d)年度?(?!\d)(?:以来)?[^，,。;；\d]{0,24}\d[\d.,]*[\u4e00-\u9fff]"
)
_COUNTED = re.compile(
    r"[^。;；将拟]{0,24}?(?:已|共|累计|现有|拥有|配备|建成|开展|办理|化解|受理|办结)[^。;；将拟]{0,24}?\d"
)
_ACTED = re.compile(
    r"(?:开展|办理|排查|化解|调解|受理|立案|查处|处理|办结|发放|组织|举办|召开|检查|罚款|培训|审查|印发)[^，,。;\d]{0,16}\d"
)
_ALL_YEAR = re.compile("全年[^，,。;；\\d]{0,8}\\d")
_EVENT = re.compile(
    r"(?<!\d)(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?(?![^，,。;]{0,6}(?:前|底|末|止|起|以后|届满))"
)
_STILL_TO_COME = re.compile(r"将|拟|计划|预计|有效期|施行|实施|截至|到期|届满|时限|力争|确保|规划|期限")
# 聘期三年（2022年7月至2025年6月）: what was agreed on ends when it will.
_TERM_ENDS = re.compile(
    r"(?:[聘任租学服][^，,。;；]{0,6}期|合同|服务期|周期|协议|为期|任职|聘用|聘任|有效)[^。;；]{0,24}[至到~-]$|20\d\d年\d{1,2}月(?:\d{1,2}日)?[至到~-]$"
)
_MAY_BE_DATED = re.compile("[年月届第五]|20|二十大")
_SURE_DAY = Decimal("0.7")


def judge(report: Report, context: Context) -> Ruling:
    """Judge the years that a report's sentences tell."""
    if context.reading is None:
        return unclear("没有正文")
    year = report.year
    if year is None or _is_of_several_years(report):
        return unclear("报告年度不明，或者一份报告写了几个年度")
    return judged(_findings(report, context, year))


def _is_of_several_years(report: Report) -> bool:
    title = report.value(Field.TITLE) or ""
    if RANGE.search(title) and not re.search("计划|安排|打算", title):
        return True
    return _SEVERAL.search(title) is not None


def _findings(report: Report, context: Context, year: int) -> Iterator[Finding]:
    reading = context.reading
    if reading is None:
        return
    latest = _latest(report, context)
    yield from signed(passages(report, reading), report, year)
    yield from last_years_papers(passages(report, reading), year)
    for passage in passages(report, reading):
        yield from foreseen(passage, year)
        # None of the rest is told without one of these characters, and most sentences have none of them.
        if _MAY_BE_DATED.search(passage.text) is None:
            continue
        yield from impossible(passage, year)
        yield from lasted(passage)
        yield from in_force(passage)
        yield from of_this_year(passage, year)
        yield from spans(passage, year)
        yield from plans(passage, year)
        yield from welcomed(passage, year)
        yield from dated(passage, year)
        counted: tuple[Finding, ...] = ()
        if not passage.is_plan:
            yield from (counted := tuple(counted_days(passage, year)))
            yield from sessions(passage, year, latest)
        if "20" not in passage.text:
            continue
        yield from announced(passage, year)
        yield from _relative(passage, year)
        yield from same(passage)
        if passage.is_plan:
            yield from planned(passage, year)
        elif passage.is_heading and len(passage.text) < 40:
            continue  # the outline's rule looks at headings
        elif SectionKind.PROBLEMS in passage.kinds:
            yield from tuple(granted(passage, year)) or stale(passage, year)
        else:
            yield from tuple(_of_the_work(passage, year)) or (() if counted else stale(passage, year))
            yield from _to_come(passage, latest, year)


def _of_the_work(passage: Passage, year: int) -> Iterator[Finding]:
    yield from begun(passage, year)
    yield from _whole_year(passage, year)
    yield from _year_before(passage, year)
    yield from _until(passage, year)
    yield from _until_later(passage, year)


def _latest(report: Report, context: Context) -> date:
    """Return the last day of which a report can tell: that of its publication, else today."""
    published = report.attribute(Field.PUBLISHED)
    if published is not None and published.confidence >= _SURE_DAY:
        return min(date.fromisoformat(published.value), context.today)
    return context.today


def _relative(passage: Passage, year: int) -> Iterator[Finding]:
    for match in _GLOSS.finditer(passage.text):
        right = [year + offset for offset in _OFFSETS[match[1][0]]]
        if int(match[2]) not in right:
            yield finding(
                passage,
                match.span(),
                f"“{match[0]}”与报告年度{year}年不符，“{match[1]}”应是{right[0]}年。",
                f"请核对年份，如属笔误，把{match[2]}改为{right[0]}。",
                Severity.ERROR,
            )
    if not passage.is_plan and not _AHEAD.search(passage.text) and f"{year + 1}年" not in passage.text:
        for match in _ITSELF.finditer(passage.text):
            if int(match[1]) == year:
                yield finding(
                    passage,
                    match.span(),
                    f"{year}年度的报告写“{match[0].rstrip('增减下上提降升多少所有0123456789')}”，等于与当年自身相比。",
                    f"请核对，如属笔误，把{year}改为{year - 1}。",
                    Severity.ERROR,
                )


def _whole_year(passage: Passage, year: int) -> Iterator[Finding]:
    text = passage.text.lstrip()
    match = _WHOLE_YEAR.search(text)
    if match is None or not _WORK.search(text, match.end()):
        match = _IN_CLAUSE.search(text)
    # What is told of the year before is weighed by `stale`.
    if match is None or int(match[1]) in (year, year - 1) or len(set(ANY_YEAR.findall(text))) > 1:
        return
    if not _COMPARED.search(text) and not re.search("今年|本年|去年|上年", text):
        shift = len(passage.text) - len(text)
        shown = text[match.start(1) : match.end() + 12]
        yield finding(
            passage,
            (match.start(1) + shift, match.end() + shift),
            f"主要举措部分有一句写的是{match[1]}年的全年工作（“{shown}…”），而报告年度是{year}年。",
            f"请核对年份，如属笔误，把{match[1]}改为{year}。",
            Severity.WARNING,
        )


def _year_before(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield a year that is compared with the one before it, both a year too early."""
    match = _PAIR_OF_YEARS.search(passage.text)
    told = {int(each) for each in ANY_YEAR.findall(passage.text)}
    pair = (int(match[1]), int(match[2])) if match else ()
    if match is not None and pair == (year - 1, year - 2) and told == set(pair):
        yield finding(
            passage,
            match.span(1),
            f"{year}年度的报告以{year - 1}年与{year - 2}年相比（“{match[0][:30]}”），疑为沿用旧稿。",
            f"请核对数字和年份，如属笔误，改为{year}年与{year - 1}年相比。",
            Severity.WARNING,
        )


def _until(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield what was done up to the end of the year before; what merely stands may be dated so."""
    match = _UNTIL.search(passage.text)
    if match is None or int(match[1]) != year - 1:
        return
    if (own := _OWN_FIGURE.match(passage.text, match.end())) and int(own["year"]) == year:
        yield finding(
            passage,
            (match.start(), own.end()),
            f"“{match[0]}”不可能统计出{year}年的数字（“{own[0].lstrip('，,')}”）。",
            f"请核对年份，如属笔误，把{match[1]}改为{year}。",
            Severity.ERROR,
        )
        return
    if len(set(ANY_YEAR.findall(passage.text))) > 1:
        return
    acted = _ACTED.search(passage.text, match.end()) or _ALL_YEAR.search(passage.text, match.end())
    if acted and not _COMPARED.search(passage.text[match.end() :]) and f"{year}年" not in passage.text:
        yield finding(
            passage,
            match.span(),
            f"正文写“{match[0]}”的工作数字，而报告年度是{year}年，疑为沿用了上一年度的稿子。",
            f"请核对数字和年份，如属笔误，把{match[1]}改为{year}。",
            Severity.WARNING,
        )


def _until_later(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield what is counted up to the end of the next year, when nobody writes of this one any more."""
    match = _UNTIL.search(passage.text)
    if match is None or int(match[1]) != year + 1 or _AHEAD.search(passage.text):
        return
    if _COUNTED.match(passage.text, match.end()) and f"{year + 1}年" not in passage.text[match.end() :]:
        yield finding(
            passage,
            match.span(),
            f"正文写“{match[0]}”的数字，而报告年度是{year}年。",
            f"请核对年份，如属笔误，把{match[1]}改为{year}。",
            Severity.WARNING,
        )


def _to_come(passage: Passage, latest: date, year: int) -> Iterator[Finding]:
    when = f"这晚于{latest.year}年{latest.month}月{latest.day}日报告公开之时"
    for match in _EVENT.finditer(passage.text):
        told, month = int(match[1]), int(match[2])
        # Who writes of a year does so in the next one.
        far = told > year + 1
        if ((told, month) <= (latest.year, latest.month) and not far) or not 1 <= month <= 12:
            continue
        pending = _STILL_TO_COME.search(passage.text) or _TERM_ENDS.search(passage.text, 0, match.start())
        if not pending and not quoted(passage.text, match.start()):
            yield finding(
                passage,
                match.span(),
                f"正文把{match[0]}的事写成已经发生，而{f'报告年度是{year}年' if far else when}。",
                "请核对年份和月份。",
                Severity.ERROR,
            )
