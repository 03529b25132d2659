"""The years of a plan or an outline, where its name tells them; what a finding of years looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nianbao import Finding, Severity
from nianbao.grammar.numerals import value_of
from plugins.validators.passages import Passage

_RULE = "years.year"
_BASIS = "年度报告写上一年度的工作和下一年度的安排，年份应当前后一致"
_SPANS_BASIS = "规划、纲要的起止年份以其正式名称为准"
_OF_LAW = ("六五", "七五", "八五", "九五")
_TOLD_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_MET = "报告不会写到公开以后的事"
_SPAN = re.compile(r"《(法治(?:政府|社会)建设实施纲要|法治中国建设规划)[(](20\d\d)年?[-~至](20\d\d)年?[)]")
_SPANS = {
    "法治政府建设实施纲要": ((2015, 2020), (2021, 2025)),
    "法治社会建设实施纲要": ((2020, 2025),),
    "法治中国建设规划": ((2020, 2025),),
}
_LAST_KNOWN_SPAN = 2025


_PLANS = {
    "六五普法": (2011, 2015), "七五普法": (2016, 2020), "八五普法": (2021, 2025), "九五普法": (2026, 2030),
    "十二五规划": (2011, 2015), "十三五规划": (2016, 2020), "十四五规划": (2021, 2025),
    "十五五规划": (2026, 2030),
}  # fmt: skip
_FIVE_YEARS = re.compile(
    r"[“\"]?(?P<which>[六七八九]五|十[二三四五]五)[”\"]?(?:普法|规划|时期|期间)?[^，,。;；()\d]{0,12}"
    r"[(]?(?P<from>20\d\d)年?[-~至](?P<to>20\d\d)年?"
)
# 第十四个五年规划（2016—2020年）, 第八个五年法治宣传教育规划（2021—2025年）.
_NTH_PLAN = re.compile(
    r"第(?P<which>十[二三四五]|[六七八九])个五年(?P<law>[^，,。;；()\d]{0,12}?(?:普法|宣传教育))?(?:规划|计划)?"
    r"(?:和(?:20\d\d|二〇[〇一二三四五六七八九]{2})年远景目标(?:纲要)?)?[^，,。;；()\d]{0,8}[》]?[(]"
    r"(?P<from>20\d\d)年?[-~至](?P<to>20\d\d)年?"
)
# “十四五”末（2020年）; 2020年（“十四五”末）.
_EDGE = (
    r"[“\"]?(?P<which{0}>[七八九]五|十[二三四五]五)[”\"]?(?:普法|规划|时期|期间)?"
    r"(?P<edge{0}>开局|起步|首|初|期?末|收官|终|最后)(?:之?年|一年|期)?"
)
_AT_THE_EDGE = re.compile(
    rf"{_EDGE.format(1)}[(,，]?[(]?(?:即|也就是)?(?P<year1>20\d\d)年?(?=[)])"
    rf"|(?P<year2>(?<!\d)20\d\d)年(?:底|末)?(?:[(](?:即|也就是)?{_EDGE.format(2)}[)]|(?:即|也就是)?(?=[“\"]){_EDGE.format(3)})"
)
_STALE_PLAN = re.compile(
    r"(?:深入实施|深入开展|组织实施|贯彻落实|落实|实施|推进|开展)"
    r"[“\"](?P<which>[六七八九]五)[”\"](?:普法|法治宣传教育)"
)
# 今年是“七五”普法承上启下之年
_IS_YEAR_OF = re.compile(
    r"(?:今年|本年|(?<!\d)(?P<year>20\d\d)年)是[“\"]?(?P<which>[六七八九]五|十[二三四五]五)[”\"]?(?:普法|规划|时期)?[^，,。;；]{0,24}之年"
)
# Days, weeks and months that are counted from their first year.
_COUNTED = {
    "国家宪法日": 2014, "全民国家安全教育日": 2016, "宪法宣传周": 2018, "民法典宣传月": 2021,
    "安全生产月": 2002,
    "国际禁毒日": 1988, "世界知识产权日": 2001, "中国农民丰收节": 2018, "中国人民警察节": 2021,
}  # fmt: skip
_NTH = re.compile(
    r"第(?P<nth>\d{1,2}|[一二三四五六七八九十]{1,3})[个届次](?:[“\"][\d.·]{1,5}[”\"])?(?:全国)?"
    rf"[“\"]?(?P<day>{'|'.join(_COUNTED)})"
)
_DAYS_BASIS = "纪念日、宣传周（月）的届次自其首届之年起算"
# The year is granted before its problems are told: 2023年，虽然…取得一定成效，但….
_GRANTED = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?P<year>20\d\d)年度?[，,]?(?!以[来前])[^。;；]{0,30}?(?:虽然|尽管|虽)[^。;；]{0,40}?(?:[，,]|但|不过|然而)"
)
# When what a report studies had met; nobody studied it before.
_SESSIONS = {
    "十九届四中全会": (2019, 10), "十九届五中全会": (2020, 10), "十九届六中全会": (2021, 11),
    "党的二十大": (2022, 10),
    "二十届二中全会": (2023, 2), "二十届三中全会": (2024, 7), "二十届四中全会": (2025, 10),
}  # fmt: skip
# 迎接党的二十大胜利召开
_CONGRESSES = {
    "十九大": 2017,
    "二十大": 2022,
    "建党100周年": 2021,
    "建党一百周年": 2021,
    "新中国成立70周年": 2019,
}
_WELCOMED = re.compile(
    rf"(?:喜迎|迎接)(?:党的)?(?P<which>{'|'.join(_CONGRESSES)})(?:的?(?:胜利)?(?:召开|到来|开幕))?"
)
_DUE = 6
_SESSION = re.compile("|".join(_SESSIONS))


def plans(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield five-year plans whose years are not theirs, and those that were over before a report's year."""
    if "五" in passage.text:
        for match in _FIVE_YEARS.finditer(passage.text):
            yield from _of_five_years(passage, match, match["which"])
        for match in _NTH_PLAN.finditer(passage.text) if "个五年" in passage.text else ():
            yield from _of_five_years(passage, match, f"{match['which']}五")
        for match in _AT_THE_EDGE.finditer(passage.text) if "20" in passage.text else ():
            yield from _at_the_edge(passage, match)
        yield from _is_no_year_of(passage, year)
    for match in _STALE_PLAN.finditer(passage.text) if "普法" in passage.text else ():
        first, last = _PLANS[f"{match['which']}普法"]
        if year < first - 1:
            message = f"{year}年度的报告写“{match[0]}”，而“{match['which']}”普法自{first}年起。"
            repair = "请核对报告年度和普法规划的名称。"
            yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_SPANS_BASIS)
        elif year > last + 1:
            message = f"{year}年度的报告写“{match[0]}”，而“{match['which']}”普法到{last}年为止。"
            repair = "请核对，如属沿用旧稿，改为现行的五年普法规划。"
            yield finding(passage, match.span(), message, repair, Severity.WARNING, basis=_SPANS_BASIS)


def _is_no_year_of(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield what this year is said to be of a plan that was over before it, or is yet to begin."""
    for match in _IS_YEAR_OF.finditer(passage.text) if "之年" in passage.text else ():
        told = int(match["year"] or year)
        first, last = _PLANS[match["which"] + ("普法" if match["which"] in _OF_LAW else "规划")]
        # A plan's part may look to the next year as 今年 in its own words.
        if not (first <= told <= last or (passage.is_plan and first <= told + 1 <= last)):
            message = f"正文写“{match[0]}”，而“{match['which']}”是{first}—{last}年，不包括{told}年。"
            repair = "请核对，如属沿用旧稿，改为现行的规划或者改正年份。"
            yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_SPANS_BASIS)


def _of_five_years(passage: Passage, match: re.Match[str], which: str) -> Iterator[Finding]:
    name = which + ("普法" if which in _OF_LAW else "规划")
    known, told = _PLANS[name], (int(match["from"]), int(match["to"]))
    if told != known and told[1] - told[0] == known[1] - known[0]:
        shown = f"“{which}”{name[-2:]}"
        message = f"{shown}写为{told[0]}—{told[1]}年，应为{known[0]}—{known[1]}年。"
        repair = f"请核对，如属笔误，改为{known[0]}—{known[1]}年。"
        yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_SPANS_BASIS)


def _at_the_edge(passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    """Yield the first or last year of a plan, where it is put in brackets as another."""
    side = "1" if match["year1"] else "2"
    place = "3" if match["which3"] else side
    which, edge = match[f"which{place}"], match[f"edge{place}"]
    first, last = _PLANS[which + ("普法" if which in _OF_LAW else "规划")]
    known = first if edge in ("开局", "起步", "首", "初") else last
    # “十四五”初（2020年底） is its eve.
    told = int(match[f"year{side}"])
    if told != known and not (edge == "初" and told == known - 1):
        message = f"“{match[0]}”写为{told}年，而“{which}”的起止年份是{first}—{last}年。"
        repair = f"请核对，如属笔误，把{told}改为{known}。"
        yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_SPANS_BASIS)


# 2021年12月4日第九个国家宪法日
_ITS_DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年(?:度|\d{1,2}月(?:\d{1,2}日)?)?(?:是|为|[，,]|迎来|正值|时值|适逢)?[“\"]?(?:我国)?$"
)
_NEAR = 24


def counted_days(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield days whose number in their series is not that of the year told with them, else of a report's."""
    for match in _NTH.finditer(passage.text) if "第" in passage.text else ():
        first = _COUNTED[match["day"]]
        beside = _ITS_DATE.search(passage.text, max(0, match.start() - _NEAR), match.start())
        told = int(beside["year"]) if beside else year
        nth = told - first + 1
        others = {int(each) for each in _TOLD_YEAR.findall(passage.text)} - {year}
        if value_of(match["nth"]) != nth and nth > 0 and (beside or not others):
            of = f"这里写的{told}年" if beside else f"报告年度{told}年"
            message = f"“{match[0]}”与年份不符：{of}是第{nth}个{match['day']}。"
            repair = f"请核对年份和届次，如属沿用旧稿，改为{year}年、第{year - first + 1}个。"
            start = beside.start() if beside else match.start()
            yield finding(passage, (start, match.end()), message, repair, Severity.ERROR, basis=_DAYS_BASIS)


def sessions(passage: Passage, year: int, latest: date) -> Iterator[Finding]:
    """Yield sessions that had not met when a report was made public, or a year after its own."""
    for match in _SESSION.finditer(passage.text) if "届" in passage.text or "二十大" in passage.text else ():
        met = _SESSIONS[match[0]]
        # In spring, when reports are due, nobody could study what met in autumn.
        studied = (
            met > (year + 1, _DUE) and not passage.is_plan and passage.text.startswith("精神", match.end())
        )
        if met > (latest.year, latest.month) or met[0] > year + 1 or studied:
            message = f"{year}年度的报告写到“{match[0]}”，而这次会议{met[0]}年{met[1]}月才召开。"
            yield finding(
                passage, match.span(), message, "请核对报告年度和会议名称。", Severity.ERROR, basis=_MET
            )


def welcomed(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield a congress that is looked forward to in a year by which it had met: 迎接党的二十大胜利召开."""
    match = _WELCOMED.search(passage.text) if "迎" in passage.text else None
    if match is None:
        return
    met = _CONGRESSES[match["which"]]
    if (year + 1 if passage.is_plan else year) > met:
        message = f"{year}年度的报告写“{match[0]}”，而这次大会{met}年已经召开，疑为沿用旧稿。"
        yield finding(
            passage,
            match.span(),
            message,
            "请核对，如属沿用旧稿，改为当前的提法。",
            Severity.ERROR,
            basis=_MET,
        )


def spans(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield the names of outlines whose years are not theirs, or that nobody could follow yet."""
    for match in _SPAN.finditer(passage.text) if "《法治" in passage.text else ():
        told = (int(match[2]), int(match[3]))
        known = _SPANS[match[1]]
        if told in known and told[0] > year + 1:
            message = f"{year}年度的报告写到{match[0]}》，而这份文件自{told[0]}年起。"
            repair = "请核对报告年度和文件名称。"
            yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_SPANS_BASIS)
        if told not in known and told[0] <= _LAST_KNOWN_SPAN:
            right = min(known, key=lambda span: abs(span[0] - told[0]) + abs(span[1] - told[1]))
            yield finding(
                passage,
                match.span(),
                f"《{match[1]}》的起止年份写为{told[0]}—{told[1]}年，应为{right[0]}—{right[1]}年。",
                f"请改为（{right[0]}—{right[1]}年）。",
                Severity.WARNING,
                basis=_SPANS_BASIS,
            )


def quoted(text: str, at: int) -> bool:
    """Whether a place stands within the title of a document."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def finding(
    passage: Passage,
    span: tuple[int, int],
    message: str,
    suggestion: str,
    severity: Severity,
    *,
    basis: str = _BASIS,
) -> Finding:
    """Return a finding of years in a passage."""
    quotes = (passage.quote(*span),)
    return Finding("year", _RULE, severity, message, quotes, suggestion, basis=basis)


def granted(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield an earlier year of which the part on problems grants that something was achieved.

    Args:
        passage: of that part.
        year: the report's.
    """
    text = passage.text.lstrip()
    match = _GRANTED.search(text)
    if match is None or int(match["year"]) == year or set(_TOLD_YEAR.findall(text)) - {match["year"]}:
        return
    at = len(passage.text) - len(text) + match.start("year")
    yield finding(
        passage,
        (at, at + 5),
        f"存在的不足部分写的是{match['year']}年（“{match[0][:24]}…”），而报告年度是{year}年。",
        f"请核对年份，如属笔误，把{match['year']}改为{year}。",
        Severity.WARNING,
    )
