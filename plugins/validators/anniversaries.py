"""What tells by itself of which year it is: anniversaries, the first and last years of five-year plans."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import Finding, Severity
from nianbao.grammar.numerals import value_of
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_BASIS = "周年、五年规划的起止年份自其起始之年推算"
# The years from which anniversaries are counted.
_SINCE = {
    "中华人民共和国成立": 1949, "新中国成立": 1949, "建国": 1949, "中国共产党成立": 1921, "建党": 1921,
    "建军": 1927, "中国人民解放军建军": 1927, "改革开放": 1978, "全国人民代表大会成立": 1954,
    "人民代表大会制度建立": 1954, "现行宪法公布施行": 1982, "抗日战争胜利": 1945,
    "世界反法西斯战争胜利": 1945, "红军长征胜利": 1936,
}  # fmt: skip
_NTH = regex.compile(
    rf"(?P<when>(?:(?<!\d)(?P<year>20\d\d)年|今年|本年度?)(?:既|正|又|也|恰|适)?(?:是|值|逢|恰逢|适逢|迎来)[^。;；\n]{{0,24}}?)?"
    rf"(?P<what>{'|'.join(sorted(_SINCE, key=len, reverse=True))})"
    r"[”\"]?(?P<nth>\d{2,3}|[一二三四五六七八九十百]{1,6})周年(?!(?:大型|成就)*(?:展|阅兵|晚会|大会|纪录|图片|回顾|讲话))"
)
_GREETED = regex.compile(r"(?:庆祝|隆重庆祝|纪念|迎来|献礼|恰逢|适逢|正值|时值|举办|开展)[^,，。;；]{0,6}$")
_PLANS = {
    "十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030),
    "七五": (2016, 2020), "八五": (2021, 2025), "九五": (2026, 2030),
}  # fmt: skip
_OF_PLAN = regex.compile(
    r"(?:(?<!\d)(?P<year>20\d\d)年(?!\d{1,2}月)|今年|本年度?)(?:既|正|又|也)?是[^。;；\n]{0,40}?"
    r"[“\"]?(?P<plan>十[二三四五]五|[七八九]五)[”\"]?(?:普法)?(?:规划|时期|计划)?(?:的)?[^,，。;；、\n]{0,6}?(?P<which>开局|起步|启动|收官|收尾|总结验收|中期)(?:之年|年)"
)
_MIDDLE = 2


def dated(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield anniversaries and years of five-year plans that are not of the year with which they are told.

    Args:
        passage: of any part.
        year: the report's; 今年 is it, and what is celebrated outside of a plan is of it.
    """
    text = passage.text
    if "周年" in text:
        yield from _anniversaries(passage, year)
    if "年是" in text and "五" in text:
        for match in _OF_PLAN.finditer(text):
            yield from _plan(passage, match, year)


def _anniversaries(passage: Passage, year: int) -> Iterator[Finding]:
    text = passage.text
    for match in _NTH.finditer(text):
        count = value_of(match["nth"])
        celebrated = _GREETED.search(text, max(0, match.start() - 12), match.start()) is not None
        if count is None or quoted(text, match.start("what")) or not (match["when"] or celebrated):
            continue
        told = int(match["year"]) if match["year"] else year
        meant = _SINCE[match["what"]] + int(count)
        # Without its year an anniversary ahead is prepared for, and a plan looks to the next year.
        loose = match["year"] is None
        if meant == told or (loose and (meant > told or passage.is_plan)):
            continue
        yield finding(
            passage,
            match.span(),
            f"“{match['what']}{match['nth']}周年”是{meant}年，而这里写的是{told}年。",
            "请核对年份和周年数，如属沿用旧稿，请一并改正。",
            Severity.ERROR,
            basis=_BASIS,
        )


def _plan(passage: Passage, match: regex.Match[str], year: int) -> Iterator[Finding]:
    if match["year"] is None and passage.is_plan:
        return
    told = int(match["year"]) if match["year"] else year
    first, last = _PLANS[match["plan"]]
    meant = {"收": last, "总": last, "中": first + _MIDDLE}.get(match["which"][0], first)
    if told == meant:
        return
    yield finding(
        passage,
        match.span(),
        f"“{match['plan']}”的{match['which']}之年是{meant}年，而这里写的是{told}年（“{match[0][:30]}”）。",
        f"请核对年份，如属笔误，把{told}改为{meant}。" if match["year"] else "请核对，如属沿用旧稿，请改正。",
        Severity.ERROR,
        basis=_BASIS,
    )
