"""Spans of time: one that ends before it begins, or that is longer or shorter than its name says."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import Finding, Severity
from nianbao.grammar.numerals import value_of
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_BASIS = "起止时间先后有序，长短与名称、年限一致"
_TO = r"(?:[-~至到]|起?至|开始至)"
_SPAN = regex.compile(
    rf"(?<![\d.、\-~至到])(?:(?P<y>20\d\d)年)?(?P<m>1[0-2]|0?[1-9])月份?(?:(?P<d>\d{{1,2}})日)?{_TO}"
    rf"(?:(?P<over>次年|翌年|第二年|来年|下一?年|转年|隔年|今年|当年|本年)|(?P<y2>20\d\d)年)?"
    rf"(?:(?P<m2>1[0-2]|0?[1-9])月份?)?(?:(?P<d2>\d{{1,2}})日)?(?![\d.年])"
)
_YEARS_ONLY = regex.compile(r"(?<!\d)(?P<y>20\d\d)年?[-~至到](?P<y2>20\d\d)年(?!\d{1,2}月)")
# Winter campaigns, heating and fire seasons go on over the end of a year without a word on it.
_LAST_START = 9
_COUNT = r"(?P<n>[一二两三四五六七八九十]|[1-9])"
_OF_YEARS = regex.compile(
    rf"{_COUNT}年(?:专项|集中|综合|提升|整治|攻坚|滚动|普法)*(?:行动|攻坚|规划|计划|方案|整治|工程)(?:计划|方案)?[》”\"]?"
    r"[(](?P<y>20\d\d)年?[-~至到](?P<y2>20\d\d)年?(?:度)?[)]"
)
_TERM = regex.compile(
    rf"(?:聘期|任期|服务期限?|合同期限?|聘用期限?|租期|试点期|有效期|期限|为期|周期)(?:为|是|共)?{_COUNT}(?P<unit>年|个月)[,，]?"
    r"(?:[(]|即?[自从])[自从]?(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:\d{1,2}日)?起?[-~至到](?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月"
)
# 5月6日印发整改方案，问题于当年3月底前全部整改到位
_SAME_YEAR = regex.compile(
    r"(?<![\d.])(?P<m>1[0-2]|[1-9])月(?:\d{1,2}日|份|[初中底上下]旬?)?(?!前|底前)(?:(?!\d{1,2}月)[^。\n])*?"
    r"(?P<when>[于在]?当年(?P<m2>1[0-2]|[1-9])月(?:\d{1,2}日|底|末|份)?(?:之?前|以前)?)[^，,。;；]{0,8}(?:全部|均|全面|已)?(?:整改|完成|办结|落实|销号|到位)"
)
_MONTHS_LOOSE = 1
_YEAR_OF_MONTHS = 12


def lasted(passage: Passage) -> Iterator[Finding]:
    """Yield spans that run backwards, and those that don't last as long as they are said to.

    Args:
        passage: of any part.
    """
    text = passage.text
    if "月" in text or "年" in text:
        yield from _backwards(passage)
    if "当年" in text and (match := _SAME_YEAR.search(text)) and int(match["m2"]) < int(match["m"]):
        yield finding(
            passage,
            match.span("when"),
            f"“{match['when']}”早于前文的{match['m']}月，先后颠倒。",
            "请核对月份。",
            Severity.WARNING,
            basis=_BASIS,
        )
    if "20" in text and ("年" in text or "个月" in text):
        yield from _longer(passage)


def _backwards(passage: Passage) -> Iterator[Finding]:
    for match in (*_SPAN.finditer(passage.text), *_YEARS_ONLY.finditer(passage.text)):
        if _runs_backwards(match.groupdict()) and not quoted(passage.text, match.start()):
            yield finding(
                passage,
                match.span(),
                f"“{match[0]}”写的结束时间早于开始时间。",
                "请核对起止时间；跨年的，请写明次年。",
                Severity.ERROR,
                basis=_BASIS,
            )


def _runs_backwards(told: dict[str, str | None]) -> bool:
    year, later = told["y"], told["y2"]
    if year and later and year != later:
        return int(later) < int(year)
    if told.get("over") or not told.get("m") or (later and not year) or not (told["m2"] or told["d2"]):
        return False
    begin, end = int(told["m"] or 0), int(told["m2"] or told["m"] or 0)
    if begin == end:
        return bool(told["d"] and told["d2"]) and int(told["d"] or 0) > int(told["d2"] or 0)
    # Without a year, months may be of two.
    return end < begin and bool(year) and (bool(later) or begin <= _LAST_START)


def _longer(passage: Passage) -> Iterator[Finding]:
    for match in (*_OF_YEARS.finditer(passage.text), *_TERM.finditer(passage.text)):
        told = match.groupdict()
        wanted = value_of(told["n"].replace("两", "二"))
        if wanted is None or _lasts(told, int(wanted)):
            continue
        unit = told.get("unit") or "年"
        yield finding(
            passage,
            match.span(),
            f"“{match[0]}”写的起止时间与“{told['n']}{unit}”不符。",
            "请核对年限和起止时间，改正其中一处。",
            Severity.ERROR,
            basis=_BASIS,
        )


def _lasts(told: dict[str, str], count: int) -> bool:
    begin, end = int(told["y"]), int(told["y2"] or told["y"])
    if "m" not in told:
        # A plan that begins within a year ends within one, too: 三年行动（2020—2023年）.
        return end - begin + 1 in (count, count + 1)
    months = (end - begin) * _YEAR_OF_MONTHS + int(told["m2"]) - int(told["m"]) + 1
    wanted = count * _YEAR_OF_MONTHS if told["unit"] == "年" else count
    return abs(months - wanted) <= _MONTHS_LOOSE
