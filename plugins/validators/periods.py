"""Figures that cover a part of the year only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Context, Field, Finding, Quote, Report, Role, SectionKind, Severity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.passages import Passage, passages

_BASIS = "年度报告的数字应当覆盖报告年度全年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_UNTIL = re.compile(
    rf"(?:截[至止]{{1,2}}(?:到|于)?|(?:累计|统计|核计|合计)[至到]|(?P<bare>(?:^|(?<=[，,;；。\n]))[至到]))(?:(?:(?P<year>20\d\d)年|今年|本年|当年)(?:度)?)?"
    rf"(?:{_MONTH}月(?:份)?(?:\d{{1,2}}日|底|末|[上中下]旬|初)?|(?P<quarter>[一二三123])季度(?:末|底)?)(?!\d*[日]?前)"
)
_PART = re.compile(
    r"(?P<long>(?:1|一)月?(?:份)?[-~至到](?:1[01]|[6-9]|十一?|[六七八九])月份?|前(?:三个?|3个?)季度"
    r"|前(?:1[01]|[6-9]|[六七八九]|十一?)个月)|(?:1|一)月?(?:份)?[-~至到](?:[2-5]|[二三四五])月份?|上半年|[一二三]季度"
)
_MAY_BE_PART = re.compile("[月季半]")
# 前三季度，办理…: what such a part of the year begins a clause with is told of it alone.
_BEGINS = re.compile(r"(?:^|[，,;；。:：])(?:今年|本年|20\d\d年)?$")
_REST = re.compile(
    r"下半年|四季度|第四季度|季度一次|每半?年|(?:[7七]|10|十)月?份?[-~至到](?:12|十二)月|1[12]月份?至"
)
_WHOLE = re.compile(r"全年|年[底末](?:共|累计|已?完成|达|为)")
_AMONG = re.compile(r"其中[^，,;；。\d]{0,12}$")
# What has a span of its own, within the year or across its end, before the day to which it is counted.
_SPAN_OF_ITS_OWN = re.compile(
    r"专项(?:行动|整治|治理|检查|执法)|百日|集中整治|攻坚|普查|换届|汛期|[\u4e00-\u9fff]期间|自\d{1,2}月[^，,。;；]{0,8}起|学年|学期|试点|征集|公示|巡[视察]|(?:该|此|改造|建设|提升)项目|工程(?:于|自|建设)|试运行|上线|开展以来|启动以来|实施以来|成立以来"
)
# 以上数据均统计至11月30日: who says so has said it, as the finding would ask.
_DECLARED = re.compile(r"(?:数据|数字|口径)[^，,。;；\d]{0,8}(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)?$")
# 截至10月底，督察反馈的12个问题全部整改到位: no more of them was to come.
# 截至6月底现行有效的134件: what is gone through is counted on a day.
_NO_MORE = re.compile(
    r"^[^，,。;；\d]{0,4}(?:现行)?有效|^[^，,。;；\d]{0,6}(?:期限|时限|届满|到期|开学|结束)|^[，,]?[^。;；\d]{0,16}?(?:(?:反馈|交办|移交|指出|列入|确定|转办|下达|查出)的?|年度|以上|上述)[^。;；]{0,24}?\d[^。;；]{0,24}?(?:全部|均|已经?(?:整改|完成|办结|销号))"
)
_NOTHING = re.compile(r"^[，,]?[^，,。;；]{0,16}(?:未|没有|无)(?:发生|制定|出台|收到|新增|出现|办理)")
# What came after it: 截至三季度末开展9次，四季度又开展3次; 12月4日 is a day of its own.
_AFTERWARDS = re.compile(
    r"\d[^。\n]*?[,，;；。]\s*(?:截至|截止|到|至)?(?:[三四]季度|下半年|1[12]月份?(?!\d)|年底|年末)[^。\n]*\d"
)
# 截至11月底已完成检查计划，全年共检查286次: what was reached by then is no figure.
_NO_FIGURE = re.compile(r"^[^，,;；。\d]{6,}[,，](?:全[镇乡县市区]道?)?全年")
# All of it, counted in the same: 截至11月底开展20场，全年共24场.
_IN_ALL = re.compile(
    r"\d(?P<unit>[\u4e00-\u9fff])[^。\n]*?[,，;；]\s*(?:全[镇乡县市区]道?)?全年[^，,;；。\n\d]{0,14}[\d,.]+(?P=unit)"
)
_COUNTED = re.compile(r"[，,]?(?:[我本全][镇乡县市区局])?(?:已?累计|共计?|总计|合计)")
# 现将2023年上半年法治政府建设情况报告如下, of a report on the year.
_OPENED = re.compile(
    r"现[将就][^。;；《》]{0,30}?(?P<part>[上下]半年|[一二三四1-4]季度|前(?:三个?|3个?)季度|(?:1|一)月?[-~至到](?:[2-9]|1[01]|[一二三四五六七八九十]|十一)月份?)"
    r"[^。;；《》]{0,24}(?:报告|汇报|总结|公布|公开)(?:如下|于后)"
)
_OF_A_PART = re.compile(r"半年|季度|\d月")
# 全年接到1308件，数据统计至9月30日.
_ALL_YEAR_UNTIL = re.compile(
    r"全年(?!度?(?:计划|目标|任务))[^。;；]{0,12}\d[^。;；]*?(?:(?:数据|数字|以上)[^，,。;；\d]{0,6}(?:统计|计算|截)?[至止到]{1,2}|[(](?:统计)?截?[至止到]{1,2}|[，,]统计[至到])"
    rf"(?:(?P<year>20\d\d)年|今年|本年)?{_MONTH}月(?:份|底|末|\d{{1,2}}日)?(?=[)。;；，,])"
)
# 1—9月，办理2416件，其中10—12月办理587件
_BEYOND = re.compile(
    r"(?:1|一)月?份?[-~至到](?P<end>[1-9]|1[01])月份?(?!\d)[^。;；]*?\d[^。;；]*?其中[^，,。;；\d]{0,6}(?P<within>[1-9]|1[0-2])(?:[-~至到]\d{1,2})?月"
)
_HAN = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_LAST_MONTH = 11
_LATE_MONTH = 9
_TOLD = COUNTS | {UnitClass.MONEY}


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report's figures cover its whole year."""
    reading = context.reading
    if reading is None or report.year is None:
        return unclear("报告年度不明")
    told = [
        passage
        for passage in passages(report, reading)
        if not passage.is_plan and SectionKind.PROBLEMS not in passage.kinds
    ]
    return judged(_findings(told, report, reading, report.year))


def _findings(told: list[Passage], report: Report, reading: Reading, year: int) -> Iterator[Finding]:
    until = [
        passage.quote(*match.span())
        for number, passage in enumerate(told)
        if _MAY_BE_PART.search(passage.text)
        for match in _UNTIL.finditer(passage.text)
        if _is_early(match, year)
        and _is_followed(passage, match.end(), reading, report)
        and not _is_told_on(told[number : number + 2], match.end())
    ]
    if until:
        yield _finding(
            until, f"“{until[0].quote}”的数字只到年内某月，没有覆盖{year}年全年。", Severity.WARNING
        )
    title = report.value(Field.TITLE) or ""
    for passage in told:
        if "现" in passage.text and (opened := _OPENED.search(passage.text)) and not _OF_A_PART.search(title):
            message = f"开头写的是“{opened['part']}”的情况，而本报告是{year}年度的。"
            yield _finding([passage.quote(*opened.span())], message, Severity.WARNING)
        beyond = _BEYOND.search(passage.text) if "其中" in passage.text else None
        if beyond is not None and int(beyond["within"]) > int(beyond["end"]):
            quote = passage.quote(beyond.start(), beyond.end("end") + 1)
            message = f"写的是“{quote.quote}”的数字，其中却有{beyond['within']}月以后的，两处月份对不上。"
            yield _finding([quote], message, Severity.WARNING)
        if (
            "全年" in passage.text
            and (mixed := _ALL_YEAR_UNTIL.search(passage.text))
            and _is_early(mixed, year)
        ):
            quote = passage.quote(mixed.start("month"), mixed.end())
            message = f"写的是全年的数字，却只统计到“{quote.quote}”。"
            yield _finding([quote], message, Severity.WARNING)
    parts = [
        (passage, match)
        for passage in told
        if _MAY_BE_PART.search(passage.text)
        for match in _PART.finditer(passage.text)
        if not _has_a_rest(passage.text, match)
    ]
    heads = _heads(report, reading) if parts else []
    part = [passage.quote(*match.span()) for passage, match in parts if _leads(passage, match, heads)]
    if part:
        yield _finding(
            part, f"“{part[0].quote}”的数字只是{year}年一部分时间的，文中没有全年的数字。", Severity.NOTE
        )


def _has_a_rest(text: str, match: re.Match[str]) -> bool:
    """Whether the rest of the year is told, too, or that the part is one of the whole."""
    if _REST.search(text) or _WHOLE.search(text, match.end()):
        return True
    return "全年" in text and _AMONG.search(text, 0, match.start()) is not None


def _heads(report: Report, reading: Reading) -> list[int]:
    """Return where the headline figures stand."""
    return [
        reading.shadow.locate(report.observations[source].figure_start)
        for figure in report.figures
        for source in figure.sources
        if report.observations[source].role is Role.TOTAL
    ]


def _is_early(match: re.Match[str], year: int) -> bool:
    if match["year"] and int(match["year"]) != year:
        return False
    month, bare = match["month"], match.groupdict().get("bare")
    if month is None:
        return not bare
    number = _HAN.get(month) or int(month)
    if not bare:
        return number <= _LAST_MONTH
    # 至3月底完成12处: what took a part of the year, rather than was counted in it.
    return _COUNTED.match(match.string, match.end()) is not None and _LATE_MONTH <= number <= _LAST_MONTH


def _is_followed(passage: Passage, at: int, reading: Reading, report: Report) -> bool:
    """Whether the sentence goes on to tell a figure."""
    begin = passage.start + at
    return any(begin <= quantity.start < passage.end for quantity in reading.quantities) or any(
        begin <= reading.shadow.locate(observation.figure_start) < passage.end
        for observation in report.observations
    )


def _is_told_on(near: list[Passage], at: int) -> bool:
    """Whether no more was to come, or the text goes on to the rest of the year or to all of it."""
    here, following = near[0], near[1:]
    said = here.text[at:]
    if any(pattern.search(here.text, 0, at) for pattern in (_SPAN_OF_ITS_OWN, _DECLARED)) or _NO_MORE.search(
        said
    ):
        return True
    more = "".join(each.text for each in following if each.start == here.end)
    if _NO_FIGURE.search(said) or _IN_ALL.search(said):
        return True
    return _AFTERWARDS.search(said + more) is not None


def _leads(passage: Passage, match: re.Match[str], heads: list[int]) -> bool:
    """Whether a headline figure follows in the same clause or the next; any one after most of the year."""
    at = match.end()
    stop = passage.text.find("。", at)
    ends = [place for place in (passage.text.find(sign, at) for sign in "；;") if place >= 0]
    end = passage.start + min([*ends, stop if stop >= 0 else len(passage.text)])
    if any(passage.start + at <= place < end for place in heads):
        return True
    if match["long"] is None or _BEGINS.search(passage.text[: match.start()]) is None:
        return False
    if _NOTHING.search(passage.text[at:]):
        return True
    told = (quantity for quantity in passage.reading.quantities if passage.start + at <= quantity.start < end)
    return any(quantity.kind in _TOLD for quantity in told)


def _finding(quotes: list[Quote], message: str, severity: Severity) -> Finding:
    suggestion = "请补充全年的数字，或者说明统计截止的时间。"
    return Finding("coverage", "periods.coverage", severity, message, tuple(quotes), suggestion, basis=_BASIS)
